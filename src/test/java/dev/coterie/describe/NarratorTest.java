package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.words.Sense;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarratorTest {
    private static Trait mean(String column, Sense sense, boolean higher) {
        var attribute =
                new Attribute(
                        column,
                        sense,
                        Difference.Kind.MEAN,
                        Fact.Unit.NUMBER,
                        column,
                        "",
                        new double[0]);
        double here = higher ? 80 : 20;
        var comparison =
                new Comparison(
                        attribute, here, 100 - here, 1, 1, 10, 20, 100, 900, 0, Optional.empty());
        return new Trait(column, higher, 1, Optional.of(comparison), Optional.empty());
    }

    /** What they are not is the other side of what they are, whichever side that is. */
    @ParameterizedTest
    @CsvSource({
        "false, ENGLISH, spend a lot each time",
        "true, ENGLISH, spend little each time",
        "false, CHINESE, 单次花费高",
        "true, CHINESE, 单次花费少"
    })
    void whatTheyAreNotIsTurnedRound(boolean higher, Language language, String not) {
        var traits = new ArrayList<Trait>();
        for (int i = 0; i < 4; i++) traits.add(mean("visits" + i, Sense.NUMBER, true));
        traits.add(mean("average_value", Sense.BASKET, higher));
        Map<String, String> figures = new HashMap<>();
        for (Trait t : traits) figures.put(t.key(), "f-" + t.key());
        var notes =
                new Narrator.Notes(
                        1,
                        3,
                        traits,
                        List.of(),
                        new Form.Setting(true, false),
                        0.9,
                        Map.of("size", "f1", "share", "f2"),
                        figures,
                        figures,
                        List.of());
        List<String> written = new Narrator(language).write("Name", notes).sentences();
        String last = written.get(written.size() - 1);
        assertTrue(last.contains(not), last);
    }
}
