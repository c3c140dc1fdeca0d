package dev.coterie.describe;

import dev.coterie.segment.Segmentation;
import dev.coterie.segment.TreeReading;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether a trait of a branch holds throughout it, and how far it tells the branch from its
 * siblings. A mean that one large segment alone lifts is no trait of the others. Not thread-safe.
 */
final class Throughout {
    /** A part has a trait if it goes this far from everyone else towards the whole branch. */
    private static final double HELD = 0.4;

    /** Part of the customers who must be in segments that have it. */
    private static final double NEARLY_ALL = 0.8;

    /** What is left of a trait that the siblings have as well. */
    private static final double SHARED = 0.3;

    /** The siblings lack a trait if they are no farther from everyone else than this. */
    private static final double LACKED = 0.5;

    private final Segmentation segmentation;
    private final Themes themes;
    private final long[] sizes;
    private final Map<Integer, List<Integer>> under = new HashMap<>();
    private final Map<String, double[]> values = new HashMap<>();

    /**
     * @param themes that counted the words of the texts, by segment
     */
    Throughout(Segmentation segmentation, Themes themes, List<TreeReading.Branch> branches) {
        this.segmentation = segmentation;
        this.themes = themes;
        this.sizes = IntStream.range(0, segmentation.k()).mapToLong(segmentation::size).toArray();
        for (TreeReading.Branch b : branches) under.put(b.node(), b.segments());
    }

    /** True if every part right below has it, and segments with nearly all customers. */
    boolean holds(Trait trait, TreeReading.Branch branch) {
        double here = here(trait);
        double elsewhere = elsewhere(trait);
        double[] of = values.computeIfAbsent(trait.key(), key -> values(trait));
        long having = 0;
        long all = 0;
        for (int s : branch.segments()) {
            all += sizes[s];
            if ((of[s] - elsewhere) / (here - elsewhere) >= HELD) having += sizes[s];
        }
        if (having < NEARLY_ALL * all) return false;
        for (int s : branch.alone()) {
            if (!((of[s] - elsewhere) / (here - elsewhere) >= HELD)) return false;
        }
        return branch.branches().stream()
                .map(under::get)
                .allMatch(p -> (mean(of, p) - elsewhere) / (here - elsewhere) >= HELD);
    }

    /**
     * How much a trait counts for a branch beside its siblings.
     *
     * @param siblings the segments of the branches and segments that stand beside it
     * @return 0.3 where they have it as well, up to 1 where they are like everyone else
     */
    double apart(Trait trait, List<Integer> siblings) {
        return SHARED + (1 - SHARED) * (1 - inCommon(trait, siblings));
    }

    /** True if the siblings do not have it. */
    boolean lacking(Trait trait, List<Integer> siblings) {
        return inCommon(trait, siblings) <= LACKED;
    }

    /** 0 where the siblings are like everyone else, 1 where they are like the branch. */
    private double inCommon(Trait trait, List<Integer> siblings) {
        double[] of = values.computeIfAbsent(trait.key(), key -> values(trait));
        double part = (mean(of, siblings) - elsewhere(trait)) / (here(trait) - elsewhere(trait));
        return Double.isNaN(part) ? 0 : Math.max(0, Math.min(1, part));
    }

    private static double here(Trait trait) {
        return trait.comparison()
                .map(Comparison::here)
                .orElseGet(() -> trait.theme().orElseThrow().share());
    }

    private static double elsewhere(Trait trait) {
        return trait.comparison()
                .map(Comparison::elsewhere)
                .orElseGet(() -> trait.theme().orElseThrow().elsewhere());
    }

    private double mean(double[] of, List<Integer> segments) {
        double sum = 0;
        double all = 0;
        for (int s : segments) {
            if (Double.isNaN(of[s])) continue;
            sum += sizes[s] * of[s];
            all += sizes[s];
        }
        return sum / all;
    }

    /** Of each segment the mean or share; NaN where nothing is known. */
    private double[] values(Trait trait) {
        if (trait.theme().isPresent()) return themes.shares(trait.theme().get().word());
        double[] values = trait.comparison().orElseThrow().attribute().values();
        double[] sums = new double[segmentation.k()];
        long[] known = new long[segmentation.k()];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) continue;
            sums[segmentation.labels()[i]] += values[i];
            known[segmentation.labels()[i]]++;
        }
        Arrays.setAll(sums, s -> known[s] == 0 ? Double.NaN : sums[s] / known[s]);
        return sums;
    }
}
