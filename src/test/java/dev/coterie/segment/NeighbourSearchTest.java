package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.progress.Progress;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourSearchTest {
    static float[] rows(int n, int d, long seed) {
        var random = new Random(seed);
        float[] rows = new float[n * d];
        for (int at = 0; at < rows.length; at++) rows[at] = (float) random.nextGaussian();
        return rows;
    }

    static double square(float[] a, int i, float[] b, int j, int d) {
        double sum = 0;
        for (int f = 0; f < d; f++) {
            double difference = a[i * d + f] - b[j * d + f];
            sum += difference * difference;
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 1", "50, 1, 4", "128, 5, 7", "129, 6, 10", "400, 7, 20"})
    void findsWhatSortingAllDistancesFinds(int n, int d, int k) {
        float[] rows = rows(n, d, n);
        var found = NeighbourSearch.over(rows, n, d).amongThemselves(rows, k, Progress.NONE);
        for (int i = 0; i < n; i++) {
            int row = i;
            int[] expected =
                    IntStream.range(0, n)
                            .filter(o -> o != row)
                            .boxed()
                            .sorted(Comparator.comparingDouble(o -> square(rows, row, rows, o, d)))
                            .limit(k)
                            .mapToInt(Integer::intValue)
                            .toArray();
            int[] these = java.util.Arrays.copyOfRange(found.rows(), i * k, (i + 1) * k);
            assertArrayEquals(expected, these);
        }
    }

    @Test
    void cellsFindMostOfTheNearestAndEachRowItself() {
        int n = 4000;
        int d = 12;
        float[] rows = rows(n, d, 1);
        var cells = new CellSearch(rows, n, d);
        var themselves = cells.nearest(rows, n, 1, Progress.NONE);
        for (int i = 0; i < n; i++) assertEquals(0, themselves.squares()[i]);
        float[] queries = rows(200, d, 2);
        var found = cells.nearest(queries, 200, 10, Progress.NONE);
        var exact = NeighbourSearch.Neighbours.none(200, 10);
        NeighbourSearch.over(rows, n, d).collect(queries, 0, 200, false, exact);
        int hits = 0;
        for (int q = 0; q < 200; q++) {
            for (int j = 0; j < 10; j++) {
                int wanted = exact.rows()[q * 10 + j];
                int first = q * 10;
                if (IntStream.range(first, first + 10).anyMatch(a -> found.rows()[a] == wanted)) {
                    hits++;
                }
            }
        }
        assertTrue(hits > 0.6 * 2000, "found " + hits + " of 2000");
    }

    @Test
    void affinitiesAreSymmetricAndAddUpToOne() {
        float[] rows = rows(150, 4, 3);
        var neighbours =
                NeighbourSearch.over(rows, 150, 4).amongThemselves(rows, 20, Progress.NONE);
        var graph = NeighbourGraph.of(neighbours, 10);
        double sum = 0;
        for (int i = 0; i < 150; i++) {
            for (int e = graph.starts()[i]; e < graph.starts()[i + 1]; e++) {
                sum += graph.affinities()[e];
                assertEquals(graph.affinities()[e], affinity(graph, graph.others()[e], i), 0);
            }
        }
        assertEquals(1, sum, 1e-9);
    }

    private static double affinity(NeighbourGraph graph, int row, int other) {
        for (int e = graph.starts()[row]; e < graph.starts()[row + 1]; e++) {
            if (graph.others()[e] == other) return graph.affinities()[e];
        }
        return 0;
    }

    @Test
    void theTreeAddsUpNearlyWhatAllPairsAddUpTo() {
        int n = 500;
        double[] places = new Random(4).doubles(2 * n, -20, 20).toArray();
        var tree = new QuadTree(n);
        tree.build(places);
        double[] push = new double[2];
        for (int s = 0; s < n; s++) {
            int i = tree.point(s);
            double sum = 0;
            double x = 0;
            for (int o = 0; o < n; o++) {
                double dx = places[2 * i] - places[2 * o];
                double dy = places[2 * i + 1] - places[2 * o + 1];
                double q = 1 / (1 + dx * dx + dy * dy);
                if (o != i) sum += q;
                x += q * q * dx;
            }
            assertEquals(sum, tree.repulsion(s, 0, push), 1e-9);
            assertEquals(x, push[0], 1e-9);
            assertEquals(sum, tree.repulsion(s, 0.8, push), 0.1 * sum);
        }
    }
}
