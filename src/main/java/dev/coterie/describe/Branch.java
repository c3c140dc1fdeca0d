package dev.coterie.describe;

import dev.coterie.language.Language;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Several segments that the tree joins, in words and facts. The built-in narrator names it.
 *
 * @param node of the segment tree
 * @param segments numbers 1..k, ascending
 * @param size customers, outliers included
 * @param share of all customers, 0..1
 * @param facts ids of the facts that speak of it; none of everybody's branch
 * @param called one per language
 */
public record Branch(
        int node,
        List<Integer> segments,
        long size,
        double share,
        List<String> facts,
        Map<Language, Called> called) {
    public Branch {
        segments = List.copyOf(segments);
        facts = List.copyOf(facts);
        called = Map.copyOf(called);
    }

    /** What a name rests on. */
    public enum Basis {
        /** Something that holds in every part of the branch, and not beside it. */
        COMMON,
        /** What sets its parts apart, as nothing that they share does. */
        PARTS,
        /** The branch is everybody. */
        EVERYONE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Its words in one language.
     *
     * @param name 2 to 6 words or 4 to 12 Han characters, no digits, distinct from those of all
     *     other branches and segments
     * @param who one line: what makes its members alike
     * @param facts ids of the facts that carry the name, among them those of its parts
     */
    public record Called(String name, String who, Basis basis, List<String> facts) {
        public Called {
            facts = List.copyOf(facts);
        }
    }

    public Called called(Language language) {
        return called.get(language);
    }

    /** The branch of a node, if it has one. */
    public static Optional<Branch> at(int node, List<Branch> branches) {
        return branches.stream().filter(b -> b.node() == node).findFirst();
    }

    /** The same without the facts that are given. */
    Branch without(Collection<String> ids) {
        var kept = new EnumMap<Language, Called>(Language.class);
        called.forEach(
                (language, c) ->
                        kept.put(
                                language,
                                new Called(c.name(), c.who(), c.basis(), besides(c.facts(), ids))));
        return new Branch(node, segments, size, share, besides(facts, ids), kept);
    }

    private static List<String> besides(List<String> all, Collection<String> ids) {
        return all.stream().filter(id -> !ids.contains(id)).toList();
    }
}
