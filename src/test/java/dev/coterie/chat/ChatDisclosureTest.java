package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Prepared;
import dev.coterie.proof.Fact;
import dev.coterie.tools.CustomerIds;
import dev.coterie.tools.Desk;
import dev.coterie.tools.FactBook;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Quotation;
import dev.coterie.tools.Table;
import dev.coterie.tools.ToolResult;
import dev.coterie.tools.Toolbox;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chat's tools tell of few customers, and of what customers wrote about themselves. */
class ChatDisclosureTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Analysis analysis = ChatFixture.of(Language.ENGLISH);

    @Test
    void personalDataInTextsIsMaskedAndNotQuoted() {
        var mailed = new Toolbox(withMail(), Optional.empty(), Language.ENGLISH);
        assertFalse(quotes(guarded(10), "{\"about\":\"delivery\",\"limit\":5}").isEmpty());
        assertEquals(List.of(), quotes(mailed, "{\"about\":\"delivery\",\"limit\":5}"));
        List<Quotation> typical = quotes(mailed, "{\"segment\":\"seg_1\",\"limit\":3}");
        assertFalse(typical.isEmpty());
        for (Quotation quote : typical) {
            assertTrue(quote.text().contains("[mail]"), quote.text());
            assertFalse(quote.text().contains("example"), quote.text());
        }
    }

    private static List<Quotation> quotes(Toolbox tools, String args) {
        try {
            return tools.call("find_quotes", JSON.readTree(args)).quotes();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The same shop where everybody left an address. */
    private Analysis withMail() {
        var c = analysis.customers();
        var texts =
                c.texts().stream()
                        .map(
                                t ->
                                        new CustomerText(
                                                t.customer(),
                                                t.text() + " Write to a.b@example.com.",
                                                t.table(),
                                                t.column(),
                                                t.line(),
                                                t.epochDay(),
                                                t.rating()))
                        .toList();
        var customers =
                new CustomerTable(
                        c.ids(),
                        c.lines(),
                        c.numbers(),
                        c.categories(),
                        texts,
                        c.events(),
                        c.targets());
        var p = analysis.prepared();
        return new Analysis(
                analysis.collected(),
                new Prepared(customers, p.recipe(), p.quality(), p.rowOrder(), p.rejects()),
                analysis.embeddings(),
                analysis.featureModel(),
                analysis.features(),
                analysis.segmentation(),
                analysis.description(),
                analysis.notices());
    }

    /** Tools that tell of no fewer customers than this. */
    private Toolbox guarded(int smallCount) {
        var desk =
                new Desk(
                        analysis,
                        new Fields(analysis),
                        new FactBook(analysis, List.of()),
                        Optional.empty(),
                        Language.ENGLISH,
                        smallCount,
                        Optional.empty());
        return new Toolbox(desk, CustomerIds.of(analysis.customers().ids()));
    }

    private static List<String> column(ToolResult result, int at) {
        return result.table().orElseThrow().rows().stream().map(r -> r.get(at).text()).toList();
    }

    @Test
    void noCountOfASegmentFollowsFromTheTotal() throws JsonProcessingException {
        int alone = 0;
        for (String level : List.of("country:Germany", "country:France", "country:Italy")) {
            for (int small = 5; small <= 40; small++) {
                String[] field = level.split(":");
                String args =
                        "{\"filters\":[{\"field\":\"%s\",\"op\":\"=\",\"value\":\"%s\"}]}"
                                .formatted(field[0], field[1]);
                ToolResult result = guarded(small).call("count_customers", JSON.readTree(args));
                // so few in all that no segment is listed
                if (result.table().isEmpty()) continue;
                List<String> told = column(result, 1);
                long least = small;
                long few = told.stream().filter(t -> t.startsWith("<")).count();
                long hidden = told.stream().filter(t -> !t.matches("\\d+")).count();
                long sum =
                        told.stream()
                                .filter(t -> t.matches("\\d+"))
                                .mapToLong(Long::parseLong)
                                .sum();
                double total = result.facts().get(1).value();
                if (few == 1) alone++;
                assertTrue(hidden != 1, small + " " + told);
                assertTrue(hidden == 0 || total - sum >= least, small + " " + told);
            }
        }
        assertTrue(alone > 1, "a single small segment must occur: " + alone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "value", "texts", "rating"})
    void aMonthOfFewCustomersIsNotTold(String measure) throws JsonProcessingException {
        var who = new TreeMap<String, Set<Integer>>();
        var c = analysis.customers();
        if (measure.equals("events") || measure.equals("value")) {
            for (int e = 0; e < c.events().count(); e++) {
                var day = LocalDate.ofEpochDay(c.events().epochSecond()[e] / 86_400);
                heard(who, day, c.events().customer()[e]);
            }
        } else {
            c.texts().forEach(t -> heard(who, LocalDate.ofEpochDay(t.epochDay()), t.customer()));
        }
        int most = who.values().stream().mapToInt(Set::size).max().orElseThrow();
        var args = JSON.readTree("{\"measure\":\"" + measure + "\",\"segment\":\"seg_3\"}");
        List<String> all = column(guarded(1).call("trend", args), 1);
        ToolResult some = guarded(most).call("trend", args);
        assertEquals(List.copyOf(who.keySet()), column(some, 0));
        List<String> told = column(some, 1);
        int month = 0;
        for (Set<Integer> customers : who.values()) {
            String expected = customers.size() < most ? "–" : all.get(month);
            assertEquals(expected, told.get(month++), told.toString());
        }
        assertTrue(told.contains("–"), told.toString());
    }

    private void heard(Map<String, Set<Integer>> who, LocalDate day, int customer) {
        if (analysis.segmentation().labels()[customer] != 2) return;
        who.computeIfAbsent(YearMonth.from(day).toString(), m -> new HashSet<>()).add(customer);
    }

    @Test
    void aListOfSegmentsDoesNotGiveTheSizeOfASmallOneAway() {
        ToolResult result = guarded(45).call("list_segments", JSON.createObjectNode());
        var sizes = analysis.description().segments();
        List<List<Table.Cell>> rows = result.table().orElseThrow().rows();
        int few = 0;
        for (List<Table.Cell> row : rows) {
            long size = sizes.get(Integer.parseInt(row.get(0).text()) - 1).size();
            boolean small = size < 45;
            if (small) few++;
            assertEquals(small, row.get(2).text().equals("< 45"), row.toString());
            assertEquals(small, row.get(3).text().startsWith("under "), row.toString());
            assertEquals(small, row.get(4).text().equals("a withheld amount"), row.toString());
            assertEquals(small, row.get(5).text().equals("a withheld share"), row.toString());
        }
        assertTrue(few > 0 && few < rows.size(), "both kinds: " + few);
    }

    @Test
    void aLevelOfFewCustomersIsBounded() throws JsonProcessingException {
        ToolResult result =
                guarded(60).call("distribution", JSON.readTree("{\"feature\":\"country\"}"));
        int n = analysis.customers().customers();
        int few = 0;
        List<String> told = column(result, 1);
        for (var cell : result.table().orElseThrow().rows()) {
            Fact share =
                    result.facts().stream()
                            .filter(f -> cell.get(1).fact().equals(Optional.of(f.id())))
                            .findFirst()
                            .orElseThrow();
            boolean small = Math.round(share.value() * n) < 60;
            if (small) few++;
            assertEquals(small, cell.get(1).text().startsWith("under "), told.toString());
        }
        assertTrue(few > 0 && few < told.size(), told.toString());
    }
}
