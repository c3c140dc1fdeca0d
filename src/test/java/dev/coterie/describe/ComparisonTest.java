package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.words.Sense;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    private static final int SIZE = 200;

    /** Of the first 200 customers some have a value, and all of the other 200 a higher one. */
    private static List<Comparison> compared(int known, Difference.Kind kind, Sense sense) {
        boolean mean = kind == Difference.Kind.MEAN;
        double[] values = new double[2 * SIZE];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < SIZE; i++) {
            if (i < known) values[i] = mean ? 20 + i % 7 : 0;
            values[SIZE + i] = mean ? 130 + i % 7 : i % 2;
        }
        var unit = mean ? Fact.Unit.DAYS : Fact.Unit.SHARE;
        var attribute = new Attribute("closed", sense, kind, unit, "closed", "", values);
        int[] labels = IntStream.range(0, 2 * SIZE).map(i -> i / SIZE).toArray();
        return Comparisons.of(List.of(attribute), labels, Group.each(2), new Likeness()).get(0);
    }

    @Test
    void aMeanNeedsValuesOfHalfTheSegment() {
        assertTrue(compared(99, Difference.Kind.MEAN, Sense.SINCE).isEmpty());
        assertEquals(1, compared(100, Difference.Kind.MEAN, Sense.SINCE).size());
        assertEquals(1, compared(60, Difference.Kind.SHARE, Sense.FLAG).size());
    }

    /** Baskets like everyone's, but for five that one could buy a house for. */
    @Test
    void whatAFewExtremesAloneMakeIsNoTrait() {
        double[] values = new double[2 * SIZE];
        for (int i = 0; i < values.length; i++) values[i] = 10 + i % 20;
        for (int i = 0; i < 5; i++) values[SIZE + 40 * i] = 90;
        double here = Arrays.stream(values, 0, SIZE).average().orElseThrow();
        double elsewhere = Arrays.stream(values, SIZE, 2 * SIZE).average().orElseThrow();
        assertTrue(elsewhere > here + 1.5);
        assertTrue(basket(values).isEmpty());
        for (int i = 0; i < SIZE; i++) values[i] -= 3;
        assertEquals(1, basket(values).size());
    }

    private static List<Comparison> basket(double[] values) {
        var attribute =
                new Attribute(
                        "average_value",
                        Sense.BASKET,
                        Difference.Kind.MEAN,
                        Fact.Unit.MONEY,
                        "average_value",
                        "",
                        values);
        int[] labels = IntStream.range(0, 2 * SIZE).map(i -> i / SIZE).toArray();
        return Comparisons.of(List.of(attribute), labels, Group.each(2), new Likeness()).get(0);
    }

    /** A few customers of many, and nobody else: what stands on so few is no trait. */
    @ParameterizedTest
    @CsvSource({"2, false", "10, false", "11, true"})
    void aTraitStandsOnElevenCustomers(int having, boolean told) {
        double[] values = new double[11 * SIZE];
        Arrays.fill(values, 0, having, 1);
        int[] labels = IntStream.range(0, values.length).map(i -> i < SIZE ? 0 : 1).toArray();
        var attribute =
                new Attribute(
                        "status=Absurd",
                        Sense.CATEGORY,
                        Difference.Kind.SHARE,
                        Fact.Unit.SHARE,
                        "status",
                        "Absurd",
                        values);
        var compared =
                Comparisons.of(List.of(attribute), labels, Group.each(2), new Likeness()).get(0);
        assertEquals(told, !compared.isEmpty());
    }

    private static Trait theme(int users, double elsewhere) {
        double share = (double) users / SIZE;
        var theme =
                new Theme("color", users, SIZE, share, elsewhere, 2000, 0.1, 0.2, 0.5, Double.NaN);
        return new Trait("word:color", true, 1, Optional.empty(), Optional.of(theme));
    }

    @Test
    void aNameSaysOnlyWhatSurelyFewerOthersSpeakOf() {
        assertTrue(theme(80, 0.3).nameable());
        assertFalse(theme(76, 0.3).nameable());
        assertTrue(theme(76, 0.3).stillNameable());
        assertFalse(theme(66, 0.3).stillNameable());
        // Half as many again, but of a few that chance may have brought together.
        assertFalse(theme(26, 0.087).nameable());
        assertTrue(theme(30, 0.087).nameable());
    }

    @Test
    void aSegmentIsCalledByWhatIsLessClearlySoBeforeItIsCalledMixed() {
        var names =
                new Names(
                        Language.ENGLISH,
                        List.of(List.of(theme(90, 0.1)), List.of(theme(76, 0.3))),
                        new Form.Setting(false, true),
                        List.of(List.of(), List.of()));
        List<String> all = names.all(Map.of(1, "Other people"), before());
        assertTrue(all.get(0).toLowerCase().contains("color"), all.toString());
        all = names.all(Map.of(0, "Other people"), before());
        assertTrue(all.get(1).toLowerCase().contains("color"), all.toString());
    }

    private static Names.Before before() {
        return new Names.Before(Map.of(), List.of());
    }
}
