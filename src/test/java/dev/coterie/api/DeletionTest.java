package dev.coterie.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
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

    private LiveServer server;
    private String project;
    private String run;

    @BeforeAll
    void runOnce() {
        server = new LiveServer(folder.resolve("data"), Map.of());
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
    void stop() {
        server.close();
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
        String file = "jdbc:sqlite:" + folder.resolve("data").resolve("coterie.db");
        try (var connection = DriverManager.getConnection(file);
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select count(*) from event where owner not in (select id from job)"
                                        + " and owner not in (select id from message)")) {
            found.next();
            return found.getLong(1);
        }
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
    void aDeletedProjectAnswersNothingFromMemory() {
        assertEquals(200, server.get("/api/v1/runs/" + run + "/metrics").statusCode());
        var deleted = server.send("DELETE", "/api/v1/projects/" + project, "");
        assertEquals(204, deleted.statusCode(), deleted.body());
        assertEquals(404, server.get("/api/v1/runs/" + run + "/metrics").statusCode());
        assertEquals(404, server.get("/api/v1/runs/" + run).statusCode());
    }
}
