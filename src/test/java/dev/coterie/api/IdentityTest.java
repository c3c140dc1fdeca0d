package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.demo.DemoGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Segments keep id, number, name, notes and lock from run to run, over HTTP on the demo's data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityTest {
    private static final int STEP = 6;

    @TempDir static Path folder;

    private DemoShop shop;
    private LiveServer server;
    private final Map<String, String> datasets = new HashMap<>();
    private int projects;

    @BeforeAll
    void start() {
        shop = DemoShop.of(DemoGenerator.english(42), STEP);
        server = new LiveServer(folder.resolve("data"), Map.of("COTERIE_PRIVACY_SMALL_COUNT", "5"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode get(String path) {
        return LiveServer.json(server.get(path));
    }

    /** A project of its own, so that tests do not see one another's runs. */
    private String project() {
        var answer = server.post("/api/v1/projects", "{\"name\":\"Shop " + ++projects + "\"}");
        return LiveServer.json(answer).path("id").asText();
    }

    private String run(String project, DemoShop data, String segments) {
        var uploaded =
                server.send(data.upload(server.uri("/api/v1/projects/" + project + "/datasets")));
        assertEquals(201, uploaded.statusCode(), uploaded.body());
        String dataset = LiveServer.json(uploaded).path("id").asText();
        datasets.put(project, dataset);
        return again(project, segments);
    }

    /** A run over the project's latest dataset. */
    private String again(String project, String segments) {
        var started =
                server.post(
                        "/api/v1/projects/" + project + "/runs",
                        "{\"dataset\":\""
                                + datasets.get(project)
                                + "\",\"segments\":"
                                + segments
                                + "}");
        return server.finished(started).path("id").asText();
    }

    private List<JsonNode> segments(String project, String run) {
        return list(get("/api/v1/projects/" + project + "/segments?run=" + run).path("data"));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** Segment id of each customer by the id from the file. */
    private Map<String, String> members(String project, String run) {
        var members = new HashMap<String, String>();
        for (JsonNode segment : segments(project, run)) {
            String id = segment.path("id").asText();
            server.get("/api/v1/segments/" + id + "/members?format=csv&run=" + run)
                    .body()
                    .lines()
                    .skip(1)
                    .forEach(line -> members.put(line.replaceAll("^\uFEFF", "").split(",")[0], id));
        }
        return members;
    }

    private JsonNode patch(String segment, String body) {
        var answer = server.send("PATCH", "/api/v1/segments/" + segment, body);
        assertEquals(200, answer.statusCode(), answer.body());
        return LiveServer.json(answer);
    }

    private static void assertAddsUp(JsonNode comparison) {
        long from = comparison.path("from").path("customers").asLong();
        long to = comparison.path("to").path("customers").asLong();
        JsonNode customers = comparison.path("customers");
        long shared = exact(customers.path("shared"));
        assertEquals(from, shared + exact(customers.path("gone")));
        assertEquals(to, shared + exact(customers.path("new")));
    }

    /** A count; one that is withheld is not used where these tests add up. */
    private static long exact(JsonNode count) {
        assertTrue(count.isNumber(), count.toString());
        return count.asLong();
    }

    @Test
    void lockedNamesAndCustomersStayWhenATenthOfTheCustomersIsNew() {
        String project = project();
        var all = List.copyOf(shop.ids());
        Set<String> fresh = new HashSet<>();
        for (int i = 0; i < all.size(); i += 10) fresh.add(all.get(i));
        String first = run(project, shop.only(id -> !fresh.contains(id)), "6");
        assertTrue(get("/api/v1/runs/" + first).path("matched_to").isNull());
        var before = segments(project, first);
        var human = new HashMap<String, String>();
        for (JsonNode segment : before) {
            String id = segment.path("id").asText();
            int number = segment.path("number").asInt();
            assertEquals(first, segment.path("since_run").path("id").asText());
            if (number == 6) continue;
            String body =
                    number == 5
                            ? "{\"name\":\"Own name " + number + "\"}"
                            : "{\"name\":\"Own name "
                                    + number
                                    + "\",\"locked\":true,\"notes\":\"Call "
                                    + number
                                    + "\"}";
            patch(id, body);
            human.put(id, "Own name " + number);
        }
        String second = run(project, shop, "6");
        var after = segments(project, second);
        assertEquals(ids(before), ids(after));
        for (int i = 0; i < 6; i++) {
            JsonNode now = after.get(i);
            String id = now.path("id").asText();
            assertEquals(before.get(i).path("number"), now.path("number"));
            assertEquals(before.get(i).path("color"), now.path("color"));
            assertEquals(first, now.path("since_run").path("id").asText());
            assertEquals(i < 4, now.path("locked").asBoolean());
            assertEquals(i < 4 ? "Call " + (i + 1) : "", now.path("notes").asText());
            if (human.containsKey(id)) assertEquals(human.get(id), now.path("name").asText());
        }
        assertEquals(
                before.get(5).path("name"),
                after.get(5).path("name"),
                () ->
                        "the narrator's name; now "
                                + get("/api/v1/segments/"
                                                + after.get(5).path("id").asText()
                                                + "?run="
                                                + second)
                                        .path("differences"));
        JsonNode comparison = get("/api/v1/runs/" + second + "/comparison");
        assertAddsUp(comparison);
        long shared = exact(comparison.path("customers").path("shared"));
        long stayed = exact(comparison.path("customers").path("stayed"));
        assertTrue(stayed >= 0.95 * shared, stayed + " of " + shared);
        assertEquals(fresh.size(), exact(comparison.path("customers").path("new")));
        assertEquals("identity", comparison.path("paired_by").asText());
        var was = members(project, first);
        var is = members(project, second);
        long same = was.keySet().stream().filter(id -> was.get(id).equals(is.get(id))).count();
        assertEquals(stayed, same, "the report says what the member lists say");
        JsonNode matched = get("/api/v1/runs/" + second).path("matched_to");
        assertEquals(first, matched.path("run").asText());
        assertEquals(6, matched.path("segments").path("kept").asInt());
        assertEquals(stayed, matched.path("customers").path("stayed").asLong());
        // The identity is one in both runs: what a person writes now stands in the earlier one too.
        patch(after.get(5).path("id").asText(), "{\"name\":\"Named late\"}");
        assertEquals("Named late", segments(project, first).get(5).path("name").asText());
    }

    private static Set<String> ids(List<JsonNode> segments) {
        return segments.stream().map(s -> s.path("id").asText()).collect(Collectors.toSet());
    }

    @Test
    void customersWhoBehaveLikeAnotherGroupAreFoundToHaveMoved() {
        String project = project();
        String first = run(project, shop, "6");
        var was = members(project, first);
        String from = most(was, shop.group("gift_buyers"));
        String to = most(was, shop.group("discount_hunters"));
        var settled =
                shop.group("gift_buyers").stream().filter(id -> was.get(id).equals(from)).toList();
        var models =
                shop.group("discount_hunters").stream()
                        .filter(id -> was.get(id).equals(to))
                        .toList();
        var as = new HashMap<String, String>();
        for (int i = 0; i < settled.size() / 5; i++) as.put(settled.get(i), models.get(i));
        String second = run(project, shop.behaving(as), "6");
        var is = members(project, second);
        long found = as.keySet().stream().filter(id -> is.get(id).equals(to)).count();
        assertTrue(found >= 0.9 * as.size(), found + " of " + as.size() + " moved");
        JsonNode comparison = get("/api/v1/runs/" + second + "/comparison");
        assertAddsUp(comparison);
        List<String> columns = new ArrayList<>();
        comparison.path("to").path("segments").forEach(s -> columns.add(s.path("id").asText()));
        JsonNode row =
                list(comparison.path("rows")).stream()
                        .filter(r -> r.path("segment").asText().equals(from))
                        .findFirst()
                        .orElseThrow();
        assertEquals(from, row.path("lives_on_as").asText());
        long told = exact(row.path("to").path(columns.indexOf(to)));
        assertTrue(told >= found, told + " told, " + found + " planted");
        assertTrue(comparison.path("splits").isEmpty() && comparison.path("merges").isEmpty());
        long others = exact(comparison.path("customers").path("moved")) - told;
        assertTrue(others <= 0.05 * shop.ids().size(), others + " others moved");
    }

    /** The segment that most of these customers are in. */
    private static String most(Map<String, String> members, List<String> customers) {
        return customers.stream()
                .collect(Collectors.groupingBy(members::get, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    @Test
    void shuffledFilesChangeNothing() {
        String project = project();
        String first = run(project, shop, "5");
        var before = segments(project, first);
        String second = run(project, shop.shuffled(9), "5");
        var after = segments(project, second);
        for (int i = 0; i < 5; i++) {
            assertEquals(before.get(i).path("id"), after.get(i).path("id"));
            assertEquals(before.get(i).path("name"), after.get(i).path("name"));
            assertEquals(before.get(i).path("size"), after.get(i).path("size"));
        }
        JsonNode customers = get("/api/v1/runs/" + second + "/comparison").path("customers");
        assertEquals(shop.ids().size(), exact(customers.path("stayed")));
        assertEquals(0, exact(customers.path("moved")));
    }

    @Test
    void aMergedSegmentIsToldAndIsAskedForInTheRunsThatHaveIt() {
        String project = project();
        String six = run(project, shop, "6");
        String four = again(project, "4");
        JsonNode comparison = get("/api/v1/runs/" + four + "/comparison");
        assertAddsUp(comparison);
        assertEquals(4, comparison.path("kept").size());
        assertEquals(2, comparison.path("died").size());
        assertFalse(comparison.path("merges").isEmpty(), comparison.toString());
        String dead = comparison.path("died").path(0).path("segment").asText();
        assertEquals(200, server.get("/api/v1/segments/" + dead).statusCode());
        var gone = server.get("/api/v1/segments/" + dead + "?run=" + four);
        assertEquals(404, gone.statusCode());
        JsonNode problem = LiveServer.json(gone);
        assertEquals("segment_not_in_run", problem.path("code").asText());
        assertTrue(problem.path("detail").asText().contains(six), gone.body());
        assertEquals(six, problem.path("errors").path(0).path("detail").asText());
        assertEquals(200, server.post("/api/v1/runs/" + four + ":publish", "").statusCode());
        assertEquals(404, server.get("/api/v1/segments/" + dead).statusCode());
        assertEquals(200, server.get("/api/v1/segments/" + dead + "?run=" + six).statusCode());
        // Back to six: what was merged comes apart again, and the four keep their ids.
        String back = again(project, "6");
        JsonNode split = get("/api/v1/runs/" + back + "/comparison");
        assertEquals(2, split.path("born").size());
        assertFalse(split.path("splits").isEmpty(), split.toString());
        assertTrue(ids(segments(project, back)).containsAll(ids(segments(project, four))));
        // Six and six were never matched to each other, yet four segments are the same.
        JsonNode across = get("/api/v1/runs/" + back + "/comparison?with=" + six);
        assertEquals("identity", across.path("paired_by").asText());
        assertEquals(4, across.path("kept").size());
        assertAddsUp(across);
    }

    @Test
    void aRunIsMatchedToNothingOnlyWhileNothingIsPublished() {
        String project = project();
        String first = run(project, shop.only(shop.group("gift_buyers")::contains), "2");
        var none = server.get("/api/v1/runs/" + first + "/comparison");
        assertEquals(409, none.statusCode());
        assertEquals("nothing_to_compare", LiveServer.json(none).path("code").asText());
        var self = server.get("/api/v1/runs/" + first + "/comparison?with=" + first);
        assertEquals(422, self.statusCode());
        String strangers = run(project, shop.renamed(id -> "n" + id), "6");
        JsonNode comparison = get("/api/v1/runs/" + strangers + "/comparison");
        assertEquals(0, exact(comparison.path("customers").path("shared")));
        assertEquals(6, comparison.path("born").size());
        assertEquals(2, comparison.path("died").size());
    }

    @Test
    void aDeletedPredecessorLeavesItsReportAndItsNames() {
        String project = project();
        String first = run(project, shop, "5");
        String named = segments(project, first).get(2).path("id").asText();
        patch(named, "{\"name\":\"Kept for good\",\"locked\":true}");
        String second = again(project, "5");
        JsonNode told = get("/api/v1/runs/" + second + "/comparison");
        assertEquals(409, server.send("DELETE", "/api/v1/runs/" + first, "").statusCode());
        assertEquals(200, server.post("/api/v1/runs/" + second + ":publish", "").statusCode());
        assertEquals(204, server.send("DELETE", "/api/v1/runs/" + first, "").statusCode());
        JsonNode segment = get("/api/v1/segments/" + named);
        assertEquals("Kept for good", segment.path("name").asText());
        assertEquals(second, segment.path("since_run").path("id").asText());
        JsonNode still = get("/api/v1/runs/" + second + "/comparison");
        assertEquals(told.path("rows"), still.path("rows"));
        assertEquals(first, get("/api/v1/runs/" + second).path("matched_to").path("run").asText());
        String third = again(project, "5");
        assertEquals("Kept for good", segments(project, third).get(2).path("name").asText());
        server.close();
        server = new LiveServer(folder.resolve("data"), Map.of("COTERIE_PRIVACY_SMALL_COUNT", "5"));
        assertEquals(still, get("/api/v1/runs/" + second + "/comparison"));
        assertEquals(named, segments(project, third).get(2).path("id").asText());
    }

    @Test
    void projectsDoNotShareSegmentsAndCannotBeCompared() {
        String one = project();
        String two = project();
        String first = run(one, shop, "4");
        String second = run(two, shop, "4");
        var both = new HashSet<>(ids(segments(one, first)));
        both.retainAll(ids(segments(two, second)));
        assertTrue(both.isEmpty());
        assertTrue(get("/api/v1/runs/" + second).path("matched_to").isNull());
        var refused = server.get("/api/v1/runs/" + first + "/comparison?with=" + second);
        assertEquals(422, refused.statusCode());
        assertEquals("other_project", LiveServer.json(refused).path("code").asText());
    }

    @Test
    void customersPlacedByHandStayPlacedAsLongAsTheirSegmentLives() {
        String project = project();
        String first = run(project, shop, "5");
        var was = members(project, first);
        String to = segments(project, first).get(1).path("id").asText();
        String customer =
                was.keySet().stream()
                        .filter(id -> !was.get(id).equals(to))
                        .sorted()
                        .findFirst()
                        .orElseThrow();
        String analysed = was.get(customer);
        var moved =
                server.post(
                        "/api/v1/projects/" + project + "/customers:move",
                        "{\"customers\":[\"" + customer + "\"],\"segment\":\"" + to + "\"}");
        assertEquals(200, moved.statusCode(), moved.body());
        assertEquals(to, members(project, first).get(customer));
        String second = run(project, shop.shuffled(3), "5");
        assertEquals(to, members(project, second).get(customer));
        JsonNode comparison = get("/api/v1/runs/" + second + "/comparison");
        assertEquals(0, exact(comparison.path("customers").path("moved")));
        JsonNode before = get("/api/v1/projects/" + project + "/segments?run=" + second);
        server.close();
        server = new LiveServer(folder.resolve("data"), Map.of("COTERIE_PRIVACY_SMALL_COUNT", "5"));
        assertEquals(before, get("/api/v1/projects/" + project + "/segments?run=" + second));
        // Giving the customer back in the later run leaves the earlier one as it is.
        var released =
                server.post(
                        "/api/v1/projects/" + project + "/customers:release?run=" + second,
                        "{\"customers\":[\"" + customer + "\"]}");
        assertEquals(200, released.statusCode(), released.body());
        assertEquals(analysed, members(project, second).get(customer));
        assertEquals(to, members(project, first).get(customer));
    }

    @Test
    void aRunIsMatchedToTheSegmentsAsPeopleLeftThem() {
        String project = project();
        String first = run(project, shop, "5");
        var ids = segments(project, first).stream().map(s -> s.path("id").asText()).toList();
        var merged =
                server.post(
                        "/api/v1/projects/" + project + "/segments:merge",
                        "{\"segments\":[\"" + ids.get(0) + "\",\"" + ids.get(1) + "\"]}");
        assertEquals(200, merged.statusCode(), merged.body());
        var standing = ids(segments(project, first));
        assertEquals(4, standing.size());
        String second = again(project, "5");
        JsonNode comparison = get("/api/v1/runs/" + second + "/comparison");
        assertAddsUp(comparison);
        assertEquals(4, comparison.path("rows").size());
        assertEquals(1, comparison.path("splits").size(), comparison.toString());
        var now = ids(segments(project, second));
        assertTrue(now.containsAll(standing), now + " has " + standing);
        String gone = ids.stream().filter(id -> !standing.contains(id)).findFirst().orElseThrow();
        assertFalse(now.contains(gone), "what was merged away is not taken on");
    }
}
