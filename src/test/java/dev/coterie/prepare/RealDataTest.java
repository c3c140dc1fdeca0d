package dev.coterie.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.Collected;
import dev.coterie.collect.Collector;
import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.Role;
import dev.coterie.collect.TestLimits;
import dev.coterie.language.Notice;
import dev.coterie.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Roles, counts and times on the real data sets. */
@Tag("data")
class RealDataTest {
    private record Read(Collected collected, Prepared prepared) {
        Map<String, Role> roles(int table) {
            Map<String, Role> roles = new HashMap<>();
            for (ColumnSchema c : collected.tables().get(table).schema().columns()) {
                roles.put(c.name(), c.role());
            }
            return roles;
        }
    }

    private static Read read(String... files) {
        String folder = System.getenv("COTERIE_TEST_DATA");
        Assumptions.assumeTrue(folder != null && Files.isDirectory(Path.of(folder)));
        var paths = new ArrayList<Path>();
        var names = new ArrayList<String>();
        for (String file : files) {
            paths.add(Path.of(folder).resolve(file));
            names.add(Path.of(file).getFileName().toString());
        }
        long started = System.nanoTime();
        Collected collected =
                new Collector(TestLimits.DEFAULT).collect(paths, names, List.of(), Progress.NONE);
        Prepared prepared = new Preparation().prepare(collected, Progress.NONE);
        long millis = (System.nanoTime() - started) / 1_000_000;
        print(collected, prepared, millis);
        return new Read(collected, prepared);
    }

    /** Figures only, never a text of a customer. */
    private static void print(Collected collected, Prepared prepared, long millis) {
        for (Collected.Source source : collected.tables()) {
            System.out.println(
                    source.table().name()
                            + " "
                            + source.table().format()
                            + " rows "
                            + source.table().rows()
                            + " rejects "
                            + source.table().rejects().size());
            for (ColumnSchema c : source.schema().columns()) {
                System.out.println("  " + c.name() + " " + c.role() + ": " + c.reason());
            }
            source.table().notices().forEach(n -> System.out.println("  ! " + shown(n)));
        }
        collected.notices().forEach(n -> System.out.println("  ! " + shown(n)));
        prepared.quality().findings().forEach(n -> System.out.println("  ! " + shown(n)));
        System.out.println("  " + prepared.quality().tables());
        System.out.println(
                "  customers "
                        + prepared.customers().customers()
                        + " texts "
                        + prepared.customers().texts().size()
                        + " events "
                        + prepared.customers().events().count()
                        + " numbers "
                        + prepared.recipe().numbers().size()
                        + " categories "
                        + prepared.recipe().categories().size()
                        + " in "
                        + millis
                        + " ms");
    }

    private static String shown(Notice notice) {
        return notice.severity() + " " + notice.message();
    }

    @Test
    void readsWomensClothing() {
        Read read = read("womens-clothing/womens_clothing.csv.gz");
        var roles = read.roles(0);
        assertEquals(Role.IGNORE, roles.get("column_1"));
        assertTrue(roles.get("Clothing ID") != Role.ID);
        assertEquals(Role.TEXT, roles.get("Title"));
        assertEquals(Role.TEXT, roles.get("Review Text"));
        assertEquals(Role.RATING, roles.get("Rating"));
        assertEquals(Role.YESNO, roles.get("Recommended IND"));
        assertEquals(Role.NUMBER, roles.get("Positive Feedback Count"));
        assertEquals(Role.CATEGORY, roles.get("Division Name"));
        assertEquals(18_789, read.prepared().customers().customers());
        assertEquals(15_711 + 18_106, read.prepared().customers().texts().size());
    }

    @Test
    void readsOnlineRetail() {
        Read read = read("online-retail/online_retail_2010_2011.csv.gz");
        var roles = read.roles(0);
        assertEquals(Role.ID, roles.get("CustomerID"));
        assertEquals(Role.QUANTITY, roles.get("Quantity"));
        assertEquals(Role.PRICE, roles.get("UnitPrice"));
        assertEquals(Role.ITEM, roles.get("Description"));
        assertEquals(Role.DATE, roles.get("InvoiceDate"));
        assertEquals(Role.CATEGORY, roles.get("Country"));
        assertEquals(Role.IGNORE, roles.get("StockCode"));
        assertEquals(Role.IGNORE, roles.get("InvoiceNo"));
        assertEquals(4_372, read.prepared().customers().customers());
        assertEquals(135_080, read.prepared().rejects().size());
        assertEquals(541_909 - 135_080, read.prepared().customers().events().count());
        assertTrue(read.prepared().customers().ids().contains("17850.0"));
    }

