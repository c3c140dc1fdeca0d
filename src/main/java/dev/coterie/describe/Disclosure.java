package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.segment.SegmentTree;
import dev.coterie.segment.Segmentation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a shared report may tell of a run: nothing of fewer than 11 customers, and no size that
 * subtraction would give away.
 *
 * <p>This is cell suppression: a size below the threshold is withheld, and so is another one
 * wherever what is withheld would follow from a sum that is known. Known are the number of all
 * customers and, from reports of the same run at other numbers of segments, the size of every
 * branch of the tree that is not withheld there. See Willenborg and de Waal, Elements of
 * Statistical Disclosure Control, 2001.
 */
public final class Disclosure {
    /** Nothing is told about fewer customers than this. */
    public static final int FEWEST = 11;

    private static final Set<String> TELL_THE_SIZE =
            Set.of("size", "share", "value", "value_each", "value_share", "outliers");

    private final long[] sizes;
    private final boolean[] withheld;
    private final boolean[] nodes;

    /**
     * @param nodes of the tree that must be withheld, leaves first
     */
    private Disclosure(long[] sizes, boolean[] withheld, boolean[] nodes) {
        this.sizes = sizes;
        this.withheld = withheld;
        this.nodes = nodes;
    }

    public static Disclosure of(Segmentation segmentation) {
        int k = segmentation.k();
        long[] sizes = IntStream.range(0, k).mapToLong(segmentation::size).toArray();
        var hierarchy = segmentation.hierarchy();
        boolean[] nodes = nodes(hierarchy.tree());
        boolean[] withheld = new boolean[k];
        var sums = new ArrayList<int[]>();
        int[] cut = hierarchy.cut().segment();
        int[] pieces = new int[k];
        for (int p : cut) pieces[p]++;
        for (int node = 0; node < nodes.length; node++) {
            int[] inside = new int[k];
            for (int p : hierarchy.tree().under(node)) inside[cut[p]]++;
            boolean whole =
                    IntStream.range(0, k).allMatch(s -> inside[s] == 0 || inside[s] == pieces[s]);
            if (!whole) continue;
            int[] segments = IntStream.range(0, k).filter(s -> inside[s] > 0).toArray();
            if (segments.length == 1) withheld[segments[0]] |= nodes[node];
            else sums.add(segments);
        }
        return new Disclosure(sizes, withheld(sizes, withheld, sums, FEWEST), nodes);
    }

    /**
     * Which nodes of the tree must be withheld wherever they are segments. A small one is; if one
     * child of a node that is told is withheld, so is the other; and if a node is withheld, so is
     * one of its children. So from every small node a way leads up to one that is told and down to
     * a piece again, along which customers could stand on either side: no report, and no two
     * reports, tell which.
     *
     * @return by node: leaves first, then merges
     */
    static boolean[] nodes(SegmentTree tree) {
        int leaves = tree.leaves();
        boolean[] withheld = new boolean[leaves + tree.merges().size()];
        for (int node = 0; node < withheld.length; node++) {
            withheld[node] = tree.size(node) < FEWEST;
        }
        // Children stand before their parent, so one pass from the root settles everything.
        for (int node = withheld.length - 1; node >= leaves; node--) {
            SegmentTree.Merge merge = tree.merges().get(node - leaves);
            boolean either = withheld[merge.left()] || withheld[merge.right()];
            if (!withheld[node] && either) {
                withheld[merge.left()] = true;
                withheld[merge.right()] = true;
            } else if (withheld[node] && !either) {
                boolean left = tree.size(merge.left()) <= tree.size(merge.right());
                withheld[left ? merge.left() : merge.right()] = true;
            }
        }
        return withheld;
    }

    /**
     * Which counts must be withheld so that none below the threshold follows from the others.
     *
     * @param counts not negative; zero tells about nobody
     * @param before those that are withheld anyway
     * @param sums sets of counts whose sum is known besides that of all, as their indices
     * @param fewest the threshold
     */
    public static boolean[] withheld(
            long[] counts, boolean[] before, List<int[]> sums, int fewest) {
        boolean[] withheld = before.clone();
        boolean[] few = new boolean[counts.length];
        for (int i = 0; i < counts.length; i++) {
            few[i] = counts[i] > 0 && counts[i] < fewest;
            withheld[i] |= few[i];
        }
        var all = new ArrayList<>(sums);
        all.add(IntStream.range(0, counts.length).toArray());
        // A small sum is withheld as well, wherever it would stand.
        all.removeIf(sum -> IntStream.of(sum).mapToLong(i -> counts[i]).sum() < fewest);
        all.sort((a, b) -> Integer.compare(a.length, b.length));
        everySum(all, counts, withheld, fewest);
        for (int cell = Recovery.first(all, withheld, few); cell >= 0; ) {
            int next = smallest(beside(cell, all), counts, withheld);
            if (next < 0) next = smallest(all.get(all.size() - 1), counts, withheld);
            if (next < 0) break;
            withheld[next] = true;
            everySum(all, counts, withheld, fewest);
            cell = Recovery.first(all, withheld, few);
        }
        return withheld;
    }

