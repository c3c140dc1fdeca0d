package dev.coterie.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.Collected;
import dev.coterie.collect.Collector;
import dev.coterie.collect.RejectsFile;
import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.collect.TestLimits;
import dev.coterie.language.Language;
import dev.coterie.language.Notice;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparationTest {
    @TempDir Path folder;

    private Prepared prepare(List<RoleChoice> choices, String... namesAndTexts) throws IOException {
        var paths = new ArrayList<Path>();
        var names = new ArrayList<String>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            names.add(namesAndTexts[i]);
            paths.add(Files.writeString(folder.resolve("f" + i), namesAndTexts[i + 1]));
        }
        Collected collected =
                new Collector(TestLimits.DEFAULT).collect(paths, names, choices, Progress.NONE);
        return new Preparation().prepare(collected, Progress.NONE);
    }

    private Prepared prepare(String text) throws IOException {
        return prepare(List.of(), "t.csv", text);
    }

    private static NumberColumn number(CustomerTable table, String name) {
        return table.numbers().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Where a customer stands. */
    private static int row(CustomerTable table, String id) {
        int row = table.ids().indexOf(id);
        assertTrue(row >= 0, id);
        return row;
    }

    private static boolean found(Prepared prepared, String key) {
        return prepared.quality().findings().stream()
                .anyMatch(n -> n.message().key().equals("prepare." + key));
    }

    @Nested
    class Customers {
        @Test
        void withoutAnIdEachRowIsOneAndEqualRowsAreKept() throws IOException {
            Prepared prepared = prepare("age,city\n30,A\n31\n30,A\n32,B\n33,C\n");
            CustomerTable table = prepared.customers();
            assertEquals(List.of("1", "3", "4", "5"), table.ids().stream().sorted().toList());
            double[] ages = number(table, "age").values();
            assertEquals(30, ages[row(table, "1")]);
            assertEquals(30, ages[row(table, "3")]);
            assertEquals(32, ages[row(table, "4")]);
            assertEquals(33, ages[row(table, "5")]);
            var count = prepared.quality().tables().get(0);
            assertEquals(new QualityReport.TableCount("t.csv", 5, 4, 0, 1), count);
            Notice repeated =
                    prepared.quality().findings().stream()
                            .filter(n -> n.message().key().equals("prepare.repeated_rows"))
                            .findFirst()
                            .orElseThrow();
            assertEquals(Notice.Severity.INFO, repeated.severity());
            assertEquals(1, repeated.count());
        }

        @Test
        void anEventWithoutACustomerIsRejectedWithThatReason() throws IOException {
            Prepared prepared =
                    prepare(
                            List.of(),
                            "customers.csv",
                            "customer_id,city\n1,A\n2,B\n3,A\n4,B\n",
                            "orders.csv",
                            "customer_id,date,amount\n1,2026-01-01,5\n,2026-01-02,6\n9,2026-01-03,7\n1,2026-01-04,-2\n");
            assertEquals(2, prepared.rejects().size());
            assertEquals("prepare.no_customer", prepared.rejects().get(0).reason().key());
            assertEquals(3, prepared.rejects().get(0).line());
            assertEquals("prepare.unknown_customer", prepared.rejects().get(1).reason().key());
            Events events = prepared.customers().events();
            assertArrayEquals(new double[] {5, -2}, events.value());
            assertTrue(found(prepared, "returns"));
            Path file = folder.resolve("rejects.csv");
            RejectsFile.write(file, prepared.rejects(), Language.ENGLISH);
            assertEquals(3, Files.readAllLines(file).size());
        }

        @Test
        void withNoCustomerTableTheDistinctIdsAreTheCustomers() throws IOException {
            Prepared prepared =
                    prepare(
                            List.of(),
                            "visits.csv",
                            "user_id,date,event\nb,2026-01-01,open\nb,2026-01-02,buy\na,2026-01-03,open\na,2026-01-09,open\n",
                            "orders.csv",
                            "user_id,date,amount\nc,2026-01-01,5\nc,2026-01-05,6\nb,2026-01-03,7\nb,2026-01-03,7\n");
            assertEquals(
                    List.of("a", "b", "c"), prepared.customers().ids().stream().sorted().toList());
            assertEquals(8, prepared.customers().events().count());
            assertTrue(found(prepared, "repeated_events"));
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void rowsAddUpAndRowOrderIsNothing(long seed) throws IOException {
            var random = new Random(seed);
            var rows = new ArrayList<String>();
            for (int i = 0; i < 80; i++) {
                int id = random.nextInt(30);
                String row =
                        (random.nextInt(9) == 0 ? "" : "c" + id)
                                + ",2026-01-0"
                                + (1 + random.nextInt(9))
                                + ","
                                + random.nextInt(4)
                                + ".1,"
                                + List.of("north", "south").get(id % 2);
                rows.add(random.nextInt(20) == 0 ? row + ",extra" : row);
            }
            String head = "customer_id,date,amount,region\n";
            Prepared one = prepare(head + String.join("\n", rows));
            Collections.shuffle(rows, random);
            Prepared other = prepare(head + String.join("\n", rows));
            assertEquals(81 - 1, one.quality().tables().get(0).in());
            assertEquals(content(one.customers()), content(other.customers()));
            assertEquals(one.recipe().categories(), other.recipe().categories());
        }

        private static Map<String, String> content(CustomerTable table) {
            Map<String, String> content = new HashMap<>();
            Events events = table.events();
            for (int c = 0; c < table.customers(); c++) {
                var text = new StringBuilder();
                for (CategoryColumn column : table.categories()) {
                    int code = column.codes()[c];
                    text.append(code < 0 ? "?" : column.levels().get(code)).append(' ');
                }
                for (int i = 0; i < events.count(); i++) {
                    if (events.customer()[i] != c) continue;
                    text.append(events.epochSecond()[i])
                            .append('/')
                            .append(events.value()[i])
                            .append(' ');
                }
                content.put(table.ids().get(c), text.toString());
            }
            return content;
        }
    }

    @Nested
    class Texts {
        @Test
        void identicalTextsOfOneCustomerMerge() throws IOException {
            Prepared prepared =
                    prepare(
                            List.of(),
                            "customers.csv",
                            "customer_id,city\n1,A\n2,B\n3,A\n4,B\n",
                            "reviews.csv",
                            "customer_id,date,rating,review\n"
                                    + "1,2026-01-02,5,Soft and warm\n1,2026-01-01,1,Soft and warm\n"
                                    + "1,2026-01-03,3,Too small\n2,2026-01-02,4,Soft and warm\n2,,,\n");
            CustomerTable table = prepared.customers();
            assertEquals(3, table.texts().size());
            List<CustomerText> first =
                    table.texts().stream().filter(t -> t.customer() == row(table, "1")).toList();
            assertEquals(2, first.size());
            assertEquals("Soft and warm", first.get(0).text());
            assertEquals(1.0, first.get(0).rating());
            assertEquals("Too small", first.get(1).text());
            NumberColumn rating = number(table, "rating");
            assertEquals(2.0, rating.values()[row(table, "1")]);
            assertEquals(NumberColumn.Kind.RATING, rating.kind());
            assertTrue(Double.isNaN(rating.values()[row(table, "3")]));
            var count = prepared.quality().tables().get(1);
            assertEquals(new QualityReport.TableCount("reviews.csv", 5, 4, 1, 0), count);
        }
    }

    @Nested
    class Fitted {
        private Prepared shop() throws IOException {
            var text =
                    new StringBuilder(
                            "customer_id,age,plan,member,joined,notes_empty,same,churned\n");
            for (int i = 0; i < 200; i++) {
                text.append("k").append(i).append(',');
                text.append(i == 7 ? "" : i == 9 ? "117" : String.valueOf(20 + i % 40)).append(',');
                text.append(i % 10 == 0 ? "unknown" : i % 3 == 0 ? "gold" : "basic").append(',');
                text.append(i % 2 == 0 ? "yes" : "no").append(',');
                text.append("2026-0").append(1 + i % 9).append("-15,,x,");
                text.append(i % 4 == 0 ? "yes" : "no").append('\n');
            }
            return prepare(text.toString());
        }

        @Test
        void stepsFillClipAndScale() throws IOException {
            Prepared prepared = shop();
            Recipe.NumberStep age =
                    prepared.recipe().numbers().stream()
                            .filter(s -> s.column().equals("age"))
                            .findFirst()
                            .orElseThrow();
            assertTrue(age.high() < 117);
            double[] values = number(prepared.customers(), "age").values();
            double[] scaled = Arrays.stream(values).map(age::apply).toArray();
            assertEquals(0, Arrays.stream(scaled).average().orElseThrow(), 1e-9);
            assertEquals(1, Arrays.stream(scaled).map(v -> v * v).average().orElseThrow(), 1e-9);
            Recipe.CategoryStep plan = prepared.recipe().categories().get(0);
            assertEquals(
                    new Recipe.CategoryStep("plan", List.of("basic", "gold"), true, false), plan);
            var keys = prepared.recipe().steps().stream().map(Recipe.Step::key).toList();
            assertTrue(
                    keys.containsAll(
                            List.of(
                                    "impute_median",
                                    "winsorise",
                                    "z_score",
                                    "date_to_age",
                                    "missing_level",
                                    "leave_out")));
            assertTrue(found(prepared, "constant_columns"));
            assertTrue(found(prepared, "empty_column"));
            assertFalse(found(prepared, "leakage"));
        }

        @Test
        void agesCountBackFromTheLatestDate() throws IOException {
            Prepared prepared = shop();
            CustomerTable table = prepared.customers();
            NumberColumn joined = number(table, "joined");
            assertEquals(NumberColumn.Kind.AGE_DAYS, joined.kind());
            assertEquals(0, Arrays.stream(joined.values()).min().orElseThrow());
            assertEquals(31, joined.values()[row(table, "k7")]);
        }

        @Test
        void targetsKeepTheirSpelling() throws IOException {
            CustomerTable table = shop().customers();
            TargetColumn churned = table.targets().get(0);
            assertEquals(List.of("no", "yes"), churned.classes());
            assertEquals(1, churned.codes()[row(table, "k0")]);
            assertEquals(0, churned.codes()[row(table, "k1")]);
        }

        @Test
        void newCustomersGetTheSameColumns() throws IOException {
            Prepared prepared = shop();
            Map<String, Object> profile = new HashMap<>();
            profile.put("Age", 33);
            profile.put("plan", "platinum");
            profile.put("member", true);
            profile.put("joined", "2026-09-05");
            profile.put("shoe_size", 44);
            var text = new CustomerInput.TextInput("chat", "Where is it", "2026-09-01", 2.0);
            var event = new CustomerInput.EventInput("order", "2026-09-02T10:00:00Z", 12.5, "mug");
            var inputs =
                    List.of(
                            new CustomerInput("n1", profile, List.of(text, text), List.of(event)),
                            new CustomerInput("n2", Map.of(), List.of(), List.of()));
            Applied applied = prepared.recipe().apply(prepared.customers(), inputs);
            CustomerTable table = applied.customers();
            assertEquals(33, number(table, "age").values()[0]);
            assertEquals(1, number(table, "member").values()[0]);
            assertEquals(10, number(table, "joined").values()[0]);
            CategoryColumn plan = table.categories().get(0);
            assertEquals(List.of("basic", "gold", "platinum"), plan.levels());
            assertArrayEquals(new int[] {2, -1}, plan.codes());
            assertEquals(List.of("shoe_size"), applied.unknownFields().get(0));
            assertEquals(List.of(), applied.imputed().get(0));
            assertEquals(List.of("age", "member", "joined"), applied.imputed().get(1));
            assertEquals(1, table.texts().size());
            assertEquals(12.5, table.events().value()[0]);
        }

        @Test
        void newCellsAreReadAsTheirColumnIsWritten() throws IOException {
            var text = new StringBuilder("customer_id,income,joined\n");
            for (int i = 0; i < 30; i++) {
                text.append("k%02d,\"1,%03d.50\",%02d/06/2024%n".formatted(i, 100 + i, 1 + i));
            }
            Prepared prepared = prepare(text.toString());
            Map<String, Object> profile = Map.of("income", "2,345", "joined", "03/04/2024");
            var inputs = List.of(new CustomerInput("n", profile, List.of(), List.of()));
            CustomerTable table = prepared.recipe().apply(prepared.customers(), inputs).customers();
            assertEquals(2345, number(table, "income").values()[0]);
            // from 3 April to the latest date, 30 June
            assertEquals(88, number(table, "joined").values()[0]);
        }

        @Test
        void whatCannotBeReadOfANewCustomerIsTold() throws IOException {
            Prepared prepared = shop();
            Map<String, Object> profile =
                    Map.of("age", -500, "member", "maybe", "joined", "2025-13-01", "plan", "gold");
            var text =
                    new CustomerInput.TextInput(
                            "chat", "Where is it", "not a date", Double.POSITIVE_INFINITY);
            var event =
                    new CustomerInput.EventInput(
                            "order", "yesterday", Double.POSITIVE_INFINITY, "mug");
            var inputs =
                    List.of(
                            new CustomerInput("n1", profile, List.of(text), List.of(event)),
                            new CustomerInput("n2", Map.of("age", "", "plan", "x"), null, null));
            Applied applied = prepared.recipe().apply(prepared.customers(), inputs);
            assertEquals(
                    List.of(
                            "age",
                            "member",
                            "joined",
                            "texts[0].at",
                            "texts[0].rating",
                            "events[0].at",
                            "events[0].value"),
                    applied.unreadable().get(0));
            assertTrue(Double.isNaN(applied.customers().events().value()[0]));
            assertTrue(Double.isNaN(applied.customers().texts().get(0).rating()));
            assertEquals(List.of(), applied.unreadable().get(1));
        }

        @Test
        void aColumnThatTellsTheTargetIsSuspect() throws IOException {
            var text = new StringBuilder("customer_id,age,cancel_reason,contract_end,churned\n");
            for (int i = 0; i < 120; i++) {
                boolean gone = i % 3 == 0;
                text.append(i + 500).append(',').append(20 + i % 37).append(',');
                text.append(gone ? "price" : "").append(',').append(gone ? "2026-01-01" : "");
                text.append(',').append(gone ? 1 : 0).append('\n');
            }
            Prepared prepared = prepare(text.toString());
            var suspects =
                    prepared.quality().findings().stream()
                            .filter(n -> n.message().key().equals("prepare.leakage"))
                            .map(n -> n.message().arguments().get("column"))
                            .toList();
            assertTrue(suspects.containsAll(List.of("cancel_reason", "contract_end")));
            assertFalse(suspects.contains("age"));
        }

        @Test
        void aChosenNumberTargetStaysANumber() throws IOException {
            var text = new StringBuilder("customer_id,age,spend\n");
            for (int i = 0; i < 60; i++)
                text.append(i)
                        .append(',')
                        .append(20 + i % 9)
                        .append(',')
                        .append(i * 1.5)
                        .append('\n');
            var choice = new RoleChoice(Optional.empty(), "spend", Role.TARGET, Optional.empty());
            CustomerTable table = prepare(List.of(choice), "t.csv", text.toString()).customers();
            TargetColumn spend = table.targets().get(0);
            assertEquals(TargetColumn.Kind.NUMBER, spend.kind());
            assertEquals(1.5, spend.values()[row(table, "1")]);
        }
    }
}
