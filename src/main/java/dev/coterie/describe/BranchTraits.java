package dev.coterie.describe;

import dev.coterie.segment.Segmentation;
import dev.coterie.segment.TreeReading;
import dev.coterie.words.Lexicon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the branches of the tree have in common: traits against everyone outside that hold in every
 * part, those first that the siblings lack.
 *
 * @param branches each after those below it
 * @param traits of each branch, best first; none of everybody's
 * @param telling for each branch the keys of those that its siblings lack
 */
record BranchTraits(
        List<TreeReading.Branch> branches, List<List<Trait>> traits, List<Set<String>> telling) {
    /** A trait far weaker than the best one says little of so many customers. */
    private static final double BESIDE_THE_BEST = 0.25;

    /** Words that fewer of a branch's writers use do not name it. */
    private static final double OFTEN = 0.25;

    private static final double OFTEN_AS_ONE_THING = 0.35;

    private static final double SELDOM = 0.15;

    private static final double MUCH_MORE_OFTEN = 1.5;

    /** The branches other than everybody's, as groups to be compared. */
    static List<Group> groups(List<TreeReading.Branch> branches) {
        return branches.stream()
                .limit(Math.max(0, branches.size() - 1))
                .map(b -> Group.of(b.segments()))
                .toList();
    }

    /**
     * @param branches as the tree of the segmentation has them
     * @param compared for each of {@link #groups} its comparisons
     * @param themes for each of them its themes
     * @param read who uses which word
     */
    static BranchTraits of(
            List<TreeReading.Branch> branches,
            List<List<Comparison>> compared,
            List<List<Theme>> themes,
            Segmentation segmentation,
            Themes read,
            Likeness likeness) {
        var ranking = new Traits(compared, themes, likeness);
        var throughout = new Throughout(segmentation, read, branches);
        Map<Integer, List<Integer>> siblings = siblings(branches);
        var traits = new ArrayList<List<Trait>>();
        var telling = new ArrayList<Set<String>>();
        for (int b = 0; b < compared.size(); b++) {
            TreeReading.Branch branch = branches.get(b);
            List<Integer> beside = siblings.get(branch.node());
            List<Trait> held =
                    ranking.ranked(
                            b,
                            t ->
                                    usable(t) && throughout.holds(t, branch)
                                            ? throughout.apart(t, beside)
                                            : 0);
            double best = held.isEmpty() ? 0 : held.get(0).score();
            traits.add(held.stream().filter(t -> t.score() >= BESIDE_THE_BEST * best).toList());
            telling.add(
                    held.stream()
                            .filter(t -> throughout.lacking(t, beside))
                            .map(Trait::key)
                            .collect(Collectors.toSet()));
        }
        if (!branches.isEmpty()) {
            traits.add(List.of());
            telling.add(Set.of());
        }
        return new BranchTraits(branches, traits, telling);
    }

    private static boolean usable(Trait trait) {
        if (trait.theme().isEmpty() || !trait.nameable()) return trait.nameable();
        Theme theme = trait.theme().get();
        boolean thing =
                Lexicon.find(theme.word())
                        .filter(e -> e.kind() == Lexicon.Kind.PRODUCT)
                        .isPresent();
        if (thing) return theme.share() >= OFTEN_AS_ONE_THING;
        boolean more = theme.share() >= SELDOM && theme.lift() >= MUCH_MORE_OFTEN;
        return theme.share() >= OFTEN || more;
    }

    /** For each node the segments under its parent but not under itself. */
    private static Map<Integer, List<Integer>> siblings(List<TreeReading.Branch> branches) {
        var siblings = new HashMap<Integer, List<Integer>>();
        for (TreeReading.Branch parent : branches) {
            for (TreeReading.Branch child : branches) {
                if (!parent.branches().contains(child.node())) continue;
                var beside = new ArrayList<>(parent.segments());
                beside.removeAll(child.segments());
                siblings.put(child.node(), beside);
            }
        }
        return siblings;
    }
}
