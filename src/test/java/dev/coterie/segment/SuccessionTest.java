package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuccessionTest {
    /** Builds a membership from runs of customers: {@code "a", 3, 0} puts a0, a1, a2 in 0. */
    private static final class People {
        private final List<String> customers = new ArrayList<>();
        private final List<Integer> labels = new ArrayList<>();

        People put(String prefix, int from, int to, int label) {
            for (int i = from; i < to; i++) {
                customers.add(prefix + i);
                labels.add(label);
            }
            return this;
        }

        Membership in(int k) {
            return new Membership(
                    customers, labels.stream().mapToInt(Integer::intValue).toArray(), k);
        }
    }

    private static final Membership THREE =
            new People().put("a", 0, 60, 0).put("b", 0, 40, 1).put("c", 0, 20, 2).in(3);

    @Nested
    class Constructed {
        @Test
        void theSameRunStaysWhole() {
            var same = Succession.between(THREE, THREE);
            assertArrayEquals(new int[] {0, 1, 2}, same.successor());
            assertEquals(120, same.stayed());
            assertEquals(0, same.moved());
            assertTrue(same.born().isEmpty() && same.died().isEmpty());
            assertTrue(same.splits().isEmpty() && same.merges().isEmpty());
        }

        @Test
        void numbersAreFoundAgainHoweverTheLaterRunNumbersAndOrders() {
            var later = new People().put("c", 0, 20, 0).put("a", 0, 60, 1).put("b", 0, 40, 2).in(3);
            var found = Succession.between(THREE, later);
            assertArrayEquals(new int[] {1, 2, 0}, found.successor());
            assertArrayEquals(new int[] {2, 0, 1}, found.places());
            var kept = found.replaced(found.places());
            assertArrayEquals(new int[] {0, 1, 2}, kept.successor());
            assertArrayEquals(new long[] {60, 0, 0}, kept.flow()[0]);
            assertEquals(120, kept.stayed());
        }

        @Test
        void aMoveIsAMoveAndNoSplit() {
            var later =
                    new People()
                            .put("a", 0, 48, 0)
                            .put("a", 48, 60, 1)
                            .put("b", 0, 40, 1)
                            .put("c", 0, 20, 2)
                            .in(3);
            var found = Succession.between(THREE, later);
            assertArrayEquals(new int[] {0, 1, 2}, found.successor());
            assertEquals(12, found.moved());
            assertEquals(12, found.flow()[0][1]);
            assertTrue(found.splits().isEmpty() && found.merges().isEmpty());
        }

        @Test
        void aSplitNamesItsPartsAndTheLargerPartLivesOn() {
            var later =
                    new People()
                            .put("a", 0, 25, 0)
                            .put("a", 25, 60, 1)
                            .put("b", 0, 40, 2)
                            .put("c", 0, 20, 3)
                            .in(4);
            var found = Succession.between(THREE, later);
            assertEquals(1, found.successor()[0]);
            assertEquals(List.of(new Succession.Regrouping(0, List.of(0, 1))), found.splits());
            assertEquals(List.of(0), found.born());
            assertTrue(found.died().isEmpty() && found.merges().isEmpty());
        }

        @Test
        void aMergeNamesItsSourcesAndTheLargerLivesOn() {
            var later = new People().put("a", 0, 60, 0).put("b", 0, 40, 0).put("c", 0, 20, 1).in(2);
            var found = Succession.between(THREE, later);
            assertArrayEquals(new int[] {0, -1, 1}, found.successor());
            assertEquals(List.of(new Succession.Regrouping(0, List.of(0, 1))), found.merges());
            assertEquals(List.of(1), found.died());
            assertEquals(40, found.moved());
        }

        @Test
        void aSegmentWhoseCustomersAreGoneDiesAndOneOfNewCustomersIsBorn() {
            var later = new People().put("a", 0, 60, 0).put("b", 0, 40, 1).put("n", 0, 30, 2).in(3);
            var found = Succession.between(THREE, later);
            assertArrayEquals(new int[] {0, 1, -1}, found.successor());
            assertEquals(List.of(2), found.died());
            assertEquals(List.of(2), found.born());
            assertEquals(20, found.goneCustomers());
            assertEquals(30, found.newCustomers());
        }

        @Test
        void aSegmentThatScattersDies() {
            var later =
                    new People()
                            .put("a", 0, 60, 0)
                            .put("c", 0, 10, 0)
                            .put("b", 0, 40, 1)
                            .put("c", 10, 20, 1)
                            .in(2);
            assertArrayEquals(new int[] {0, 1, -1}, Succession.between(THREE, later).successor());
        }

        @Test
        void twoCommonCustomersOfALargeSegmentDoNotMakeItTheSame() {
            var later = new People().put("a", 0, 2, 0).put("n", 0, 90, 0).put("m", 0, 9, 1).in(2);
            assertArrayEquals(new int[] {-1, -1, -1}, Succession.between(THREE, later).successor());
        }

        @Test
        void runsWithoutACommonCustomerShareNothing() {
            var found = Succession.between(THREE, new People().put("n", 0, 50, 0).in(1));
            assertEquals(0, found.shared());
            assertEquals(List.of(0, 1, 2), found.died());
            assertEquals(List.of(0), found.born());
        }

        @Test
        void aNumberBeyondTheLaterRunsIsNotKept() {
            var later = new People().put("c", 0, 20, 0).put("b", 0, 40, 1).in(2);
            var found = Succession.between(THREE, later);
            assertArrayEquals(new int[] {-1, 1, 0}, found.successor());
            assertArrayEquals(new int[] {0, 1}, found.places());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void countsAddUpExactlyWhateverHappened(long seed) {
        var random = new Random(seed);
        int k1 = 1 + random.nextInt(9);
        int k2 = 1 + random.nextInt(9);
        var before = random(random, 400, k1);
        var after = random(random, 400, k2);
        var found = Succession.between(before, after);
        var both = new HashSet<>(before.customers());
        both.retainAll(new HashSet<>(after.customers()));
        assertEquals(both.size(), found.shared());
        assertEquals(found.shared(), found.stayed() + found.moved());
        assertEquals(before.customers().size(), found.shared() + found.goneCustomers());
        assertEquals(after.customers().size(), found.shared() + found.newCustomers());
        for (int i = 0; i < k1; i++) {
            int label = i;
            long size = Arrays.stream(before.labels()).filter(l -> l == label).count();
            assertEquals(size, Arrays.stream(found.flow()[i]).sum() + found.gone()[i]);
            assertEquals(size, found.sizeOfEarlier(i));
        }
        for (int j = 0; j < k2; j++) {
            int label = j;
            long size = Arrays.stream(after.labels()).filter(l -> l == label).count();
            assertEquals(size, found.sizeOfLater(j));
        }
        int living = (int) Arrays.stream(found.successor()).filter(j -> j >= 0).count();
        assertEquals(k1, living + found.died().size());
        assertEquals(k2, living + found.born().size());
        assertEquals(
                IntStream.range(0, k2).boxed().toList(),
                Arrays.stream(found.places()).sorted().boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theOrderOfCustomersDoesNotMatter(long seed) {
        var random = new Random(seed);
        var before = random(random, 300, 6);
        var after = random(random, 300, 7);
        var found = Succession.between(before, after);
        var shuffled = Succession.between(shuffled(before, random), shuffled(after, random));
        assertArrayEquals(found.successor(), shuffled.successor());
        assertTrue(Arrays.deepEquals(found.flow(), shuffled.flow()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noOtherPairingHasALargerSumThanTheAssignment(long seed) {
        var random = new Random(seed);
        double[][] value = new double[4 + random.nextInt(3)][4 + random.nextInt(3)];
        for (double[] row : value) {
            for (int j = 0; j < row.length; j++) row[j] = Math.max(0, random.nextDouble() - 0.3);
        }
        int[] found = LinearAssignment.maximum(value);
        double sum = 0;
        var taken = new HashSet<Integer>();
        for (int i = 0; i < found.length; i++) {
            if (found[i] < 0) continue;
            assertTrue(taken.add(found[i]), "a column is given once");
            sum += value[i][found[i]];
        }
        assertEquals(best(value, 0, new boolean[value[0].length]), sum, 1e-12);
    }

    /** The largest sum by trying every pairing. */
    private static double best(double[][] value, int row, boolean[] taken) {
        if (row == value.length) return 0;
        double best = best(value, row + 1, taken);
        for (int j = 0; j < taken.length; j++) {
            if (taken[j]) continue;
            taken[j] = true;
            best = Math.max(best, value[row][j] + best(value, row + 1, taken));
            taken[j] = false;
        }
        return best;
    }

    private static Membership random(Random random, int people, int k) {
        Map<String, Integer> labels = new HashMap<>();
        for (int i = 0; i < people; i++) {
            // Half of the labels follow the id, so that some segments resemble each other.
            int id = random.nextInt(people * 2);
            labels.put("x" + id, random.nextBoolean() ? id % k : random.nextInt(k));
        }
        var customers = List.copyOf(labels.keySet());
        return new Membership(customers, customers.stream().mapToInt(labels::get).toArray(), k);
    }

    private static Membership shuffled(Membership of, Random random) {
        var order = new ArrayList<>(IntStream.range(0, of.labels().length).boxed().toList());
        Collections.shuffle(order, random);
        return new Membership(
                order.stream().map(of.customers()::get).toList(),
                order.stream().mapToInt(i -> of.labels()[i]).toArray(),
                of.k());
    }
}
