package dev.coterie.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of the shapes people upload, each small and written for this test. */
class RoleGuessTest {
    private static final String POOR = "collect.link_poor";

    @TempDir Path folder;

    private Collected collect(List<RoleChoice> choices, String... namesAndTexts)
            throws IOException {
        var paths = new ArrayList<Path>();
        var names = new ArrayList<String>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            names.add(namesAndTexts[i]);
            paths.add(Files.writeString(folder.resolve("f" + i), namesAndTexts[i + 1]));
        }
        return new Collector(TestLimits.DEFAULT).collect(paths, names, choices, Progress.NONE);
    }

    private Map<String, Role> roles(String text) throws IOException {
        return roles(collect(List.of(), "t.csv", text), 0);
    }

    private static Map<String, Role> roles(Collected collected, int table) {
        Map<String, Role> roles = new HashMap<>();
        for (ColumnSchema column : collected.tables().get(table).schema().columns()) {
            roles.put(column.name(), column.role());
            assertFalse(column.reason().in(Language.ENGLISH).isBlank());
            assertFalse(column.reason().in(Language.CHINESE).isBlank());
        }
        return roles;
    }

    private static String table(String header, int rows, IntFunction<String> row) {
        var text = new StringBuilder(header).append('\n');
        for (int i = 0; i < rows; i++) text.append(row.apply(i)).append('\n');
        return text.toString();
    }

    @Test
    void tablesThatHardlyNameTheSameCustomersAreToldApartWithoutACustomerTable()
            throws IOException {
        String orders = table("customer_id,amount", 40, i -> "A" + i % 20 + "," + (10 + i));
        String own = table("customer_id,stars", 40, i -> "A" + i % 10 + "," + i % 5);
        String strange = table("customer_id,stars", 40, i -> "B" + i % 10 + "," + i % 5);
        assertFalse(keys(collect(List.of(), "o.csv", orders, "r.csv", own)).contains(POOR));
        assertTrue(keys(collect(List.of(), "o.csv", orders, "r.csv", strange)).contains(POOR));
    }

    private static List<String> keys(Collected collected) {
        return collected.notices().stream().map(n -> n.message().key()).toList();
    }

    @Test
    void aCounterStaysOneWhenRowsAreShuffled() throws IOException {
        // 37 has no divisor in common with 120, so that every number comes once.
        String unnamed =
                table(
                        ",income,age",
                        120,
                        i -> i * 37 % 120 * 9 + "," + i * 31 + "," + (20 + i % 50));
        assertEquals(Role.IGNORE, roles(unnamed).get("column_1"));
        String named = table("row,age", 120, i -> i * 37 % 120 * 9 + "," + (20 + i % 50));
        assertEquals(Role.IGNORE, roles(named).get("row"));
    }

    @Test
    void withoutAHeaderDifferentAmountsAreNoCounter() throws IOException {
        String text = table("31000,34", 120, i -> (20_000 + i * 37 % 120 * 100) + "," + i % 50);
        Map<String, Role> roles = roles(text);
        assertEquals(Role.NUMBER, roles.get("column_1"));
        String counted = table("120,34", 120, i -> i * 37 % 120 + "," + i % 50);
        assertEquals(Role.IGNORE, roles(counted).get("column_1"));
    }

    @Test
    void aCodeIsAnIdWhicheverRowComesFirst() throws IOException {
        for (int odd : new int[] {0, 60}) {
            String text = table("handle,age", 120, i -> (i == odd ? "xy" : "x" + i) + "," + i % 50);
            assertEquals(Role.ID, roles(text).get("handle"), "odd row " + odd);
        }
    }

    @Test
    void reviewsWithAnUnnamedCounterAndAProductCode() throws IOException {
        String[] titles = {"Great coat", "Too short", "Lovely", "Sent it back", "Warm enough"};
        String text =
                table(
                        ",Garment ID,Age,Title,Review Text,Rating,Would Buy Again,Feedback Count,Class Name",
                        120,
                        i ->
                                i * 2
                                        + ","
                                        + (700 + i % 70)
                                        + ","
                                        + (20 + i % 50)
                                        + ","
                                        + titles[i % 5]
                                        + " "
                                        + i % 37
                                        + ",It fits well and the "
                                        + i
                                        + "th wash did no harm,"
                                        + (1 + i % 5)
                                        + ","
                                        + i % 2
                                        + ","
                                        + i % 9
                                        + ",Coats");
        Collected collected = collect(List.of(), "reviews.csv", text);
        Map<String, Role> roles = roles(collected, 0);
        assertEquals(Role.IGNORE, roles.get("column_1"));
        assertEquals(Role.IGNORE, roles.get("Garment ID"));
        assertEquals(Role.NUMBER, roles.get("Age"));
        assertEquals(Role.TEXT, roles.get("Title"));
        assertEquals(Role.TEXT, roles.get("Review Text"));
        assertEquals(Role.RATING, roles.get("Rating"));
        assertEquals(Role.YESNO, roles.get("Would Buy Again"));
        assertEquals(Role.NUMBER, roles.get("Feedback Count"));
        assertEquals(Role.CATEGORY, roles.get("Class Name"));
        assertTrue(
                collected.notices().stream()
                        .anyMatch(n -> n.message().key().equals("collect.counter_ignored")));
    }

    @Test
    void orderLinesWithoutACustomerTable() throws IOException {
        String text =
                table(
                        "Bill,ArticleCode,Description,Quantity,BillDate,UnitPrice,CustomerNo,Country",
                        200,
                        i ->
                                (9000 + i / 3)
                                        + ","
                                        + (i % 23)
                                        + "X,BLUE MUG NO "
                                        + i % 23
                                        + ","
                                        + (i % 17 == 0 ? -1 : 1 + i % 4)
                                        + ",2026-03-"
                                        + (10 + i % 19)
                                        + " 10:15:00,"
                                        + (1 + i % 5)
                                        + ".50,"
                                        + (i % 11 == 0 ? "" : 100 + i % 20 + ".0")
                                        + ","
                                        + (i % 20 < 15 ? "Norway" : "Spain"));
        Map<String, Role> roles = roles(text);
        assertEquals(Role.ID, roles.get("CustomerNo"));
        assertEquals(Role.ITEM, roles.get("Description"));
        assertEquals(Role.QUANTITY, roles.get("Quantity"));
        assertEquals(Role.PRICE, roles.get("UnitPrice"));
        assertEquals(Role.DATE, roles.get("BillDate"));
        assertEquals(Role.CATEGORY, roles.get("Country"));
        assertEquals(Role.IGNORE, roles.get("Bill"));
        assertEquals(Role.IGNORE, roles.get("ArticleCode"));
    }

    @Test
    void subscribersWithAnOutcome() throws IOException {
        String text =
                table(
                        "customerID,gender,Senior,tenure,PhoneService,Lines,TotalCharges,Churn",
                        80,
                        i ->
                                (1000 + i)
                                        + "-KX,"
                                        + (i % 2 == 0 ? "Female" : "Male")
                                        + ","
                                        + (i % 7 == 0 ? 1 : 0)
                                        + ","
                                        + i % 60
                                        + ","
                                        + (i % 3 == 0 ? "No" : "Yes")
                                        + ","
                                        + List.of("Yes", "No", "No phone").get(i % 3)
                                        + ","
                                        + (i == 5 ? " " : i * 13.5)
                                        + ","
                                        + (i % 4 == 0 ? "Yes" : "No"));
        Map<String, Role> roles = roles(text);
        assertEquals(Role.ID, roles.get("customerID"));
        assertEquals(Role.CATEGORY, roles.get("gender"));
        assertEquals(Role.YESNO, roles.get("Senior"));
        assertEquals(Role.NUMBER, roles.get("tenure"));
        assertEquals(Role.YESNO, roles.get("PhoneService"));
        assertEquals(Role.CATEGORY, roles.get("Lines"));
        assertEquals(Role.NUMBER, roles.get("TotalCharges"));
        assertEquals(Role.TARGET, roles.get("Churn"));
    }

    @Test
    void chineseReviews() throws IOException {
        String text =
                table(
                        "\u7C7B\u522B,label,review",
                        60,
                        i ->
                                (i % 2 == 0 ? "\u9152\u5E97" : "\u6C34\u679C")
                                        + ","
                                        + i % 2
                                        + ",\u623F\u95F4\u5F88\u5E72\u51C0\u4F46\u662F\u7B2C"
                                        + i
                                        + "\u6B21\u5165\u4F4F\u7B49\u4E86\u5F88\u4E45");
        Map<String, Role> roles = roles(text);
        assertEquals(Role.CATEGORY, roles.get("\u7C7B\u522B"));
        assertEquals(Role.YESNO, roles.get("label"));
        assertEquals(Role.TEXT, roles.get("review"));
    }

    @Test
    void textIsFoundWithoutAName() throws IOException {
        String text =
                table(
                        "said,topic",
                        60,
                        i -> "Where is my parcel number " + i + " now,topic_" + i % 6);
        assertEquals(Role.TEXT, roles(text).get("said"));
        assertEquals(Role.CATEGORY, roles(text).get("topic"));
    }

    @Test
    void personalDataIsFoundByNameAndByValue() throws IOException {
        String text =
                table(
                        "client_id,first_name,contact,reach,mobile,card,opt_in",
                        40,
                        i ->
                                "C"
                                        + i
                                        + ",Name"
                                        + i
                                        + ",post,a"
                                        + i
                                        + "@example.org,+49 170 55500"
                                        + (10 + i)
                                        + ",4111 1111 1111 1111,"
                                        + (i % 2 == 0 ? "yes" : "no"));
        Map<String, Role> roles = roles(text);
        assertEquals(Role.ID, roles.get("client_id"));
        assertEquals(Role.PERSONAL, roles.get("first_name"));
        assertEquals(Role.CATEGORY, roles.get("contact"));
        assertEquals(Role.PERSONAL, roles.get("reach"));
        assertEquals(Role.PERSONAL, roles.get("mobile"));
        assertEquals(Role.PERSONAL, roles.get("card"));
        assertEquals(Role.CONSENT, roles.get("opt_in"));
    }

    @Test
    void onlyUnsettledDatesAreUndecided() throws IOException {
        Collected open =
                collect(
                        List.of(),
                        "t.csv",
                        "id,joined\n1,03/04/2024\n2,05/06/2024\n3,01/02/2024\n");
        assertTrue(open.tables().get(0).schema().column("joined").orElseThrow().undecided());
        Collected settled =
                collect(
                        List.of(),
                        "t.csv",
                        "id,joined\n1,03/04/2024\n2,25/06/2024\n3,01/02/2024\n");
        assertFalse(settled.tables().get(0).schema().column("joined").orElseThrow().undecided());
        var choice =
                new RoleChoice(Optional.of("t"), "joined", Role.DATE, Optional.of(DateOrder.MDY));
        Collected chosen =
                collect(List.of(choice), "t.csv", "id,joined\n1,03/04/2024\n2,05/06/2024\n");
        ColumnSchema column = chosen.tables().get(0).schema().column("joined").orElseThrow();
        assertFalse(column.undecided());
        assertTrue(column.confirmed());
    }

    @Test
    void threeTablesAreLinkedByTheSharedId() throws IOException {
        String customers = table("customer_id,city", 30, i -> "0" + i + ",City" + i % 3);
        String reviews =
                table(
                        "review_id,customer_id,date,stars,text",
                        60,
                        i ->
                                "r"
                                        + i
                                        + ",0"
                                        + i % 30
                                        + ",2026-01-"
                                        + (10 + i % 20)
                                        + ","
                                        + (1 + i % 5)
                                        + ",It came late again "
                                        + i);
        String orders =
                table(
                        "order_id,customer_id,date,amount,payment",
                        90,
                        i ->
                                "o"
                                        + i
                                        + ",0"
                                        + i % 33
                                        + ",2026-02-"
                                        + (10 + i % 18)
                                        + ","
                                        + i * 1.25
                                        + ","
                                        + List.of("card", "cash").get(i / 30 % 2));
        Collected collected =
                collect(
                        List.of(),
                        "orders.csv",
                        orders,
                        "reviews.csv",
                        reviews,
                        "customers.csv",
                        customers);
        assertEquals(2, collected.customerTable().orElseThrow());
        assertEquals(Role.ID, roles(collected, 0).get("customer_id"));
        assertEquals(Role.IGNORE, roles(collected, 0).get("payment"));
        assertEquals(Role.VALUE, roles(collected, 0).get("amount"));
        assertEquals(Role.IGNORE, roles(collected, 0).get("order_id"));
        assertEquals(Role.RATING, roles(collected, 1).get("stars"));
        assertEquals(Role.TEXT, roles(collected, 1).get("text"));
        Collected.Link link = collected.links().get(0);
        assertEquals("orders.csv", link.fromTable());
        assertEquals(90, link.rows());
        assertEquals(84, link.matched());
    }

    @Test
    void idsThatAreOnlyPaddedLink() throws IOException {
        String orders =
                table(
                        "order_id,customer_id,amount",
                        60,
                        i -> "o" + i + ",C" + (1000 + i % 30) + "," + i * 1.25);
        String customers =
                table("customer_id,city", 30, i -> "C" + (1000 + i) + " ," + "ABC".charAt(i % 3));
        Collected collected = collect(List.of(), "orders.csv", orders, "customers.csv", customers);
        Collected.Link link = collected.links().get(0);
        assertEquals(60, link.rows());
        assertEquals(60, link.matched());
    }

    @Test
    void anUnknownColumnOrFileInAChoiceIsRefused() {
        var column = new RoleChoice(Optional.empty(), "nope", Role.ID, Optional.empty());
        var refused =
                assertThrows(
                        InvalidInputException.class,
                        () -> collect(List.of(column), "t.csv", "a,b\n1,2\n"));
        assertTrue(refused.getMessage().contains("a, b"));
        var file = new RoleChoice(Optional.of("x.csv"), "a", Role.ID, Optional.empty());
        assertThrows(
                InvalidInputException.class, () -> collect(List.of(file), "t.csv", "a,b\n1,2\n"));
    }

    @Test
    void aChosenIdReplacesTheGuess() throws IOException {
        var choice = new RoleChoice(Optional.of("t.csv.gz"), "mail_key", Role.ID, Optional.empty());
        String text = table("customer_id,mail_key,age", 20, i -> i + ",k" + i + "," + (20 + i));
        Collected collected = collect(List.of(choice), "t.csv", text);
        assertEquals("mail_key", collected.tables().get(0).schema().id().orElseThrow().name());
        assertEquals(1, collected.tables().get(0).schema().with(Role.ID).size());
    }

    @Test
    void filesWithoutASharedIdAreRefused() {
        var refused =
                assertThrows(
                        InvalidInputException.class,
                        () -> collect(List.of(), "a.csv", "x,y\n1.5,b\n", "b.csv", "z,w\n2.5,c\n"));
        assertEquals("no_shared_id", refused.code());
    }
}
