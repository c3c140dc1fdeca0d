package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.proof.Fact;
import dev.coterie.words.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChanceTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0.317310508", "2, 0.045500264", "-3, 0.002699796", "6, 1.973e-9"})
    void theNormalTailsAreThoseOfTheTables(double z, double probability) {
        assertEquals(probability, Chance.normal(z), 1e-9);
    }

    /** Fisher's lady tasting tea, and two of 229 against none of 2,011. */
    @Test
    void exactProbabilitiesAreCounted() {
        assertEquals(2 * 17 / 70.0, Chance.exact(3, 4, 1, 4), 1e-12);
        assertEquals(2 / 70.0, Chance.exact(0, 4, 4, 4), 1e-12);
        assertEquals(2.0 * 229 * 228 / (2240.0 * 2239), Chance.exact(2, 229, 0, 2011), 1e-10);
        assertEquals(1, Chance.exact(10, 100, 100, 1000), 0);
        assertEquals(0, Chance.exact(50_000, 100_000, 0, 900_000), 0);
    }

    @Test
    void ofManyOnlyThoseAreBelievedThatStandTogether() {
        assertEquals(0.02, Chance.limit(new double[] {0.9, 0.02, 0.001}), 0);
        assertEquals(-1, Chance.limit(new double[] {0.5, 0.04, 0.6, 0.7}), 0);
        assertEquals(-1, Chance.limit(new double[0]), 0);
    }

    /** Random customers differ from the others in nothing, however many columns are asked. */
    @Test
    void customersDrawnByChanceHaveNoTraits() {
        var random = new Random(7);
        List<Attribute> attributes = new ArrayList<>();
        for (int a = 0; a < 60; a++) {
            boolean mean = a % 2 == 0;
            double rate = 0.02 + 0.4 * random.nextDouble();
            attributes.add(
                    new Attribute(
                            "a" + a,
                            mean ? Sense.NUMBER : Sense.FLAG,
                            mean ? Difference.Kind.MEAN : Difference.Kind.SHARE,
                            mean ? Fact.Unit.NUMBER : Fact.Unit.SHARE,
                            "a" + a,
                            "",
                            random.doubles(2000).map(x -> mean ? x : x < rate ? 1 : 0).toArray()));
        }
        // Ten segments of 60 customers, and the rest.
        int[] labels = IntStream.range(0, 2000).map(i -> Math.min(10, i / 60)).toArray();
        int told =
                Comparisons.of(attributes, labels, Group.each(11), new Likeness()).stream()
                        .limit(10)
                        .mapToInt(List::size)
                        .sum();
        assertTrue(told <= 2, told + " differences that are none");
    }
}
