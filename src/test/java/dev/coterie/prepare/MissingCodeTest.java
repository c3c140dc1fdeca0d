package dev.coterie.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.collect.Collected;
import dev.coterie.collect.Collector;
import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.collect.TestLimits;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingCodeTest {
    @TempDir Path folder;

    private static double[] column(String values) {
        return Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "-1 -1 92 180 345, -1",
        "-999 12 30.5 0, -999",
        "NaN -1 5 6 7, -1",
        // A point of a scale, one of several debts, an amount like any other.
        "-1 0 1 1 0, NaN",
        "-1 -20 92 180 345, NaN",
        "-61 92 180 345, NaN",
        "0 92 180 345, NaN"
    })
    void aCodeIsTheOnlyNegativeNumberAndOneThatPeopleUseSo(String values, double code) {
        double found = MissingCode.of(column(values)).orElse(Double.NaN);
        assertEquals(code, found);
    }

    @Test
    void aSlipIsNoCode() {
        double[] values = new double[200];
        Arrays.setAll(values, i -> i == 0 ? -1 : i);
        assertEquals(OptionalDouble.empty(), MissingCode.of(values));
    }

    @Test
    void noMeanCountsTheCode() {
        var coded = NumberColumn.Kind.NUMBER;
        double[] values = column("-1 -1 92 180 345");
        double nan = Double.NaN;
        assertArrayEquals(
                new double[] {nan, nan, 92, 180, 345},
                new NumberColumn("pdays", coded, values, OptionalDouble.of(-1)).known());
        assertArrayEquals(values, new NumberColumn("pdays", coded, values).known());
    }

    private Prepared prepared(RoleChoice... roles) throws IOException {
        return prepared(Preparation.RECIPE, roles);
    }

    private Prepared prepared(int version, RoleChoice... roles) throws IOException {
        var rows = new StringBuilder("customer,pdays,visits\n");
        for (int i = 0; i < 40; i++) {
            rows.append("c%03d,%d,%d\n".formatted(i, i % 4 == 0 ? 90 + i : -1, i % 7));
        }
        Path file = Files.writeString(folder.resolve("contacts.csv"), rows);
        Collected collected =
                new Collector(TestLimits.DEFAULT)
                        .collect(
                                List.of(file),
                                List.of("contacts.csv"),
                                List.of(roles),
                                Progress.NONE);
        return new Preparation().prepare(collected, version, Progress.NONE);
    }

    private static Recipe.NumberStep pdays(Prepared prepared) {
        return prepared.recipe().numbers().stream()
                .filter(n -> n.column().equals("pdays"))
                .findFirst()
                .orElseThrow();
    }

    private static long coded(Prepared prepared) {
        return prepared.recipe().steps().stream()
                .filter(s -> s.key().equals("missing_code"))
                .mapToLong(Recipe.Step::rows)
                .sum();
    }

    /** The step is listed with its customers; the median is that of those who have a value. */
    @Test
    void theRecipeReadsTheCodeAsNoValue() throws IOException {
        Prepared prepared = prepared();
        assertEquals(30, coded(prepared));
        assertEquals(108, pdays(prepared).median());
        assertEquals(pdays(prepared).apply(108), pdays(prepared).apply(-1));
    }

    /** Who says that the column is a number takes the step back. */
    @Test
    void aPersonMayHaveItCounted() throws IOException {
        Prepared prepared =
                prepared(new RoleChoice(Optional.empty(), "pdays", Role.NUMBER, Optional.empty()));
        assertEquals(0, coded(prepared));
        assertEquals(-1, pdays(prepared).median());
    }

    /** Or segments of a stored run would no longer be those that new customers are assigned to. */
    @Test
    void aRunOfAnEarlierRecipeIsReadAsItWas() throws IOException {
        assertEquals(0, coded(prepared(1)));
        assertEquals(-1, pdays(prepared(1)).median());
    }
}
