package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sums that a mixture is fitted from, against the same ones taken row by row. */
class ClusterSumsTest {
    private static final int N = 2500; // two pieces of work, and tiles that do not come out even
    private static final int K = 5;
    private static final int D = 7;

    private final Random random = new Random(4);
    private final double[][] values = new double[N][D];
    private final boolean[] present = new boolean[N];
    private final double[][] responsibilities = new double[K][N];

    /** Rows that belong to some clusters, and leave out up to a part of themselves. */
    private void deal(double mostOutside) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < D; j++) values[i][j] = random.nextGaussian();
            present[i] = random.nextInt(10) > 0;
            double inside = 1 - mostOutside * random.nextDouble();
            double[] parts = new double[K];
            double sum = 0;
            for (int c = 0; c < K; c++) {
                parts[c] = random.nextInt(3) == 0 ? random.nextDouble() : 0;
                sum += parts[c];
            }
            if (sum == 0) parts[0] = sum = 1;
            for (int c = 0; c < K; c++) responsibilities[c][i] = inside * parts[c] / sum;
        }
    }

    private ClusterSums sums() {
        var total = new ClusterSums(K, ClusterSums.squares(values, present, D));
        return ClusterSums.of(values, present, responsibilities, total, Pieces.of(N));
    }

    @Test
    void weightsAndMeansAreThoseOfTheRowsThatHaveValues() {
        deal(0.4);
        var sums = sums();
        for (int c = 0; c < K; c++) {
            double weight = 0;
            double[] first = new double[D];
            for (int i = 0; i < N; i++) {
                if (!present[i]) continue;
                weight += responsibilities[c][i];
                for (int j = 0; j < D; j++) first[j] += responsibilities[c][i] * values[i][j];
            }
            assertEquals(weight, sums.weight[c], 1e-3);
            for (int j = 0; j < D; j++) assertEquals(first[j], sums.first[c][j], 1e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.5})
    void secondMomentsAreThoseOfWhatTheRowsHaveInClusters(double mostOutside) {
        deal(mostOutside);
        double[] second = sums().second;
        double worst = 0;
        for (int a = 0; a < D; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = 0; i < N; i++) {
                    if (!present[i]) continue;
                    double inside = 0;
                    for (int c = 0; c < K; c++) inside += responsibilities[c][i];
                    sum += inside * values[i][a] * values[i][b];
                }
                worst = Math.max(worst, Math.abs(sum - second[a * D + b]) / N);
            }
        }
        // a row may leave out a thousandth of itself before it is told
        assertTrue(worst < (mostOutside == 0 ? 1e-9 : 1e-4), "off by " + worst);
    }
}
