package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.language.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
