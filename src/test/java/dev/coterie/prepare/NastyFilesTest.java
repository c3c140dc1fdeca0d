package dev.coterie.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.collect.Collected;
import dev.coterie.collect.Collector;
import dev.coterie.collect.RawTable;
import dev.coterie.collect.TestLimits;
import dev.coterie.error.CoterieException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LimitException;
import dev.coterie.language.Language;
import dev.coterie.language.Notice;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every malformed or hostile file leads to what its manifest says. */
class NastyFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/nasty");

    @TempDir static Path temp;

    @TestFactory
    Stream<DynamicTest> leadsToWhatTheManifestSays() throws IOException {
        JsonNode manifest = new ObjectMapper().readTree(FOLDER.resolve("manifest.json").toFile());
        var entries = new ArrayList<JsonNode>();
        manifest.get("files").forEach(entries::add);
        assertEquals(26, entries.size());
        return entries.stream()
                .map(
                        entry ->
                                DynamicTest.dynamicTest(
                                        entry.get("file").asText(), () -> check(entry)));
    }

    private static void check(JsonNode entry) throws IOException {
        String action = entry.get("action").asText();
        if (action.equals("reject")) {
            var refused =
                    assertThrows(CoterieException.class, () -> collect(entry.get("file").asText()));
            boolean limit = entry.get("http_status").asInt() == 413;
            assertEquals(
                    limit ? LimitException.class : InvalidInputException.class, refused.getClass());
            assertMentions(entry, refused.getMessage());
            assertFalse(refused.message().in(Language.CHINESE).isBlank());
            return;
        }
        Collected collected = collect(entry.get("file").asText());
        RawTable raw = collected.tables().get(0).table();
        assertEquals(entry.get("rows_kept").asInt(), raw.rows(), "rows kept");
        assertEquals(entry.get("rows_rejected").asInt(), raw.rejects().size(), "rows rejected");
        assertEquals(entry.get("expected_columns").asInt(), raw.columns().size(), "columns");
        Prepared prepared = new Preparation().prepare(collected, Progress.NONE);
        var count = prepared.quality().tables().get(0);
        assertEquals(entry.get("rows_in").asInt(), count.in(), "rows in");
        var notices = new ArrayList<>(raw.notices());
        notices.addAll(collected.notices());
        notices.addAll(prepared.quality().findings());
        List<Notice> warnings =
                notices.stream().filter(n -> n.severity() != Notice.Severity.INFO).toList();
        var said = new StringBuilder();
        warnings.forEach(n -> said.append(n.message()).append('\n'));
        raw.rejects().forEach(r -> said.append(r.reason()).append('\n'));
        if (entry.path("run_refused").asBoolean()) {
            var refused =
                    assertThrows(
                            InvalidInputException.class,
                            () -> Preparation.requireEnough(prepared.customers()));
            assertEquals(entry.get("run_code").asText(), refused.code());
            said.append(refused.getMessage());
        } else {
            Preparation.requireEnough(prepared.customers());
        }
        if (action.equals("accept")) assertEquals(List.of(), warnings);
        if (action.equals("accept_with_warning")) assertFalse(warnings.isEmpty());
        assertMentions(entry, said.toString());
        for (Notice notice : notices) notice.message().in(Language.CHINESE);
        for (Recipe.Step step : prepared.recipe().steps()) step.description().in(Language.CHINESE);
    }

    private static void assertMentions(JsonNode entry, String said) {
        String plain = plain(said);
        for (JsonNode word : entry.get("message_must_mention")) {
            assertTrue(plain.contains(plain(word.asText())), word.asText() + " in: " + said);
        }
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("(?<=\\d),(?=\\d{3})", "");
    }

    private static Collected collect(String name) throws IOException {
        Path file = name.startsWith("11_") ? fiveMegabyteCell() : FOLDER.resolve(name);
        return new Collector(TestLimits.DEFAULT)
                .collect(List.of(file), List.of(name), List.of(), Progress.NONE);
    }

    /** The layout that the manifest's entry 11 describes. */
    private static Path fiveMegabyteCell() throws IOException {
        Path file = temp.resolve("11_cell_5mb.csv");
        String phrase = "very long review ";
        String cell = phrase.repeat(5_000_000 / phrase.length() + 1).substring(0, 5_000_000);
        Files.writeString(
                file,
                "customer_id,age,city,income,review\n"
                        + "1,34,Leeds,42000,\"Lovely dress, true to size\"\n"
                        + "2,51,York,38500,\""
                        + cell
                        + "\"\n"
                        + "3,28,Bath,51000,Fast delivery and soft fabric\n");
        return file;
    }

    private static Prepared prepare(String name) throws IOException {
        return new Preparation().prepare(collect(name), Progress.NONE);
    }

    /** The values in the order of the file. */
    private static double[] numbers(Prepared prepared, String column) {
        CustomerTable table = prepared.customers();
        double[] values =
                table.numbers().stream()
                        .filter(c -> c.name().equals(column))
                        .findFirst()
                        .orElseThrow()
                        .values();
        return inFileOrder(table).mapToDouble(c -> values[c]).toArray();
    }

    private static List<String> ids(Prepared prepared) {
        CustomerTable table = prepared.customers();
        return inFileOrder(table).mapToObj(table.ids()::get).toList();
    }

    private static IntStream inFileOrder(CustomerTable table) {
        return IntStream.range(0, table.customers())
                .boxed()
                .sorted(Comparator.comparing(c -> table.lines()[c]))
                .mapToInt(Integer::intValue);
    }

    @Test
    void takesTheByteOrderMarkOffTheFirstName() throws IOException {
        RawTable table = collect("03_bom_utf8.csv").tables().get(0).table();
        assertEquals("customer_id", table.columns().get(0).name());
    }

    @Test
    void readsChineseInGbk() throws IOException {
        RawTable table = collect("05_gbk_chinese.csv").tables().get(0).table();
        assertEquals("GB18030", table.format().encoding());
        assertEquals("\u4E0A\u6D77", table.columns().get(2).cell(0));
    }

    @Test
    void removesNulBytesFromCells() throws IOException {
        RawTable table = collect("12_nul_bytes.csv").tables().get(0).table();
        assertEquals("York", table.columns().get(2).cell(1));
        assertEquals("Too tight", table.columns().get(4).cell(1));
    }

    @Test
    void keepsARealNegativeNumberANumber() throws IOException {
        RawTable table = collect("13_formula_injection.csv").tables().get(0).table();
        assertEquals("-500", table.columns().get(3).cell(5));
        assertEquals("\tTab first", table.columns().get(4).cell(5));
    }

    @Test
    void takesAmbiguousAndImpossibleDatesAsMissing() throws IOException {
        double[] ages = numbers(prepare("21_mixed_dates.csv"), "signup_date");
        assertEquals(10, ages.length);
        // Lines 3, 4, 10 and 11.
        for (int row : new int[] {1, 2, 8, 9}) assertTrue(Double.isNaN(ages[row]), "row " + row);
        // 2024-03-04, the same in Chinese, with a month name and in seconds since 1970.
        assertEquals(ages[0], ages[5]);
        assertEquals(ages[0], ages[6]);
        assertEquals(ages[0], ages[7]);
        assertEquals(ages[0] + 64, ages[3]);
        assertEquals(ages[0] + 64, ages[4]);
    }

    @Test
    void readsOnlyCertainNumbers() throws IOException {
        Prepared prepared = prepare("22_thousands_currency.csv");
        double[] income = numbers(prepared, "income");
        double[] spend = numbers(prepared, "spend");
        double nan = Double.NaN;
        assertEqualNumbers(
                new double[] {1234.56, 1234.56, nan, nan, 12000, 45000, 123456, 12}, income);
        assertEqualNumbers(new double[] {99, 99, -45, 1234.5, nan, nan, 1000, -5}, spend);
        assertTrue(
                prepared.quality().findings().stream()
                        .anyMatch(n -> n.message().key().equals("prepare.mixed_currencies")));
    }

    @Test
    void takesImpossibleAgesAsMissing() throws IOException {
        Prepared prepared = prepare("23_negative_ages.csv");
        double nan = Double.NaN;
        assertEqualNumbers(new double[] {nan, nan, 28, nan, 34.7, nan}, numbers(prepared, "age"));
        assertTrue(Double.isNaN(numbers(prepared, "income")[4]));
    }

    @Test
    void keepsLeadingZerosOfIds() throws IOException {
        assertEquals("00101", ids(prepare("26_good_and_bad_rows.csv")).get(0));
    }

    @Test
    void takesTheFirstOfContradictingRows() throws IOException {
        Prepared prepared = prepare("09_duplicate_ids.csv");
        assertEquals(List.of("1", "2", "3"), ids(prepared));
        assertEquals(51, numbers(prepared, "age")[1]);
        var count = prepared.quality().tables().get(0);
        assertEquals(1, count.merged());
    }

    private static void assertEqualNumbers(double[] expected, double[] found) {
        assertArrayEquals(expected, found, 1e-9);
    }
}
