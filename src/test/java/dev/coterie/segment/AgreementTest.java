package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgreementTest {
    static final int[] THREE = {0, 0, 0, 1, 1, 1, 2, 2, 2, 2};
    static final int[] RENAMED = {2, 2, 2, 0, 0, 0, 1, 1, 1, 1};
    static final int[] HALVES = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};

    @Test
    void isOneForTheSamePartitionUnderOtherNumbers() {
        assertEquals(1, Agreement.adjustedRand(THREE, RENAMED), 1e-12);
        assertEquals(1, Agreement.normalizedMutualInformation(THREE, RENAMED), 1e-12);
        assertEquals(1, Agreement.accuracy(THREE, RENAMED), 1e-12);
    }

    /**
     * Worked by hand: the shared information is 0.3 ln 2 + 0.2 ln (4/3) + 0.1 ln (2/3) + 0.4 ln 2.
     */
    @Test
    void agreesWithAnExampleWorkedByHand() {
        double shared =
                0.3 * Math.log(2)
                        + 0.2 * Math.log(0.2 / 0.15)
                        + 0.1 * Math.log(0.1 / 0.15)
                        + 0.4 * Math.log(2);
        double ofThree = -0.6 * Math.log(0.3) - 0.4 * Math.log(0.4);
        double expected = shared / ((ofThree + Math.log(2)) / 2);
        assertEquals(expected, Agreement.normalizedMutualInformation(THREE, HALVES), 1e-12);
        assertEquals(0.7, Agreement.accuracy(THREE, HALVES), 1e-12);
    }

    @Test
    void doesNotDependOnWhichLabellingComesFirst() {
        assertEquals(
                Agreement.normalizedMutualInformation(THREE, HALVES),
                Agreement.normalizedMutualInformation(HALVES, THREE),
                1e-12);
        assertEquals(Agreement.accuracy(THREE, HALVES), Agreement.accuracy(HALVES, THREE), 1e-12);
    }

    @Test
    void isNearNothingForIndependentLabellings() {
        var random = new SplittableRandom(5);
        int[] a = IntStream.range(0, 20_000).map(i -> random.nextInt(4)).toArray();
        int[] b = IntStream.range(0, 20_000).map(i -> random.nextInt(4)).toArray();
        assertEquals(0, Agreement.adjustedRand(a, b), 0.01);
        assertEquals(0, Agreement.normalizedMutualInformation(a, b), 0.01);
        assertEquals(0.25, Agreement.accuracy(a, b), 0.02);
    }

    @Test
    void countsOnlyOneClusterAGroupAsRight() {
        int[] split = {0, 0, 1, 1};
        assertEquals(0.5, Agreement.accuracy(split, new int[] {0, 0, 0, 0}), 1e-12);
        assertEquals(0, Agreement.normalizedMutualInformation(split, new int[4]), 1e-12);
    }
}
