package dev.coterie.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DemoGeneratorTest {
    static final DemoData ENGLISH = DemoGenerator.english(42);
    static final DemoData CHINESE = DemoGenerator.chinese(42);

    static List<DemoData> both() {
        return List.of(ENGLISH, CHINESE);
    }

    static List<NamedCsvRecord> rows(DemoData data, String file) {
        String csv =
                data.files().stream()
                        .filter(f -> f.name().equals(file))
                        .findFirst()
                        .orElseThrow()
                        .csv();
        return CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
    }

    static List<String> column(DemoData data, String file, int column) {
        return rows(data, file).stream().map(row -> row.getField(column)).toList();
    }

    static List<String> texts(DemoData data) {
        return column(data, "reviews.csv", 3);
    }

    private static double share(List<String> cells, Predicate<String> counted) {
        return cells.stream().filter(counted).count() / (double) cells.size();
    }

    @Test
    void givesTheSameBytesForTheSameSeedAndOthersForAnother() {
        assertEquals(ENGLISH, DemoGenerator.english(42));
        assertEquals(CHINESE, DemoGenerator.chinese(42));
        assertNotEquals(ENGLISH.files(), DemoGenerator.english(43).files());
        assertNotEquals(CHINESE.files(), DemoGenerator.chinese(43).files());
    }

    /** Time on the processor, so that a busy machine does not fail the test. */
    @Test
    void takesLessThanASecondOnceClassesAreLoaded() {
        var clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        DemoGenerator.english(7);
        DemoGenerator.chinese(7);
        double seconds = (clock.getCurrentThreadCpuTime() - start) / 1e9;
        assertTrue(seconds < 1, "took " + seconds + " s");
    }

    @Test
    void hasTheAnnouncedNumbersOfCustomersAndTexts() {
        assertEquals(2000, ENGLISH.truth().size());
        assertEquals(1000, CHINESE.truth().size());
        assertEquals(4000, texts(ENGLISH).size(), 150);
        assertEquals(2000, texts(CHINESE).size(), 100);
    }

    @ParameterizedTest
    @MethodSource("both")
    void plantsSixGroupsOfUnequalSize(DemoData data) {
        var sizes =
                data.truth().values().stream()
                        .collect(
                                Collectors.groupingBy(g -> g, TreeMap::new, Collectors.counting()));
        assertEquals(6, sizes.size());
        assertEquals(6, new HashSet<>(sizes.values()).size());
        sizes.values()
                .forEach(size -> assertTrue(size >= 0.1 * data.truth().size(), sizes::toString));
    }

    @ParameterizedTest
    @MethodSource("both")
    void linksEveryRowToACustomer(DemoData data) {
        for (String file : List.of("customers.csv", "reviews.csv", "orders.csv")) {
            column(data, file, 0).forEach(id -> assertTrue(data.truth().containsKey(id), file));
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void repeatsThreePercentOfTheCustomersCellByCell(DemoData data) {
        var all = rows(data, "customers.csv").stream().map(NamedCsvRecord::getFields).toList();
        int customers = data.truth().size();
        assertEquals(customers, new HashSet<>(all).size());
        assertEquals(0.03, (all.size() - customers) / (double) customers, 0.001);
    }

    @ParameterizedTest
    @MethodSource("both")
    void hasIdsWithLeadingZerosAllOfOneWidth(DemoData data) {
        var ids = List.copyOf(data.truth().keySet());
        assertTrue(share(ids, id -> id.startsWith("0")) > 0.1);
        assertTrue(ids.stream().allMatch(id -> id.matches("\\d{6}")));
    }

    @ParameterizedTest
    @MethodSource("both")
    void leavesSomeValuesOut(DemoData data) {
        for (int column : List.of(1, 2, 3, 7)) {
            double missing = share(column(data, "customers.csv", column), String::isEmpty);
            assertTrue(missing > 0.01 && missing < 0.07, column + " misses " + missing);
        }
        double unrated = share(column(data, "reviews.csv", 2), String::isEmpty);
        assertTrue(unrated > 0.01 && unrated < 0.07);
    }

    @ParameterizedTest
    @MethodSource("both")
    void writesDatesThatTheWholeColumnDecides(DemoData data) {
        column(data, "orders.csv", 1).forEach(LocalDate::parse);
        column(data, "reviews.csv", 1).forEach(LocalDate::parse);
        column(data, "customers.csv", 4).forEach(LocalDate::parse);
        var since =
                column(data, "customers.csv", 6).stream().filter(cell -> !cell.isEmpty()).toList();
        int dayAt = data == ENGLISH ? 0 : 2;
        double either = share(since, cell -> Integer.parseInt(cell.split("/")[dayAt]) <= 12);
        assertTrue(either > 0.2 && either < 0.7, "ambiguous alone: " + either);
    }

    @ParameterizedTest
    @MethodSource("both")
    void leaksTheOutcomeInOneColumn(DemoData data) {
        String yes = data == ENGLISH ? "yes" : "是";
        for (var row : rows(data, "customers.csv")) {
            assertEquals(row.getField(10).equals(yes), !row.getField(9).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void raisesTheChanceToLeaveAfterALateDelivery(DemoData data) {
        String yes = data == ENGLISH ? "yes" : "是";
        // Expected leavers among the late, were they like their group's others: Mantel-Haenszel.
        Map<String, int[]> cells = new HashMap<>();
        for (var row : new HashSet<>(rows(data, "customers.csv"))) {
            int late = row.getField(8).equals("0") ? 0 : 1;
            int left = row.getField(10).equals(yes) ? 1 : 0;
            cells.computeIfAbsent(data.truth().get(row.getField(0)), g -> new int[4])[
                    late * 2 + left]++;
        }
        double above = 0;
        double below = 0;
        for (int[] c : cells.values()) {
            double n = Arrays.stream(c).sum();
            above += c[3] * (c[0] + c[1]) / n;
            below += c[1] * (c[2] + c[3]) / n;
        }
        assertEquals(ShopperMaker.LATE_LIFT, above / below, 0.5);
    }

    @ParameterizedTest
    @MethodSource("both")
    void takesReturnsOffWithNegativeAmounts(DemoData data) {
        var amounts = column(data, "orders.csv", 3);
        double returns = share(amounts, amount -> Double.parseDouble(amount) < 0);
        assertTrue(returns > 0.01 && returns < 0.12, "returns " + returns);
    }

    @ParameterizedTest
    @MethodSource("both")
    void hardlyRepeatsAText(DemoData data) {
        var texts = texts(data);
        double distinct = new HashSet<>(texts).size() / (double) texts.size();
        assertTrue(distinct >= 0.97, "distinct " + distinct);
    }

    @ParameterizedTest
    @MethodSource("both")
    void fillsEverySlotAndKeepsItsCalm(DemoData data) {
        var texts = texts(data);
        assertFalse(texts.stream().anyMatch(text -> text.matches("(?s).*[{}].*")));
        assertFalse(
                texts.stream()
                        .flatMapToInt(String::codePoints)
                        .anyMatch(c -> Character.isSupplementaryCodePoint(c) || c == 0x2764));
        assertTrue(share(texts, text -> text.matches("(?s).*[!！].*")) < 0.04);
        assertTrue(texts.stream().noneMatch(text -> text.matches("(?s).*[!！].*[!！].*")));
    }

    @ParameterizedTest
    @MethodSource("both")
    void ratesInKeepingWithTheText(DemoData data) {
        var ratings = column(data, "reviews.csv", 2);
        for (String rating : List.of("1", "2", "3", "4", "5")) {
            assertTrue(share(ratings, rating::equals) > 0.05, "rating " + rating);
        }
    }

    @Test
    void writesEnglishInEnglishAndChineseInChinese() {
        for (String text : texts(ENGLISH)) {
            assertTrue(text.codePoints().allMatch(c -> c < 0x2000), text);
        }
        for (String text : texts(CHINESE)) {
            long han =
                    text.codePoints()
                            .filter(
                                    c ->
                                            Character.UnicodeScript.of(c)
                                                    == Character.UnicodeScript.HAN)
                            .count();
            long latin = text.chars().filter(c -> c >= 'A' && c <= 'z').count();
            assertTrue(han >= 0.7 * text.length() && latin == 0, text);
        }
    }
}
