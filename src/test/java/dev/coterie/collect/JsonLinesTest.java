package dev.coterie.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LimitException;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
    @TempDir Path folder;

    private RawTable read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("upload"), text);
        return new TableReader(TestLimits.DEFAULT).read(file, "rows.jsonl", Progress.NONE);
    }

    private static String cell(RawTable table, String column, int row) {
        return table.columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElseThrow()
                .cell(row);
    }

    @Test
    void keepsNumbersAsWrittenAndFlattensObjects() throws IOException {
        RawTable table =
                read(
                        """
                        {"id": 123456789012345678901234567890, "a": {"b": 1.50, "c": {"d": true}}}

                        {"id": "007", "tags": [1.0, {"x": null}], "a": {"b": null}, "late": "yes"}
                        """);
        assertEquals("jsonl", table.format().kind());
        assertEquals("123456789012345678901234567890", cell(table, "id", 0));
        assertEquals("1.50", cell(table, "a.b", 0));
        assertEquals("true", cell(table, "a.c.d", 0));
        assertEquals("007", cell(table, "id", 1));
        assertEquals("[1.0,{\"x\":null}]", cell(table, "tags", 1));
        assertEquals("", cell(table, "a.b", 1));
        assertEquals("", cell(table, "late", 0));
        assertEquals("yes", cell(table, "late", 1));
        assertEquals(3, table.lines()[1]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"a\": 1, \"a\": 2}~json_double_key",
                "{\"a\": {\"b\": 1, \"b\": 2}}~json_double_key",
                "[1, 2]~json_no_object",
                "42~json_no_object",
                "{\"a\": 1} {\"a\": 2}~json_more_than_one",
                "{\"a\": 1,}~json_broken",
                "{\"a\": \"open~json_broken",
                "{'a': 1}~json_broken",
                "{\"a\": NaN}~json_broken"
            })
    void aBadLineIsRefusedWithItsLine(String line, String code) throws IOException {
        RawTable table = read("{\"a\": 0}\n" + line + "\n{\"a\": 3}\n");
        assertEquals(2, table.rows());
        Reject reject = table.rejects().get(0);
        assertEquals("collect." + code, reject.reason().key());
        assertEquals(2, reject.line());
        assertEquals(2, reject.record());
        assertTrue(reject.reason().toString().contains("line 2"));
        assertTrue(reject.reason().toString().contains("JSON"));
    }

    @ParameterizedTest
    @CsvSource({"64,0", "65,1", "5000,1"})
    void nestingIsLimited(int depth, int rejected) throws IOException {
        String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        String lists = "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
        for (String line : List.of(objects, lists)) {
            RawTable table = read("{\"x\": 0}\n" + line + "\n");
            assertEquals(rejected, table.rejects().size());
            if (rejected == 1) {
                assertEquals("collect.json_too_deep", table.rejects().get(0).reason().key());
            }
        }
    }

    @Test
    void longCellsAndLinesAreRefused() throws IOException {
        String cell = "{\"a\": \"" + "x".repeat(40_000) + "\"}";
        String line = "{\"a\": \"" + "x".repeat(1_100_000) + "\"}";
        RawTable table = read("{\"a\": 0}\n" + cell + "\n" + line + "\n");
        assertEquals(1, table.rows());
        assertEquals("collect.cell_too_long", table.rejects().get(0).reason().key());
        assertEquals("a", table.rejects().get(0).column().orElseThrow());
        assertEquals("collect.row_too_long", table.rejects().get(1).reason().key());
    }

    @Test
    void halfSurrogatesAndNulAreRemoved() throws IOException {
        RawTable table = read("{\"a\": \"x\\ud800y\\u0000z\\ud83d\\ude00\"}\n{\"a\": \"\"}\n");
        assertEquals("xyz\uD83D\uDE00", cell(table, "a", 0));
        assertEquals(2, table.notices().stream().mapToLong(n -> n.count()).sum());
    }

    @Test
    void tooManyKeysAreRefused() {
        var line = new StringBuilder("{\"k0\": 0");
        for (int i = 1; i < 501; i++) line.append(", \"k").append(i).append("\": 0");
        assertThrows(LimitException.class, () -> read(line + "}\n"));
    }

    @Test
    void oneJsonListIsExplained() {
        var refused =
                assertThrows(
                        InvalidInputException.class, () -> read("[\n {\"a\": 1},\n {\"a\": 2}\n]"));
        assertEquals("json_array", refused.code());
    }
}
