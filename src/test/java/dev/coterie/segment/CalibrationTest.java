package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.progress.Progress;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A confidence is the share of those with it that keep their cluster. */
class CalibrationTest {
    private static Calibration said(double promised, double true1, double true2) {
        var random = new Random(3);
        var counts = new Calibration.Counts(2);
        for (int i = 0; i < 40_000; i++) {
            counts.add(0, promised, random.nextDouble() < true1);
            counts.add(1, promised, random.nextDouble() < true2);
        }
        return counts.calibration();
    }

    @Test
    void eachClusterIsWorthWhatItKept() {
        var calibration = said(0.97, 0.9, 0.6);
        double[] first = calibration.apply(new double[] {0.97, 0.03}, 0);
        assertEquals(0.9, first[0], 0.01);
        assertEquals(1, first[0] + first[1], 1e-12);
        double[] second = calibration.apply(new double[] {0.03, 0.97}, 1);
        assertEquals(0.6, second[1], 0.01);
    }

    @Test
    void theLikeliestStaysTheLikeliest() {
        var calibration = said(0.55, 0.1, 0.1);
        double[] row = calibration.apply(new double[] {0.55, 0.3, 0.15}, 0);
        assertTrue(row[0] >= row[1] && row[1] > row[2]);
        assertEquals(1, row[0] + row[1] + row[2], 1e-12);
    }

    @Test
    void aHigherProbabilityIsNeverWorthLess() {
        var random = new Random(5);
        var counts = new Calibration.Counts(2);
        for (int i = 0; i < 3000; i++) {
            double p = random.nextDouble();
            counts.add(0, p, random.nextDouble() < 0.5 + 0.3 * Math.sin(9 * p));
        }
        var calibration = counts.calibration();
        double before = 0;
        for (int p = 51; p <= 100; p++) {
            double[] row = calibration.apply(new double[] {p / 100.0, 1 - p / 100.0}, 0);
            assertTrue(row[0] >= before - 1e-12);
            before = row[0];
        }
    }

    @Test
    void withoutTriesProbabilitiesStay() {
        double[] row = Calibration.NONE.apply(new double[] {0.7, 0.3}, 0);
        assertArrayEquals(new double[] {0.7, 0.3}, row);
    }

    @Test
    void confidenceHoldsInResamplesThatNobodyHasSeen() {
        var features = SegmenterTest.blobs(6, 1500, 3, 1.5, 11);
        var found = new Segmenter(OptionalInt.of(6), 1).fit(features, Progress.NONE);
        var clusterer = Clusterer.of(Algorithm.AUTO, features, BlockStructure.weights(Map.of()), 1);
        double[] promised = new double[10];
        double[] kept = new double[10];
        double[] n = new double[10];
        for (int r = 0; r < 40; r++) {
            int[] rows = ClusterCount.sample(1500, 1200, new SplittableRandom(5000 + r));
            int[] again = clusterer.labelsOf(features, rows, 6, 9000 + r);
            double[][] shared = new double[6][6];
            for (int i = 0; i < rows.length; i++) shared[found.labels()[rows[i]]][again[i]]++;
            int[] partner = LinearAssignment.maximum(shared);
            for (int i = 0; i < rows.length; i++) {
                if (found.outlier()[rows[i]]) continue;
                double confidence = found.confidence()[rows[i]];
                int bin = Math.min(9, (int) (confidence * 10));
                n[bin]++;
                promised[bin] += confidence;
                if (partner[found.labels()[rows[i]]] == again[i]) kept[bin]++;
            }
        }
        int checked = 0;
        // lower down another cluster is about as likely, and the likeliest is never put behind it
        for (int bin = 6; bin < 10; bin++) {
            if (n[bin] < 500) continue;
            checked++;
            assertEquals(promised[bin] / n[bin], kept[bin] / n[bin], 0.05, "bin " + bin);
        }
        assertTrue(checked >= 2, "bins with enough customers: " + checked);
    }
}
