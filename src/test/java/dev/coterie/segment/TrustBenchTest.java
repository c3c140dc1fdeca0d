package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often the verdict on groups is right, and what assigning loses against clustering anew. */
@Tag("bench")
class TrustBenchTest {
    private static final int SEEDS = 20;

    /** Customers with 16 text components, 6 habits, two numbers and a category, in groups. */
    private record Planted(FeatureMatrix features, int[] truth) {
        static Planted of(int n, int groups, double apart, long seed) {
            var random = new Random(seed);
            var features = new ArrayList<Feature>();
            for (int j = 0; j < 16; j++) features.add(new Feature("t" + j, Block.TEXT, "text"));
            for (int j = 0; j < 6; j++)
                features.add(new Feature("b" + j, Block.BEHAVIOUR, "b" + j));
            for (int j = 0; j < 2; j++) features.add(new Feature("n" + j, Block.PROFILE, "n" + j));
            for (int j = 0; j < 5; j++) features.add(new Feature("c=" + j, Block.PROFILE, "c"));
            int d = features.size();
            double[][] centres = new double[groups][24];
            for (double[] centre : centres) {
                for (int j = 0; j < 24; j++) centre[j] = apart * random.nextGaussian();
            }
            double[] values = new double[n * d];
            int[] truth = new int[n];
            for (int i = 0; i < n; i++) {
                truth[i] = random.nextInt(groups);
                for (int j = 0; j < 24; j++) {
                    values[i * d + j] = centres[truth[i]][j] + random.nextGaussian();
                }
                int level = random.nextInt(5);
                for (int j = 0; j < 5; j++) {
                    values[i * d + 24 + j] = ((j == level ? 1 : 0) - 0.2) / Math.sqrt(0.2);
                }
            }
            return new Planted(new FeatureMatrix(features, n, values), truth);
        }

        FeatureMatrix rows(int[] rows) {
            int d = features.columns();
            double[] values = new double[rows.length * d];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(features.values(), rows[i] * d, values, i * d, d);
            }
            return new FeatureMatrix(features.features(), rows.length, values);
        }
    }

    @Test
    void noiseIsCalledNoiseAndGroupsAreNot() {
        int noise = 0;
        int groups = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            var nothing = Planted.of(1200, 1, 0, seed).features();
            if (!clear(nothing, seed)) noise++;
            if (clear(Planted.of(1200, 5, 0.9, seed).features(), seed)) groups++;
        }
        System.out.printf(
                "no clear groups said of noise: %d of %d; of planted groups: %d of %d%n",
                noise, SEEDS, SEEDS - groups, SEEDS);
        assertTrue(noise >= 19);
        assertTrue(groups == SEEDS);
    }

    private static boolean clear(FeatureMatrix features, long seed) {
        var weights = BlockStructure.weights(Map.of());
        return ClusterCount.choose(features, weights, seed, Progress.NONE).clear();
    }

    @Test
    void assigningIsAsGoodAsClusteringAnew() {
        double assigned = 0;
        double anew = 0;
        for (int seed = 1; seed <= 5; seed++) {
            var all = Planted.of(2000, 6, 0.6, seed);
            int[] known = IntStream.range(0, 2000).filter(i -> i % 5 != 0).toArray();
            int[] kept = IntStream.range(0, 2000).filter(i -> i % 5 == 0).toArray();
            int[] truth = IntStream.of(kept).map(i -> all.truth()[i]).toArray();
            var segmenter = new Segmenter(OptionalInt.of(6), seed);
            var rows = all.rows(known);
            var found = segmenter.fit(rows, Progress.NONE);
            int[] given = CutAssigner.of(found, rows).assign(all.rows(kept)).segments();
            assigned += Agreement.accuracy(truth, given) / 5;
            int[] whole = segmenter.fit(all.features(), Progress.NONE).labels();
            anew += Agreement.accuracy(truth, IntStream.of(kept).map(i -> whole[i]).toArray()) / 5;
        }
        System.out.printf(
                "accuracy on held-out customers: assigned %.4f, clustered anew %.4f, ratio %.4f%n",
                assigned, anew, assigned / anew);
        assertTrue(assigned >= 0.97 * anew);
    }
}
