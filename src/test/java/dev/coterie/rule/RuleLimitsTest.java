package dev.coterie.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.Role;
import dev.coterie.language.Language;
import dev.coterie.words.Lexicon;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of rules are round where that costs no precision. */
class RuleLimitsTest {
    @TempDir Path folder;

    @Test
    void areRoundWhereThatCostsNothing() {
        var random = new Random(8);
        var rows = new ArrayList<>(List.of("id,spend"));
        var segment = new HashMap<String, Integer>();
        for (int i = 0; i < 1000; i++) {
            // Nobody spends between 180 and 240, so any limit between them does.
            double spend = i % 2 == 0 ? 20 + random.nextInt(160) : 240 + random.nextInt(400);
            String id = "k%04d".formatted(i);
            rows.add(RuleData.row(id, spend + 0.37));
            segment.put(id, i % 2);
        }
        SegmentRule rule =
                RuleData.of(
                                folder,
                                "s.csv",
                                rows,
                                List.of(RuleLearnerTest.role("spend", Role.NUMBER)))
                        .rules(2, segment::get)
                        .get(0);
        assertEquals(200L, rule.conditions().get(0).value());
        assertEquals(1.0, rule.heldOut().precision());
    }

    @Test
    void keepTheFiguresThatPrecisionNeeds() {
        var rows = new ArrayList<>(List.of("id,level"));
        for (int i = 0; i < 2000; i++) rows.add("k%04d,%.3f".formatted(i, 37 + i % 2 * 0.02));
        SegmentRule rule =
                RuleData.of(
                                folder,
                                "p.csv",
                                rows,
                                List.of(RuleLearnerTest.role("level", Role.NUMBER)))
                        .rules(2, id -> id.charAt(4) % 2)
                        .get(0);
        assertEquals(37L, rule.conditions().get(0).value());
        assertEquals(1.0, rule.heldOut().precision());
    }

    @Test
    void growFinerFromTensToThousandths() {
        List<Double> limits = Readable.numbers(33.7241);
        assertEquals(List.of(0.0, 50.0, 40.0, 30.0, 35.0, 34.0), limits.subList(0, 6));
        assertEquals(33.7241, limits.get(limits.size() - 1));
        assertTrue(limits.contains(33.72));
        assertTrue(Readable.numbers(0.2987).contains(0.3));
        assertEquals(List.of(0.0), Readable.numbers(0));
    }

    @Test
    void ofDatesAreTheFirstOfAYearOrMonthIfThatWillDo() {
        var field =
                new RuleField(
                        "joined",
                        RuleField.Kind.DATE,
                        Lexicon.column("joined"),
                        Optional.of(LocalDate.of(2026, 11, 1)));
        List<String> days =
                Readable.candidates(new Condition.Above(field, 310)).stream()
                        .map(c -> c.value().toString())
                        .toList();
        assertEquals(List.of("2026-01-01", "2025-12-26"), days);
        var before = new Condition.Above(field, 304);
        assertEquals(
                "joined before 2026-01-01", before.words(Language.ENGLISH).in(Language.ENGLISH));
        assertEquals("c.x < '2026-01-01'", before.sql("c.x", null));
        assertNotEquals(before, new Condition.AtMost(field, 304));
    }

    @ParameterizedTest
    @CsvSource({
        "35.614285714285714, -1, 35.6",
        "52.605000000000004, 0, 53",
        "0.12345, 0, 0.12",
        "1957, 1, 1960",
        "1957, 0, 1957",
        "0, 2, 0"
    })
    void keepTwoFiguresAndTheGrain(double limit, int grain, double readable) {
        assertEquals(readable, Readable.shortened(limit, grain));
    }
}
