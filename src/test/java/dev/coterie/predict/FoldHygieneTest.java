package dev.coterie.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.coterie.prepare.CustomerTable;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is fitted must not know the held-out rows. */
class FoldHygieneTest {
    private static final int CUSTOMERS = 200;
    private static final IntPredicate HELD_OUT = row -> row % 5 == 0;
    private static final int[] TRAINING =
            IntStream.range(0, CUSTOMERS).filter(HELD_OUT.negate()).toArray();

    @Test
    void otherHeldOutRowsGiveTheSameFittedSpace() throws JsonProcessingException {
        assertEquals(space(table(false), TRAINING), space(table(true), TRAINING));
    }

    @Test
    void thatCheckWouldSeeAChange() throws JsonProcessingException {
        int[] all = IntStream.range(0, CUSTOMERS).toArray();
        assertNotEquals(space(table(false), all), space(table(true), all));
    }

    @Test
    void otherHeldOutRowsGiveTheSameRegularisationAndSuspects() {
        // The held-out fifth of the trainer itself, whose features are then spoilt.
        CustomerTable plain = table(false);
        var target = Tables.classes("bought", CUSTOMERS, row -> row % 3 == 0 ? "yes" : "no");
        Target learned = Target.of(target);
        int[] order = Split.order(plain.ids(), learned.knownRows(), 42);
        Split split = Split.of(order, learned.codes(), 0, 5);
        Set<Integer> heldOut = Set.copyOf(IntStream.of(split.heldOut()).boxed().toList());
        var before = train(table(heldOut::contains, false), target);
        var after = train(table(heldOut::contains, true), target);
        assertEquals(before.card().regularisation(), after.card().regularisation());
        assertEquals(before.card().leakageSuspects(), after.card().leakageSuspects());
        assertNotEquals(before.card().fingerprint(), after.card().fingerprint());
    }

    private static Forecast train(CustomerTable table, dev.coterie.prepare.TargetColumn target) {
        return new ForecastTrainer(42)
                .train(table, Optional.empty(), target, dev.coterie.progress.Progress.NONE);
    }

    private static String space(CustomerTable table, int[] rows) throws JsonProcessingException {
        var vectors = Optional.of(Tables.vectors(table, 1));
        CustomerRows customers = CustomerRows.forTraining(table, vectors, "bought");
        FeatureSpace space = FeatureSpace.fit(customers, rows, Set.of());
        assertEquals(5, space.parts().size(), "number, length, category, words, meaning");
        return new ObjectMapper().registerModule(new Jdk8Module()).writeValueAsString(space);
    }

    private static CustomerTable table(boolean spoilt) {
        return table(HELD_OUT, spoilt);
    }

    private static CustomerTable table(IntPredicate heldOut, boolean spoilt) {
        double[] ages = Tables.gaussians(CUSTOMERS, 4);
        String[] levels = {"red", "green", "blue"};
        String[] words = {"glad", "sad", "soft", "rough", "warm"};
        return Tables.of(CUSTOMERS)
                .number("age", row -> spoilt && heldOut.test(row) ? 1e6 * row : 40 + 9 * ages[row])
                .category(
                        "colour",
                        row -> spoilt && heldOut.test(row) ? "violet" : levels[row * 7 % 3])
                .text(
                        "review",
                        row ->
                                spoilt && heldOut.test(row)
                                        ? "entirely different sentences appear"
                                        : words[row % 5] + " and " + words[row * 3 % 4])
                .table();
    }
}
