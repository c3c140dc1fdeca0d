package dev.coterie.rule;

import dev.coterie.segment.Segmentation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Customers in three parts that share nobody: rules are grown on the first, the way of growing and
 * the length are chosen on the second, and the rule is measured on the third. Each segment is
 * parted alike. Customers far from every segment teach nothing, but the rule will meet them, so as
 * many of them as of the others stand in the third part.
 */
record RuleSplit(int[] grow, int[] choose, int[] heldOut) {
    /** More customers make the rule no better, only slower to find. */
    private static final int MOST_LEARNED_ON = 20_000;

    private static final double GROW = 0.4;
    private static final double CHOOSE = 0.2;
    private static final long SEED = 20_261_123;

    static RuleSplit of(Segmentation segmentation) {
        int[] labels = segmentation.labels();
        boolean[] outlier = segmentation.outlier();
        int[] inside = IntStream.range(0, labels.length).filter(i -> !outlier[i]).toArray();
        double learned = inside.length * (GROW + CHOOSE);
        double part = Math.min(1, MOST_LEARNED_ON / Math.max(1, learned));
        var random = new SplittableRandom(SEED);
        var randomOutliers = new SplittableRandom(SEED + 1);
        var grow = IntStream.builder();
        var choose = IntStream.builder();
        var rest = IntStream.builder();
        for (int c = 0; c < segmentation.k(); c++) {
            int cluster = c;
            int[] members = Arrays.stream(inside).filter(i -> labels[i] == cluster).toArray();
            shuffle(members, random);
            int first = (int) Math.round(members.length * GROW * part);
            int second = (int) Math.round(members.length * (GROW + CHOOSE) * part);
            for (int i = 0; i < members.length; i++) {
                (i < first ? grow : i < second ? choose : rest).add(members[i]);
            }
            int[] far =
                    IntStream.range(0, labels.length)
                            .filter(i -> outlier[i] && labels[i] == cluster)
                            .toArray();
            shuffle(far, randomOutliers);
            int unmeasured = (int) Math.round(far.length * (GROW + CHOOSE) * part);
            for (int i = unmeasured; i < far.length; i++) rest.add(far[i]);
        }
        return new RuleSplit(sorted(grow), sorted(choose), sorted(rest));
    }

    /** Grow and choose together: what the chosen way learns the final rule on. */
    int[] learn() {
        return IntStream.concat(Arrays.stream(grow), Arrays.stream(choose)).sorted().toArray();
    }

    private static int[] sorted(IntStream.Builder rows) {
        return rows.build().sorted().toArray();
    }

    private static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
    }
}
