package dev.coterie.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.llm.ModelSettings;
import dev.coterie.llm.RawServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted is gone, and what is proposed stays about the same customers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeletionTest {
    @TempDir static Path folder;

    private final HandClock clock = new HandClock();
    private RawServer endpoint;
    private ConfiguredModel model;
    private LiveServer server;
    private String project;
    private String run;

    @BeforeAll
    void runOnce() throws IOException {
        endpoint =
                new RawServer(
                        talk -> {
                            talk.head(401, "application/json");
                            talk.raw("{\"error\":{\"message\":\"No such key.\"}}");
                        });
        model = ConfiguredModel.hurried(ModelSettings.openAi(endpoint.baseUrl()), 0.05);
        server = new LiveServer(folder.resolve("data"), model, clock);
        project = id(server.post("/api/v1/projects", "{\"name\":\"Shop\"}"));
        var upload =
                new Multipart()
                        .file("customers.csv", ShopCsv.customers(60, 7))
                        .request(server.uri("/api/v1/projects/" + project + "/datasets"));
        String dataset = id(server.send(upload.build()));
        String roles =
                "{\"columns\":[{\"table\":\"customers.csv\",\"column\":\"churned\",\"role\":\"target\"}]}";
        server.send("PUT", "/api/v1/datasets/" + dataset + "/schema", roles);
        run = run("{\"segments\":4}");
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        endpoint.close();
    }

    private static String id(HttpResponse<String> made) {
        String id = LiveServer.json(made).path("id").asText();
        assertTrue(!id.isEmpty(), made.body());
        return id;
    }

    private String run(String settings) {
        var started = server.post("/api/v1/projects/" + project + "/runs", settings);
        return server.finished(started).path("id").asText();
    }

    private String chat(String ofRun) {
        return id(
                server.post(
                        "/api/v1/projects/" + project + "/chats", "{\"run\":\"" + ofRun + "\"}"));
    }

    private JsonNode ask(String chat, String text) {
        var answer =
                server.post("/api/v1/chats/" + chat + "/messages", "{\"text\":\"" + text + "\"}");
        return LiveServer.json(answer);
    }

    private String segment(int number) {
        var segments = server.get("/api/v1/projects/" + project + "/segments?run=" + run);
        return LiveServer.json(segments).path("data").path(number - 1).path("id").asText();
    }

    /** Events that belong to no job and no message. */
    private static long orphans() throws SQLException {
        return count(
                "event where owner not in (select id from job) and owner not in (select id from"
                        + " message)");
    }

    private static long storedAnswers() throws SQLException {
        return count("stored_answer");
    }

    private static long count(String from) throws SQLException {
        String file = "jdbc:sqlite:" + folder.resolve("data").resolve("coterie.db");
        try (var connection = DriverManager.getConnection(file);
                var statement = connection.createStatement();
                var found = statement.executeQuery("select count(*) from " + from)) {
            found.next();
            return found.getLong(1);
        }
    }

    private HttpResponse<String> once(String path, String json) {
        var answer = server.post("/api/v1/" + path, json, "Idempotency-Key", "key");
        assertTrue(answer.statusCode() < 300, answer.body());
        return answer;
    }

    @Test
    @Order(1)
    void aDeletedRunOrChatTakesWhatItsAnswersSaidWithIt() throws SQLException {
        String cut = run("{\"from\":\"" + run + "\",\"segments\":3}");
        ask(chat(cut), "How big is segment 1?");
        assertEquals(204, server.send("DELETE", "/api/v1/runs/" + cut, "").statusCode());
        String chat = chat(run);
        ask(chat, "How big is segment 1?");
        assertEquals(204, server.send("DELETE", "/api/v1/chats/" + chat, "").statusCode());
        assertEquals(0, orphans());
    }

    @Test
    @Order(2)
    void aProposedBriefIsAboutTheSegmentThatWasMeantThoughItsNumberChanged() {
        String last = segment(4);
        String second = segment(2);
        JsonNode ofLast = ask(chat(run), "Make a brief for segment 4");
        JsonNode ofSecond = ask(chat(run), "Make a brief for segment 2");
        String merge = "{\"segments\":[\"" + segment(1) + "\",\"" + second + "\"]}";
        var merged = server.post("/api/v1/projects/" + project + "/segments:merge", merge);
        assertEquals(200, merged.statusCode(), merged.body());
        assertEquals(last, segment(2), "the last segment takes the freed number");

        var made = confirm(ofLast);
        assertTrue(made.statusCode() < 300, made.body());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> brief().path("status").asText().equals("ready"));
        JsonNode brief = brief();
        assertTrue(brief.toString().contains(last), brief.toString());

        var refused = confirm(ofSecond);
        assertEquals(404, refused.statusCode(), refused.body());
        assertEquals("segment_gone", LiveServer.json(refused).path("code").asText());
    }

    private JsonNode brief() {
        var briefs = server.get("/api/v1/projects/" + project + "/briefs");
        return LiveServer.json(briefs).path("data").path(0);
    }

    private HttpResponse<String> confirm(JsonNode answer) {
        JsonNode request = answer.findValue("proposal").path("request");
        return server.post(request.path("path").asText(), request.path("body").toString());
    }

    @Test
    @Order(3)
    void anAnswerKeptForAKeyGoesWithWhatItTellsOf() throws SQLException {
        String kept = id(once("projects", "{\"name\":\"Other\"}"));
        String cut = run("{\"from\":\"" + run + "\",\"segments\":3}");
        var there = server.get("/api/v1/projects/" + project + "/segments?run=" + cut);
        JsonNode segments = LiveServer.json(there).path("data");
        String two = segments.at("/0/id") + "," + segments.at("/1/id");
        once("projects/" + project + "/chats", "{\"run\":\"" + cut + "\"}");
        once(
                "projects/" + project + "/segments:merge?run=" + cut,
                "{\"segments\":[" + two + "],\"dry_run\":true}");
        assertEquals(3, storedAnswers());

        assertEquals(204, server.send("DELETE", "/api/v1/runs/" + cut, "").statusCode());
        assertEquals(1, storedAnswers(), "that of the other project");

        assertEquals(204, server.send("DELETE", "/api/v1/projects/" + kept, "").statusCode());
        assertEquals(0, storedAnswers());
    }

    @Test
    @Order(4)
    void anAnswerKeptForAKeyIsGoneAfterADayThoughTheServerRuns() throws SQLException {
        once("projects/" + project + "/chats", "{\"run\":\"" + run + "\"}");
        clock.advance(Duration.ofHours(25));
        once("projects", "{\"name\":\"Later\"}");
        assertEquals(1, storedAnswers());
    }

    @Test
    @Order(5)
    void aDeletedProjectAnswersNothingFromMemory() throws SQLException {
        String slug =
                LiveServer.json(server.get("/api/v1/projects/" + project)).path("slug").asText();
        once("projects/" + slug + "/segments:undo", "{}");
        ask(chat(run), "How big is segment 1?");
        assertFalse(model.calls().isEmpty(), "what was sent stands in the log until then");
        var analysis = new WeakReference<>(server.workspace.runs().finished(run).analysis());
        assertEquals(200, server.get("/api/v1/runs/" + run + "/metrics").statusCode());
        var deleted = server.send("DELETE", "/api/v1/projects/" + project, "");
        assertEquals(204, deleted.statusCode(), deleted.body());
        assertEquals(404, server.get("/api/v1/runs/" + run + "/metrics").statusCode());
        assertEquals(404, server.get("/api/v1/runs/" + run).statusCode());
        assertEquals(1, storedAnswers(), "that of the project which is there");
        assertTrue(model.calls().isEmpty());
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            System.gc();
                            return analysis.get() == null;
                        });
    }
}
