package dev.coterie.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.Collected;
import dev.coterie.collect.Collector;
import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.collect.TestLimits;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rows in another order give the same customers, bit for bit. */
class CanonicalOrderTest {
    private static final List<String> CITIES = List.of("York", " York", "Bath", "Ely", "Hull ", "");
    private static final List<String> WORDS =
            List.of("soft", "warm", "too", "small", "late", "again", "lovely", "torn");

    @TempDir Path folder;
    private List<String> customers;
    private List<String> reviews;
    private List<String> orders;
    private Map<String, Role> roles = Map.of();

    @BeforeEach
    void makeRows() {
        var random = new Random(7);
        customers = new ArrayList<>();
        reviews = new ArrayList<>();
        orders = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            String row =
                    String.format(
                            Locale.ROOT,
                            "k%03d,%s,%.2f,%s,%s,2026-%02d-11,%s",
                            i,
                            i % 11 == 0 ? "" : 20 + random.nextInt(50),
                            random.nextGaussian() * 7_000 + 30_000.37,
                            CITIES.get(i % 6),
                            i % 3 == 0 ? "yes" : "no",
                            1 + i % 9,
                            random.nextInt(4) == 0 ? "yes" : "no");
            customers.add(row);
            if (i % 30 == 0) customers.add(row);
        }
        for (int i = 0; i < 260; i++) {
            String text = words(random, 5 + random.nextInt(3));
            int who = random.nextInt(150);
            for (int again = 0; again <= (i % 20 == 0 ? 1 : 0); again++) {
                reviews.add(
                        String.format(
                                Locale.ROOT,
                                "k%03d,2026-03-%02d,%d,%s",
                                who,
                                1 + random.nextInt(28),
                                1 + random.nextInt(5),
                                text));
            }
        }
        for (int i = 0; i < 600; i++) {
            String row =
                    String.format(
                            Locale.ROOT,
                            "k%03d,2026-04-%02d,%.2f,%s,%s,%.1f",
                            random.nextInt(155),
                            1 + random.nextInt(9),
                            random.nextInt(9000) / 100.0 - 5,
                            List.of("mug", "coat", " mug", "lamp").get(random.nextInt(4)),
                            "p" + i % 2,
                            0.1 * random.nextInt(7));
            orders.add(row);
            if (i % 25 == 0) orders.add(row);
        }
    }

    private static String words(Random random, int count) {
        var words = new ArrayList<String>();
        for (int i = 0; i < count; i++) words.add(WORDS.get(random.nextInt(WORDS.size())));
        return String.join(" ", words);
    }

    private Prepared prepare(String... namesAndTexts) throws IOException {
        var paths = new ArrayList<Path>();
        var names = new ArrayList<String>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            names.add(namesAndTexts[i]);
            paths.add(Files.writeString(folder.resolve("f" + i), namesAndTexts[i + 1]));
        }
        Collected collected =
                new Collector(TestLimits.DEFAULT).collect(paths, names, List.of(), Progress.NONE);
        roles = new HashMap<>();
        for (Collected.Source source : collected.tables()) {
            for (ColumnSchema column : source.schema().columns()) {
                roles.put(source.table().name() + "/" + column.name(), column.role());
            }
        }
        return new Preparation().prepare(collected, Progress.NONE);
    }

    private static String file(String header, List<String> rows) {
        return header + "\n" + String.join("\n", rows) + "\n";
    }

    private static List<String> shuffled(List<String> rows, long seed) {
        var shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    private Prepared shop(long seed) throws IOException {
        boolean asMade = seed == 0;
        return prepare(
                "customers.csv",
                file(
                        "customer_id,age,income,city,member,joined,churned",
                        asMade ? customers : shuffled(customers, seed)),
                "reviews.csv",
                file(
                        "customer_id,date,rating,review",
                        asMade ? reviews : shuffled(reviews, seed + 100)),
                "orders.csv",
                file(
                        "customer_id,date,amount,item,event,discount",
                        asMade ? orders : shuffled(orders, seed + 200)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shuffledFilesGiveTheSameCustomers(long seed) throws IOException {
        Prepared one = shop(0);
        Map<String, Role> rolesOfOne = roles;
        Prepared other = shop(seed);
        assertEquals(rolesOfOne, roles);
        assertEquals(150, one.customers().customers());
        assertTrue(one.customers().texts().size() > 200);
        assertTrue(one.customers().events().count() > 500);
        assertEquals(one.customers().ids(), other.customers().ids());
        assertIterableEquals(everything(one), everything(other));
        assertEquals(one.recipe(), other.recipe());
        assertEquals(one.quality().tables(), other.quality().tables());
    }

    @Test
    void everyCustomerComesBackToItsPlaceWhenAllIsShuffled() throws IOException {
        var prepared = shop(0);
        assertEquals(1, prepared.rowOrder());
        assertEquals(1, Shuffle.returned(prepared.customers(), false, 3));
    }

    @Test
    void customersThatStandInAnyOrderAreNoticed() throws IOException {
        var table = shop(0).customers();
        var order = new ArrayList<>(table.ids());
        Collections.sort(order);
        var sorted =
                new CustomerTable(
                        order,
                        table.lines(),
                        table.numbers(),
                        table.categories(),
                        table.texts(),
                        table.events(),
                        table.targets());
        assertTrue(Shuffle.returned(sorted, false, 3) < 0.2);
    }

    @Test
    void theOrderIsNotThatOfTheFile() throws IOException {
        List<String> ids = shop(0).customers().ids();
        assertNotEquals(ids.stream().sorted().toList(), ids);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void withoutAnIdShuffledRowsGiveTheSameCustomers(long seed) throws IOException {
        // Few different rows, so that many are equal and many differ in the target alone.
        var random = new Random(5);
        var rows = new ArrayList<String>();
        for (int i = 0; i < 120; i++) {
            int kind = random.nextInt(30);
            rows.add(
                    (20 + kind)
                            + ","
                            + CITIES.get(kind % 6)
                            + ",2026-0"
                            + (1 + kind % 9)
                            + "-02,"
                            + (kind % 3 == 0 ? "" : words(new Random(kind), 6))
                            + ","
                            + (kind % 2 == 0 ? "" : words(new Random(kind % 5), 7))
                            + ","
                            + (random.nextBoolean() ? "yes" : "no"));
        }
        String header = "age,city,joined,title,review,churned";
        Prepared one = prepare("t.csv", file(header, rows));
        Prepared other = prepare("t.csv", file(header, shuffled(rows, seed)));
        assertEquals(120, one.customers().customers());
        assertEquals(1, one.customers().targets().size());
        assertTrue(one.customers().texts().size() > 100);
        assertIterableEquals(everything(one), everything(other));
        assertEquals(one.recipe(), other.recipe());
        assertEquals(new HashSet<>(one.customers().ids()), new HashSet<>(other.customers().ids()));
    }

    @Test
    void equalWordsInDifferentColumnsAreDifferentCustomers() throws IOException {
        var rows = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            rows.add(i % 2 == 0 ? "30,soft and very warm," : "30,,soft and very warm");
        }
        Prepared one = prepare("t.csv", file("age,title,review", rows));
        Collections.reverse(rows);
        Prepared other = prepare("t.csv", file("age,title,review", rows));
        assertEquals(12, one.customers().texts().size());
        assertIterableEquals(everything(one), everything(other));
    }

    @Test
    void aTargetDoesNotMoveCustomersThatDiffer() throws IOException {
        var yes = new ArrayList<String>();
        var no = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            yes.add((20 + i) + "," + CITIES.get(i % 4) + "," + (i % 4 == 0 ? "yes" : "no"));
            no.add((20 + i) + "," + CITIES.get(i % 4) + "," + (i % 3 == 0 ? "yes" : "no"));
        }
        Prepared one = prepare("t.csv", file("age,city,churned", yes));
        Prepared other = prepare("t.csv", file("age,city,churned", no));
        assertEquals(1, one.customers().targets().size());
        assertEquals(one.customers().ids(), other.customers().ids());
    }

    @Test
    void aTieOfCategoriesIsSettledByTheirNamesWithoutSpaces() throws IOException {
        String header = "customer_id,date,amount,region";
        var rows = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            for (String region : List.of(" north", "north", "east", "east")) {
                rows.add("c" + i % 10 + ",2026-01-0" + (1 + i / 10) + ",5." + i + "," + region);
            }
        }
        CategoryColumn one = region(rows, header);
        Collections.reverse(rows);
        CategoryColumn other = region(rows, header);
        assertEquals(one.levels(), other.levels());
        assertEquals(Arrays.toString(one.codes()), Arrays.toString(other.codes()));
        assertEquals(List.of("east"), one.levels());
    }

    private CategoryColumn region(List<String> rows, String header) throws IOException {
        Path path = Files.writeString(folder.resolve("regions"), file(header, rows));
        var choice = new RoleChoice(Optional.empty(), "region", Role.CATEGORY, Optional.empty());
        Collected collected =
                new Collector(TestLimits.DEFAULT)
                        .collect(List.of(path), List.of("t.csv"), List.of(choice), Progress.NONE);
        return new Preparation().prepare(collected, Progress.NONE).customers().categories().get(0);
    }

    /** All but the ids and line numbers; numbers by their bits. */
    private static List<String> everything(Prepared prepared) {
        CustomerTable table = prepared.customers();
        var all = new StringBuilder();
        for (NumberColumn column : table.numbers()) {
            all.append(column.name()).append(column.kind()).append(bits(column.values()));
        }
        for (CategoryColumn column : table.categories()) {
            all.append(column.name()).append(column.levels()).append(text(column.codes()));
        }
        for (CustomerText text : table.texts()) {
            all.append(text.customer()).append(text.text()).append(text.table());
            all.append(text.column()).append(text.epochDay()).append(bits(text.rating()));
            all.append('\n');
        }
        Events events = table.events();
        all.append(text(events.customer())).append(Arrays.toString(events.epochSecond()));
        all.append(bits(events.value())).append(text(events.item())).append(events.items());
        all.append(text(events.name())).append(events.names()).append(events.latestEpochSecond());
        for (TargetColumn target : table.targets()) {
            all.append(target.name()).append(target.kind()).append(target.classes());
            all.append(text(target.codes())).append(bits(target.values()));
        }
        for (Recipe.NumberStep step : prepared.recipe().numbers()) {
            all.append(step.column()).append(step.kind());
            all.append(bits(step.median(), step.low(), step.high(), step.shift(), step.scale()));
        }
        return all.append(prepared.recipe().categories()).toString().lines().toList();
    }

    private static String text(int[] values) {
        return Arrays.toString(values) + "\n";
    }

    private static String bits(double... values) {
        return Arrays.toString(Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray())
                + "\n";
    }
}
