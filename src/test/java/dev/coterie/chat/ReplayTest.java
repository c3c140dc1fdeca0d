package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.tools.Table;
import dev.coterie.tools.ToolCatalog;
import dev.coterie.tools.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every answer can be replayed: the call that it shows finds the same again. */
class ReplayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ROUTE = Pattern.compile("\\[\"\\w+\", /(\\S+)/, \\[");
    private final ChatEngine engine = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);

    /** Each tool with every argument that changes what it finds. */
    static final List<String> CALLS =
            List.of(
                    "get_segment {\"segment\":\"seg_1\"}",
                    "get_segment {\"segment\":\"seg_1\",\"offset\":3}",
                    "list_segments {}",
                    "list_segments {\"order\":\"stability\"}",
                    "compare_segments {\"a\":\"seg_1\",\"b\":\"seg_2\"}",
                    "compare_segments {\"a\":\"seg_2\",\"b\":\"all\"}",
                    "feature_profile {\"feature\":\"age\"}",
                    "feature_profile {\"feature\":\"age\",\"filters\":[{\"field\":\"country\","
                            + "\"op\":\"=\",\"value\":\"Germany\"}]}",
                    "distribution {\"feature\":\"country\"}",
                    "distribution {\"feature\":\"age\",\"segment\":\"seg_2\"}",
                    "count_customers {\"filters\":[{\"field\":\"age\",\"op\":\">\",\"value\":\"40\"},"
                            + "{\"field\":\"country\",\"op\":\"=\",\"value\":\"Germany\"}]}",
                    "count_customers {\"filters\":[{\"field\":\"text\",\"op\":\"contains\","
                            + "\"value\":\"late\"}],\"segment\":\"seg_2\"}",
                    "find_quotes {\"about\":\"late parcels\",\"segment\":\"seg_2\",\"limit\":2}",
                    "find_quotes {\"about\":\"small sizes\"}",
                    "find_quotes {\"tone\":\"complaint\",\"segment\":\"seg_1\"}",
                    "search_customers {\"filters\":[{\"field\":\"age\",\"op\":\"<\",\"value\":\"50\"}],"
                            + "\"limit\":3}",
                    "get_customer {\"customer\":\"C0006\"}",
                    "similar {\"customer\":\"C0006\",\"limit\":4}",
                    "similar {\"customer\":\"C0006\",\"within\":\"segment\",\"limit\":40}",
                    "trend {\"measure\":\"events\"}",
                    "trend {\"measure\":\"value\",\"segment\":\"seg_1\"}",
                    "get_drivers {}",
                    "predict {}",
                    "predict {\"customer\":\"C0006\",\"target\":\"churned\"}",
                    "assign_customers {\"text\":\"The dress runs small, I sent it back.\"}",
                    "what_if {\"segments\":4}",
                    "what_if {\"block\":\"text\",\"change\":\"double\"}",
                    "what_if {\"customer\":\"C0006\",\"measure\":\"orders\",\"change\":\"double\"}",
                    "make_brief {\"segment\":\"seg_2\",\"goal\":\"retain\",\"channel\":\"email\"}",
                    "get_run_quality {}",
                    "show_on_map {\"segment\":\"seg_3\"}");

    private ToolResult call(String tool, JsonNode args) {
        Analysis analysis = ChatFixture.of(Language.ENGLISH);
        var bench = Optional.of(ChatFixture.workbench(analysis));
        return engine.tools(analysis, bench, Language.ENGLISH).call(tool, args);
    }

    /** What a reader sees of a result; ids are of the conversation and differ. */
    private static List<String> seen(ToolResult result) {
        var out = new ArrayList<String>();
        for (Fact f : result.facts()) {
            out.add(f.label() + " " + f.value() + " " + f.unit() + " " + f.n() + " " + f.segment());
        }
        result.table()
                .ifPresent(
                        t -> {
                            out.add(t.title() + " " + t.columns() + " " + t.total());
                            t.rows()
                                    .forEach(
                                            r ->
                                                    out.add(
                                                            r.stream()
                                                                    .map(Table.Cell::text)
                                                                    .toList()
                                                                    .toString()));
                        });
        result.quotes().forEach(q -> out.add(q.toString()));
        result.view().ifPresent(out::add);
        result.proposal().ifPresent(p -> out.add(p.action() + " " + p.args()));
        return out;
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void theCallShownFindsTheSame(String line) throws IOException {
        String tool = line.substring(0, line.indexOf(' '));
        ToolResult first = call(tool, JSON.readTree(line.substring(tool.length())));
        assertEquals(tool, first.tool());
        JsonNode shown = JSON.valueToTree(first.args());
        assertEquals(seen(first), seen(call(first.tool(), shown)), shown.toString());
        if (first.view().isPresent()) assertPageExists("/p/shop/r/1/" + first.view().get());
    }

    private static void assertPageExists(String address) throws IOException {
        String path = address.replaceFirst("\\?.*", "");
        Matcher routes = ROUTE.matcher(Files.readString(Path.of("web/js/router.js")));
        boolean known = routes.results().anyMatch(r -> path.matches(r.group(1)));
        assertTrue(known, address);
    }

    /** A brief has to be written before it can be read, which the test of the API does. */
    @Test
    void noToolIsLeftOut() {
        Set<String> tried =
                CALLS.stream().map(c -> c.substring(0, c.indexOf(' '))).collect(Collectors.toSet());
        var all = new TreeSet<String>();
        ToolCatalog.TOOLS.forEach(t -> all.add(t.name()));
        all.removeAll(tried);
        assertEquals(Set.of("get_brief"), all);
    }

    /** The narrator calls tools from sentences; what it shows must lead back all the same. */
    @Test
    void whatTheNarratorShowsFindsItsFigures() {
        Analysis analysis = ChatFixture.of(Language.ENGLISH);
        var replayed = new HashSet<String>();
        for (String question :
                List.of(
                        "Which segment is the largest?",
                        "How many customers older than 40 are from Germany?",
                        "What do customers say about late parcels in segment 2?",
                        "Which customers are similar to customer C0006?",
                        "What is the average age per segment?",
                        "Compare segment 1 and segment 2",
                        "What makes segment 1 different?",
                        "What drives churn?",
                        "What if there were three segments?")) {
            var results = new ArrayList<ToolResult>();
            engine.answer(
                    analysis,
                    Optional.of(ChatFixture.workbench(analysis)),
                    List.of(),
                    Question.of(question),
                    event -> {
                        if (event instanceof ChatEvent.ToolDone d) results.add(d.result());
                    });
            for (ToolResult r : results) {
                JsonNode shown = JSON.valueToTree(r.args());
                assertEquals(seen(r), seen(call(r.tool(), shown)), question + " " + shown);
                replayed.add(r.tool());
            }
        }
        assertFalse(replayed.size() < 7, replayed.toString());
    }
}
