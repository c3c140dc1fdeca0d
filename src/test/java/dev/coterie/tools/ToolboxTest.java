package dev.coterie.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.chat.ChatFixture;
import dev.coterie.describe.Analysis;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolboxTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Analysis analysis = ChatFixture.of(Language.ENGLISH);
    private final Toolbox tools =
            new Toolbox(
                    analysis,
                    ChatFixture.ENCODERS.forQuestions(Language.ENGLISH),
                    Language.ENGLISH);

    private ToolResult call(String tool, String args) {
        try {
            return tools.call(tool, JSON.readTree(args));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get_segment | {\"segment\":\"seg_1\",\"offset\":2}",
                "list_segments | {\"order\":\"value\"}",
                "compare_segments | {\"a\":\"seg_1\",\"b\":\"all\"}",
                "feature_profile | {\"feature\":\"age\"}",
                "count_customers | {\"filters\":[{\"field\":\"country\",\"op\":\"=\",\"value\":\"Germany\"}]}",
                "find_quotes | {\"about\":\"late delivery\",\"limit\":3}",
                "search_customers | {\"filters\":[{\"field\":\"age\",\"op\":\">\",\"value\":\"30\"}],\"limit\":50}",
                "get_customer | {\"customer\":\"C0004\"}",
                "similar | {\"customer\":\"C0003\",\"limit\":5,\"within\":\"segment\"}",
                "trend | {\"measure\":\"rating\",\"segment\":\"seg_2\"}",
                "get_run_quality | {}",
                "show_on_map | {\"segment\":\"seg_2\"}",
            })
    void everyToolAnswersWithinItsBounds(String tool, String args) {
        ToolResult result = call(tool, args);
        assertEquals(tool, result.tool());
        assertTrue(!result.label().isBlank() && result.millis() < 5000);
        assertTrue(result.table().map(t -> t.rows().size()).orElse(0) <= Table.MOST_ROWS);
        assertTrue(
                !result.facts().isEmpty()
                        || result.table().isPresent()
                        || !result.quotes().isEmpty());
        result.facts().forEach(f -> assertEquals(f, tools.facts().get(f.id())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"segment\":1}",
                "{\"segment\":[1,2]}",
                "{\"segment\":\"seg_99\"}",
                "{\"segment\":\"seg_1\",\"limit\":\"all\"}",
                "{\"segment\":\"seg_1\",\"offset\":\"2\"}",
                "{\"segment\":null}",
                "\"seg_1\"",
                "[]",
                "{\"segment\":\"seg_1; DROP\"}"
            })
    void wrongArgumentsNeverRunATool(String args) {
        assertThrows(InvalidInputException.class, () -> call("get_segment", args));
    }

    @Test
    void anUnknownToolIsNotFound() {
        assertThrows(NotFoundException.class, () -> call("delete_everything", "{}"));
    }

    @ParameterizedTest
    @CsvSource({"age, Value", "country, Share", "newsletter, Share"})
    void aSpreadIsHeadedByWhatItShows(String feature, String heading) {
        ToolResult result = call("distribution", "{\"feature\":\"" + feature + "\"}");
        assertEquals(heading, result.table().orElseThrow().columns().get(1));
    }

    @Test
    void anUnknownFieldNamesTheFieldsThereAre() {
        var e =
                assertThrows(
                        InvalidInputException.class,
                        () -> call("feature_profile", "{\"feature\":\"income\"}"));
        assertTrue(e.getMessage().contains("age"), e.getMessage());
    }

    private double counted(String field, String op, String value) {
        String filter =
                "{\"filters\":[{\"field\":\"%s\",\"op\":\"%s\",\"value\":\"%s\"}]}"
                        .formatted(field, op, value);
        return call("count_customers", filter).facts().stream()
                .filter(f -> f.label().key().equals("chat.fact.count") && f.segment() == 0)
                .findFirst()
                .orElseThrow()
                .value();
    }

    @ParameterizedTest
    @CsvSource({"text, contains, !=, voucher", "country, =, !=, Germany", "newsletter, =, !=, yes"})
    void aDeniedConditionCountsTheOthers(String field, String op, String denied, String value) {
        double with = counted(field, op, value);
        assertTrue(with > 0);
        assertEquals(analysis.customers().customers(), with + counted(field, denied, value));
    }

    @Test
    void aRatingGivenOnceIsWithinABoundOrAtIt() {
        double most = counted("rated", ">=", "4");
        assertTrue(most >= counted("rated", "=", "5") && most > 0);
        assertEquals(
                analysis.customers().customers(),
                counted("rated", "=", "1") + counted("rated", "!=", "1"));
    }

    @Test
    void customersThatAreNoOutliersAreTheOthers() {
        double none = counted("outlier", "=", "no");
        assertEquals(none, counted("outlier", "!=", "yes"));
        int outliers = 0;
        for (boolean o : analysis.segmentation().outlier()) if (o) outliers++;
        assertEquals(analysis.customers().customers() - outliers, none);
        assertEquals(outliers, counted("outlier", "=", "yes"));
    }

    @ParameterizedTest
    @CsvSource({
        "age, contains, 3",
        "country, contains, Germany",
        "country, <, Germany",
        "text, >, voucher",
        "outlier, <, yes",
        "outlier, =, often",
        "rated, contains, 4",
        "rated, =, often"
    })
    void anOperatorThatDoesNotFitIsRefused(String field, String op, String value) {
        assertThrows(InvalidInputException.class, () -> counted(field, op, value));
    }

    @Test
    void similarCustomersShareTheirGroup() {
        ToolResult result = call("similar", "{\"customer\":\"C0005\",\"limit\":10}");
        long own =
                result.table().orElseThrow().rows().stream()
                        .map(r -> Integer.parseInt(r.get(0).text().substring(1)))
                        .filter(id -> id <= ChatFixture.SIZES[0])
                        .count();
        assertTrue(own >= 8, "of ten neighbours in the planted group: " + own);
        assertEquals(Optional.of("map?customer=C0005"), result.view());
    }

    @ParameterizedTest
    @CsvSource({
        "ab1, 0",
        "AB1, 1",
        "cus_17, 2",
        "CUS_17, 2",
        "zz9, 3",
        "cus_7hq2abmnpxyz, 1",
        "CUS_7HQ2ABMNPXYZ, 1",
        "cus_1, -1",
        "aB1, -1",
        "nobody, -1"
    })
    void aCustomerIsFoundByTheIdThenInAnyCaseThenByTheIdOfTheApi(String named, int row) {
        var ids = CustomerIds.of(List.of("ab1", "AB1", "cus_17", "Zz9"));
        var api = Map.of("cus_7hq2abmnpxyz", OptionalInt.of(1));
        var known = ids.or(id -> api.getOrDefault(id, OptionalInt.empty()));
        assertEquals(row, known.row(named).orElse(-1));
    }
}
