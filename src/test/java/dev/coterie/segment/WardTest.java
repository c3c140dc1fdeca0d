package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WardTest {
    private static double[][] points(int n, int d, Random random) {
        return IntStream.range(0, n)
                .mapToObj(i -> random.doubles(d, -5, 5).toArray())
                .toArray(double[][]::new);
    }

    /** Groups as sets of points, in the order in which they came about. */
    private static List<TreeSet<Integer>> groups(int n, List<Ward.Union> unions) {
        var nodes = new ArrayList<TreeSet<Integer>>();
        for (int i = 0; i < n; i++) nodes.add(new TreeSet<>(List.of(i)));
        for (Ward.Union union : unions) {
            var both = new TreeSet<>(nodes.get(union.left()));
            both.addAll(nodes.get(union.right()));
            nodes.add(both);
        }
        return nodes.subList(n, nodes.size());
    }

    /** The definition: try every pair, take the one whose union raises the sum of squares least. */
    private static List<TreeSet<Integer>> naive(
            double[][] points, double[] sizes, List<Double> costs) {
        var standing = new ArrayList<TreeSet<Integer>>();
        for (int i = 0; i < points.length; i++) standing.add(new TreeSet<>(List.of(i)));
        var made = new ArrayList<TreeSet<Integer>>();
        while (standing.size() > 1) {
            double least = Double.POSITIVE_INFINITY;
            int[] pair = null;
            for (int a = 0; a < standing.size(); a++) {
                for (int b = a + 1; b < standing.size(); b++) {
                    var both = new TreeSet<>(standing.get(a));
                    both.addAll(standing.get(b));
                    double rise =
                            squares(points, sizes, both)
                                    - squares(points, sizes, standing.get(a))
                                    - squares(points, sizes, standing.get(b));
                    if (rise < least) {
                        least = rise;
                        pair = new int[] {a, b};
                    }
                }
            }
            var both = new TreeSet<>(standing.get(pair[0]));
            both.addAll(standing.remove(pair[1]));
            standing.remove(pair[0]);
            standing.add(both);
            made.add(both);
            costs.add(least);
        }
        return made;
    }

    private static double squares(double[][] points, double[] sizes, TreeSet<Integer> group) {
        int d = points[0].length;
        double[] mean = new double[d];
        double weight = 0;
        for (int i : group) weight += sizes[i];
        for (int i : group) for (int j = 0; j < d; j++) mean[j] += sizes[i] * points[i][j] / weight;
        double sum = 0;
        for (int i : group) {
            for (int j = 0; j < d; j++) sum += sizes[i] * Math.pow(points[i][j] - mean[j], 2);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void joinsWhatTheDefinitionJoins(long seed) {
        var random = new Random(seed);
        double[][] points = points(14, 3, random);
        double[] sizes = random.ints(14, 1, 60).asDoubleStream().toArray();
        var costs = new ArrayList<Double>();
        var expected = naive(points, sizes, costs);
        var unions = Ward.agglomerate(points, sizes);
        assertEquals(expected, groups(14, unions));
        assertArrayEquals(
                costs.stream().mapToDouble(Double::doubleValue).toArray(),
                unions.stream().mapToDouble(Ward.Union::cost).toArray(),
                1e-6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void costsNeverFallAndGroupsComeBeforeWhatTakesThemUp(long seed) {
        var random = new Random(seed);
        int n = 2 + random.nextInt(150);
        var unions =
                Ward.agglomerate(
                        points(n, 8, random), random.ints(n, 0, 9).asDoubleStream().toArray());
        assertEquals(n - 1, unions.size());
        var used = new boolean[2 * n - 1];
        for (int i = 0; i < unions.size(); i++) {
            var union = unions.get(i);
            assertTrue(i == 0 || union.cost() >= unions.get(i - 1).cost());
            for (int child : new int[] {union.left(), union.right()}) {
                assertTrue(child < n + i, "made before");
                assertTrue(!used[child], "taken up once");
                used[child] = true;
            }
        }
    }

    @Test
    void identicalPointsAndPointsWithoutWeightJoinAtNoCost() {
        double[] none = new double[6];
        for (double[] sizes : List.of(none, new double[] {1, 1, 1, 1, 1, 1})) {
            var unions = Ward.agglomerate(new double[6][2], sizes);
            assertEquals(5, unions.size());
            assertTrue(unions.stream().allMatch(u -> u.cost() == 0));
        }
        assertTrue(Ward.agglomerate(new double[1][2], new double[] {3}).isEmpty());
        double[] line = {0, 1, 2, 3, 4, 5, 6, 7};
        double[][] even =
                Arrays.stream(line).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        double[] alike = new double[8];
        Arrays.fill(alike, 1);
        assertEquals(7, Ward.agglomerate(even, alike).size());
    }
}