    /** The counts that share a sum with one. */
    private static int[] beside(int count, List<int[]> sums) {
        return sums.stream()
                .filter(sum -> IntStream.of(sum).anyMatch(i -> i == count))
                .flatMapToInt(IntStream::of)
                .toArray();
    }

    /** Withholds more until no single sum gives a count away. */
    private static void everySum(List<int[]> sums, long[] counts, boolean[] withheld, int fewest) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int[] sum : sums) {
                while (exposed(sum, counts, withheld, fewest)) {
                    int next = smallest(sum, counts, withheld);
                    if (next < 0) break;
                    withheld[next] = true;
                    changed = true;
                }
            }
        }
    }

    /** True if what is withheld within a sum is one count, or too few customers together. */
    private static boolean exposed(int[] sum, long[] counts, boolean[] withheld, int fewest) {
        long hidden = IntStream.of(sum).filter(i -> withheld[i]).count();
        long customers = IntStream.of(sum).filter(i -> withheld[i]).mapToLong(i -> counts[i]).sum();
        return hidden == 1 || hidden > 1 && customers < fewest;
    }

    private static int smallest(int[] sum, long[] counts, boolean[] withheld) {
        return IntStream.of(sum)
                .filter(i -> !withheld[i] && counts[i] > 0)
                .boxed()
                .min((a, b) -> Long.compare(counts[a], counts[b]))
                .orElse(-1);
    }

    /**
     * True if a segment is too small to be told of.
     *
     * @param number 1..k
     */
    public boolean few(int number) {
        return sizes[number - 1] < FEWEST;
    }

    /** True if its size must be withheld, its own or to protect another one. */
    public boolean withheld(int number) {
        return withheld[number - 1];
    }

    /** True if the size of a segment that is withheld would follow from a fact. */
    public boolean withholds(Fact fact) {
        boolean ofOne = fact.segment() >= 1 && fact.segment() <= sizes.length;
        return ofOne && withheld(fact.segment()) && tellsTheSize(fact);
    }

    /** The size of a segment, or that it is withheld. */
    public String size(int number, Language language) {
        return withheld(number) && !few(number)
                ? Message.of("describe.figure.withheld").in(language)
                : Figures.count(sizes[number - 1], language, FEWEST);
    }

    /** The size of a branch, or that it is withheld. */
    public String size(Branch branch, Language language) {
        return nodes[branch.node()]
                ? Message.of("describe.figure.withheld").in(language)
                : Figures.show(branch.size(), Fact.Unit.COUNT, language);
    }

    /**
     * What is left of a description. A branch of few customers is left out, and one whose size is
     * withheld tells no figure from which it follows.
     */
    public Description told(Description description) {
        var segments = new ArrayList<SegmentProfile>();
        for (SegmentProfile p : description.segments()) {
            if (few(p.number())) segments.add(silent(p));
            else segments.add(withheld(p.number()) ? sizeless(p, description.facts()) : p);
        }
        var branches = new ArrayList<Branch>();
        for (Branch b : description.branches()) {
            if (b.size() < FEWEST) continue;
            branches.add(nodes[b.node()] ? b.without(telling(b.facts(), description.facts())) : b);
        }
        return new Description(segments, description.facts(), description.textLanguage(), branches);
    }

    private static SegmentProfile silent(SegmentProfile p) {
        var wordings = new EnumMap<Language, Wording>(Language.class);
        for (Language language : Language.values()) {
            wordings.put(
                    language,
                    Wording.narrated(
                            Message.of("describe.few.name", "number", p.number()).in(language),
                            Message.of("describe.few.who", "limit", FEWEST).in(language),
                            List.of()));
        }
        return new SegmentProfile(
                p.number(),
                p.size(),
                p.share(),
                0,
                p.stability(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                wordings,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Without the sentences and figures from which the size follows. */
    private static SegmentProfile sizeless(SegmentProfile p, Map<String, Fact> facts) {
        Set<String> telling = telling(p.facts(), facts);
        var wordings = new EnumMap<Language, Wording>(Language.class);
        p.wordings()
                .forEach(
                        (language, w) ->
                                wordings.put(
                                        language,
                                        w.saying(
                                                w.sentences().stream()
                                                        .filter(s -> citesNone(s, telling))
                                                        .toList())));
        return new SegmentProfile(
                p.number(),
                p.size(),
                p.share(),
                0,
                p.stability(),
                Optional.empty(),
                p.differences(),
                p.outcomes(),
                p.words(),
                p.quotes(),
                p.facts().stream().filter(f -> !telling.contains(f)).toList(),
                wordings,
                Optional.empty(),
                p.tried(),
                p.untried());
    }

    private static Set<String> telling(List<String> ids, Map<String, Fact> facts) {
        Set<String> telling = new HashSet<>();
        for (String id : ids) {
            if (tellsTheSize(facts.get(id))) telling.add(id);
        }
        return telling;
    }

    private static boolean tellsTheSize(Fact fact) {
        String key = fact.label().key();
        return TELL_THE_SIZE.contains(key.substring(key.lastIndexOf('.') + 1));
    }

    private static boolean citesNone(String sentence, Set<String> ids) {
        return References.ids(sentence).stream().noneMatch(ids::contains);
    }
}
