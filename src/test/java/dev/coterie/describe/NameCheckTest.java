package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.embed.Embeddings;
import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.progress.Progress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameCheckTest {
    private static final CustomerTable CUSTOMERS = SampleCustomers.english(400, 7);
    private static final Description DESCRIPTION = SampleCustomers.describe(CUSTOMERS, 3);
    private static final Function<List<String>, Embeddings> NO_VECTORS =
            sentences -> {
                throw new AssertionError("nothing to compare sentences with");
            };

    /** Scores the descriptions as if segment s were described by those of segment s + turn. */
    private static List<NameScore> scores(int turn) {
        int[] labels = IntStream.range(0, CUSTOMERS.customers()).map(i -> (i + turn) % 3).toArray();
        return new NameCheck(CUSTOMERS, Optional.empty(), labels)
                .score(DESCRIPTION, NO_VECTORS).segments().stream()
                        .map(s -> s.tried().orElseThrow())
                        .toList();
    }

    @Test
    void rightDescriptionsTellMembersFromOthers() {
        for (NameScore score : scores(0)) {
            assertTrue(score.forcedChoice() >= 0.9, score.toString());
            assertTrue(score.coverage() >= 0.8, score.toString());
            assertTrue(score.intruder() >= 0.6, score.toString());
            assertFalse(score.weak());
        }
    }

    @Test
    void descriptionsOfOthersAreFlaggedWithTheOneThatFits() {
        List<NameScore> scores = scores(1);
        for (int s = 0; s < 3; s++) {
            NameScore score = scores.get(s);
            assertTrue(score.weak(), score.toString());
            assertTrue(score.forcedChoice() <= 0.6, score.toString());
            int described = (s + 2) % 3 + 1;
            assertTrue(score.confusedWith().orElseThrow() == described, score.toString());
        }
    }

    @Test
    void segmentsThatPeopleChangedAreTriedAnew() {
        int n = CUSTOMERS.customers();
        var describer =
                new SegmentDescriber(
                        Optional.empty(),
                        Language.ENGLISH,
                        WordingCache.NONE,
                        Optional.of(NO_VECTORS));
        var sources = SampleCustomers.sources(CUSTOMERS);
        Description before =
                describer.describe(
                        CUSTOMERS,
                        Optional.empty(),
                        SampleCustomers.planted(n, 3),
                        sources,
                        Progress.NONE);
        int[] merged = IntStream.range(0, n).map(i -> i % 3 == 1 ? 1 : 0).toArray();
        Description after =
                describer.describeAgain(
                        CUSTOMERS,
                        Optional.empty(),
                        SampleCustomers.labelled(merged, 2),
                        sources,
                        before,
                        GroupNames.NONE,
                        new int[] {-1, 1});
        for (SegmentProfile s : after.segments()) {
            NameScore score = s.tried().orElseThrow();
            assertTrue(score.customers() >= (s.number() == 1 ? 60 : 30), score.toString());
            assertTrue(score.forcedChoice() >= 0.9, score.toString());
        }
        // One segment keeps too few customers that its words were not made from.
        int[] few = IntStream.range(0, n).map(i -> i < 12 ? 0 : 1).toArray();
        Description small =
                describer.describeAgain(
                        CUSTOMERS,
                        Optional.empty(),
                        SampleCustomers.labelled(few, 2),
                        sources,
                        after,
                        GroupNames.NONE,
                        new int[] {-1, -1});
        assertTrue(small.segments().get(0).tried().isEmpty());
        assertEquals(
                "describe.untried.few_members",
                small.segments().get(0).untried().orElseThrow().key());
    }

    @Test
    void isMadeOnATenthThatNoDescriptionQuotes() {
        int[] labels = SampleCustomers.planted(CUSTOMERS.customers(), 3).labels();
        boolean[] heldOut = new NameCheck(CUSTOMERS, Optional.empty(), labels).heldOut();
        long held = IntStream.range(0, heldOut.length).filter(i -> heldOut[i]).count();
        assertTrue(held > 0.07 * heldOut.length && held < 0.13 * heldOut.length, "" + held);
        for (SegmentProfile segment : DESCRIPTION.segments()) {
            for (Quote quote : segment.quotes()) assertFalse(heldOut[quote.customer()]);
        }
    }

    @Test
    void fewCustomersAreAllNeededAndNoneIsTried() {
        CustomerTable few = SampleCustomers.english(40, 7);
        int[] labels = SampleCustomers.planted(few.customers(), 3).labels();
        Description same =
                new NameCheck(few, Optional.empty(), labels)
                        .score(SampleCustomers.describe(few, 3), NO_VECTORS);
        assertTrue(same.segments().stream().allMatch(s -> s.tried().isEmpty()));
        for (SegmentProfile s : same.segments()) {
            assertEquals("describe.untried.few_customers", s.untried().orElseThrow().key());
        }
    }
}