    @Test
    void readsTelcoChurn() {
        Read read = read("telco-churn/Telco-Customer-Churn.csv");
        var roles = read.roles(0);
        assertEquals(Role.ID, roles.get("customerID"));
        assertEquals(Role.YESNO, roles.get("SeniorCitizen"));
        assertEquals(Role.NUMBER, roles.get("TotalCharges"));
        assertEquals(Role.TARGET, roles.get("Churn"));
        assertEquals(Role.CATEGORY, roles.get("MultipleLines"));
        assertEquals(7_043, read.prepared().customers().customers());
        long missing =
                read.prepared().customers().numbers().stream()
                        .filter(c -> c.name().equals("TotalCharges"))
                        .mapToLong(c -> Arrays.stream(c.values()).filter(Double::isNaN).count())
                        .sum();
        assertEquals(11, missing);
    }

    @Test
    void linksTheThreeComposedTables() {
        Read read =
                read(
                        "composed-en/customers.csv",
                        "composed-en/reviews.csv",
                        "composed-en/orders.csv");
        assertEquals(0, read.collected().customerTable().orElseThrow());
        assertEquals(2, read.collected().links().size());
        assertEquals(Role.TARGET, read.roles(0).get("churned"));
        assertEquals(Role.CATEGORY, read.roles(0).get("city"));
        assertEquals(Role.DATE, read.roles(0).get("signup_date"));
        assertEquals(Role.RATING, read.roles(1).get("rating"));
        assertEquals(Role.TEXT, read.roles(1).get("text"));
        assertEquals(Role.VALUE, read.roles(2).get("amount"));
        assertEquals(5_000, read.prepared().customers().customers());
        assertEquals(43_862, read.prepared().customers().events().count());
    }

    @Test
    void readsBankMarketing() {
        Read read = read("bank-marketing/bank-full.csv.gz");
        assertEquals(';', read.collected().tables().get(0).table().format().delimiter());
        assertEquals(Role.CATEGORY, read.roles(0).get("job"));
        assertEquals(Role.TARGET, read.roles(0).get("y"));
        var job =
                read.prepared().customers().categories().stream()
                        .filter(c -> c.name().equals("job"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(288, Arrays.stream(job.codes()).filter(c -> c < 0).count());
        assertTrue(
                read.prepared().quality().findings().stream()
                        .anyMatch(n -> n.message().toString().startsWith("duration")));
    }

    @Test
    void readsMarketingCampaign() {
        Read read = read("marketing-campaign/marketing_campaign.csv");
        var roles = read.roles(0);
        assertEquals(Role.ID, roles.get("ID"));
        assertEquals(Role.DATE, roles.get("Dt_Customer"));
        assertEquals(Role.NUMBER, roles.get("Income"));
        assertEquals(Role.YESNO, roles.get("Complain"));
        assertTrue(
                read.prepared().quality().findings().stream()
                        .anyMatch(
                                n -> n.message().toString().contains("Z_CostContact, Z_Revenue")));
    }

    @Test
    void readsShortMessagesAndChinese() {
        assertEquals(Role.TEXT, read("banking77/banking77.csv").roles(0).get("text"));
        Read clinc = read("clinc150/clinc150.csv");
        assertEquals(Role.TEXT, clinc.roles(0).get("text"));
        assertEquals(Role.CATEGORY, clinc.roles(0).get("label"));
        Read chinese = read("zh-shopping/online_shopping_10_cats.csv.gz");
        assertEquals(Role.TEXT, chinese.roles(0).get("review"));
        assertEquals(Role.CATEGORY, chinese.roles(0).get("cat"));
        assertEquals(Role.YESNO, chinese.roles(0).get("label"));
        assertEquals(50_219, chinese.prepared().customers().customers());
        assertEquals(Role.TEXT, read("zh-waimai/waimai_10k.csv").roles(0).get("review"));
    }
}
