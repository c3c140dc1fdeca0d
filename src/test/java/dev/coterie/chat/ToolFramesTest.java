package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.ModelWorld;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.tools.Desk;
import dev.coterie.tools.FactBook;
import dev.coterie.tools.Fields;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a model may read of small groups. */
class ToolFramesTest {
    private static final Analysis ANALYSIS = ModelWorld.plain().analysis();

    private static String figure(double value, Fact.Unit unit, long n, String formula, int small) {
        var desk =
                new Desk(
                        ANALYSIS,
                        new Fields(ANALYSIS),
                        new FactBook(ANALYSIS, List.of()),
                        Optional.empty(),
                        Language.ENGLISH,
                        small,
                        Optional.empty());
        Message all = Message.of("describe.filter.all");
        var fact =
                new Fact(
                        "f1",
                        Message.of("describe.fact.size"),
                        value,
                        unit,
                        n,
                        1,
                        all,
                        Message.of("describe.formula." + formula));
        return new ToolFrames(desk, "mark").figure(fact);
    }

    private static String figure(double value, Fact.Unit unit, long n, String formula) {
        return figure(value, unit, n, formula, Figures.SMALL_COUNT);
    }

    @Test
    void aCountOfFewCustomersIsNotTold() {
        assertEquals("< 11", figure(10, Fact.Unit.COUNT, 400, "count"));
        assertEquals("11", figure(11, Fact.Unit.COUNT, 400, "count"));
        assertEquals("< 50", figure(11, Fact.Unit.COUNT, 400, "count", 50));
    }

    @Test
    void aMeanOfFewCustomersIsNotTold() {
        assertEquals("withheld", figure(42.5, Fact.Unit.NUMBER, 3, "mean"));
        assertEquals("42.5", figure(42.5, Fact.Unit.NUMBER, 30, "mean"));
    }

    @Test
    void aShareDoesNotGiveAwayTheCount() {
        assertEquals("under 5.5%", figure(0.02, Fact.Unit.SHARE, 200, "share"));
        assertEquals("over 94.5%", figure(0.98, Fact.Unit.SHARE, 200, "share"));
        assertEquals("20%", figure(0.2, Fact.Unit.SHARE, 200, "share"));
    }
}
