package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Failure;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API says of requests that are not as it wants them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
    @TempDir static Path folder;

    private LiveServer server;

    @BeforeAll
    void start() {
        server = new LiveServer(folder.resolve("one"), Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String code(HttpResponse<String> answer) {
        return LiveServer.json(answer).path("code").asText();
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/v1/projects, 'GET, POST'",
        "PUT, /api/v1/projects/p, 'GET, PATCH, DELETE'",
        "GET, /api/v1/projects/p/customers:assign, POST",
        "DELETE, /v1/models, GET"
    })
    void anotherMethodIsToldWhichThereAre(String method, String path, String allowed) {
        var answer = server.send(method, path, "");
        assertEquals(405, answer.statusCode());
        assertEquals(allowed, answer.headers().firstValue("Allow").orElse(""));
        assertTrue(answer.body().contains(allowed), answer.body());
    }

    @Test
    void anUnknownParameterIsRefusedWithTheNearestName() {
        var answer = server.get("/api/v1/jobs?stat=failed");
        assertEquals(400, answer.statusCode(), answer.body());
        JsonNode problem = LiveServer.json(answer);
        assertEquals("unknown_parameter", problem.path("code").asText());
        assertEquals("?stat", problem.at("/errors/0/pointer").asText());
        assertTrue(problem.path("detail").asText().contains("\"state\""), answer.body());
        var none = server.get("/api/v1/info?verbose=1");
        assertEquals(400, none.statusCode());
        assertTrue(none.body().contains("takes none"), none.body());
        assertEquals(200, server.get("/v1/models?limit=1").statusCode(), "OpenAI's clients send");
        assertEquals(200, server.send("HEAD", "/api/v1/projects", "").statusCode());
    }

    static Iterable<Map.Entry<String, java.util.Set<String>>> parameters() {
        return QueryParameters.KNOWN.entrySet();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void everyParameterThatIsKnownBelongsToAnAddress(Map.Entry<String, java.util.Set<String>> of) {
        String[] address = of.getKey().split(" ");
        String path = "/api/v1" + address[1].replaceAll("\\{\\w+}", "none");
        var answer =
                server.send(address[0], path + "?" + String.join("=&", of.getValue()) + "=", "");
        assertFalse(answer.body().contains("unknown_parameter"), answer.body());
        assertFalse(answer.body().contains("no_such_address"), answer.body());
        assertFalse(answer.statusCode() == 405, answer.body());
        assertFalse(code(answer).equals("not_found") && answer.body().contains(path), path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=done", "state=FAILED"})
    void aFilterThatNothingCanMatchIsRefused(String filter) {
        assertEquals(400, server.get("/api/v1/jobs?" + filter).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a\",\"name\":\"b\"}          | invalid_json",
                "{\"name\":\"a                            | invalid_json",
                "{\"name\":NaN}                           | invalid_json",
                "{\"name\":\"a\"} {}                      | invalid_json",
                "[]                                       | not_an_object",
                "\"name\"                                 | not_an_object",
                "null                                     | not_an_object",
                "{\"name\":[]}                            | invalid_value",
                "{\"name\":{}}                            | invalid_value"
            })
    void aBodyThatCannotBeReadSaysWhy(String body, String code) {
        var answer = server.post("/api/v1/projects", body);
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(code, code(answer), answer.body());
        String detail = LiveServer.json(answer).path("detail").asText();
        assertFalse(detail.contains("{"), detail);
        assertFalse(detail.contains("at  is"), detail);
    }

    @Test
    void aBodyNestedTooDeeplyIsRefused() {
        String deep = "{\"customers\":[{\"profile\":{\"a\":" + "[".repeat(3000);
        var answer = server.post("/api/v1/projects/p/customers:assign", deep);
        assertEquals(400, answer.statusCode());
        assertEquals("json_over_limit", code(answer), answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "encoder, '\"gpt\"'",
        "seed, 1.5",
        "seed, 99999999999999999999",
        "text_language, '\"fr\"'",
        "language, '\"xx\"'"
    })
    void aSettingThatARunCannotHaveIsRefusedAtOnce(String field, String value) {
        var created = server.post("/api/v1/projects", "{\"name\":\"Settings\"}");
        String project = LiveServer.json(created).path("id").asText();
        String body = "{\"" + field + "\":" + value + "}";
        var answer = server.post("/api/v1/projects/" + project + "/runs", body);
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals("/" + field, LiveServer.json(answer).at("/errors/0/pointer").asText());
    }

    @Test
    void aFieldOfAnActionThatTakesNoneIsRefused() {
        var answer = server.post("/api/v1/jobs/job_none:cancel", "{\"reason\":\"late\"}");
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals("unknown_field", code(answer));
    }

    @Test
    void jsonInTheGuiseOfAFormIsRefused() {
        var answer =
                server.send("POST", "/api/v1/projects", "", "Content-Type", "application/json");
        assertEquals(400, answer.statusCode(), "no body: the name is missing");
        var request =
                java.net.http.HttpRequest.newBuilder(server.uri("/api/v1/projects"))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(
                                java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "{\"name\":\"Forged\"}"))
                        .build();
        assertEquals(415, server.send(request).statusCode());
    }

    @Test
    void aClientThatSendsTooMuchStillReadsWhy() throws IOException {
        byte[] piece = new byte[1 << 16];
        try (var socket = new Socket("127.0.0.1", server.port())) {
            var out = socket.getOutputStream();
            String head =
                    "POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nContent-Length: "
                            + 200 * piece.length;
            out.write((head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 200; i++) out.write(piece);
            out.flush();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
            assertTrue(answer.contains("\"param\":null"), answer);
        }
    }

    @Test
    void chunksThatAreNoneAreTheCallersFault() throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            String request =
                    "POST /api/v1/projects HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "zz\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        }
    }

    @Test
    void ofTwoWhoRenameAProjectTheSecondIsToldOfTheFirst() {
        var created = server.post("/api/v1/projects", "{\"name\":\"Plan\"}");
        String path = "/api/v1/projects/" + LiveServer.json(created).path("id").asText();
        String seen = etag(created);
        assertEquals(seen, LiveServer.json(created).path("etag").asText());
        var first = server.send("PATCH", path, "{\"name\":\"Plan A\"}", "If-Match", seen);
        assertEquals(200, first.statusCode(), first.body());
        var second = server.send("PATCH", path, "{\"name\":\"Plan B\"}", "If-Match", seen);
        assertEquals(412, second.statusCode(), second.body());
        assertEquals("Plan A", LiveServer.json(server.get(path)).path("name").asText());
        String now = etag(server.get(path));
        assertEquals(etag(first), now);
        assertEquals(
                200,
                server.send("PATCH", path, "{\"name\":\"Plan B\"}", "If-Match", now).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"carrier pigeon\"]", "[\"email\",null]", "[\"<b>sms</b>\"]"})
    void aBriefIsMadeForKnownChannelsOnly(String channels) {
        String body = "{\"segment\":\"seg_none\",\"channels\":" + channels + "}";
        var answer = server.post("/api/v1/projects/none/briefs", body);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("/channels/"), answer.body());
        assertEquals(6, LiveServer.json(server.get("/api/v1/info")).path("channels").size());
    }

    @ParameterizedTest
    @CsvSource({
        "storage_full, 507",
        "storage_failed, 503",
        "interrupted, 503",
        "model_away, 503",
        "internal, 500",
        "too_few_customers, 422"
    })
    void aFailureHasTheStatusThatARequestWouldGet(String code, int status) {
        var failure = new Failure(code, Message.of("store.storage_full"));
        Map<String, Object> problem = Problem.of(failure, Language.ENGLISH);
        assertEquals(status, problem.get("status"));
        assertFalse(problem.containsKey("request_id"), "there was no request");
    }

    @Test
    void aRequestCarriedOutBeforeACrashIsNotCarriedOutAgain() throws SQLException {
        Path data = folder.resolve("crash");
        String body = "{\"name\":\"Once\"}";
        try (var first = new LiveServer(data, Map.of())) {
            assertEquals(
                    201, first.post("/api/v1/projects", body, "Idempotency-Key", "k").statusCode());
        }
        // As the ledger is when the server dies between the project and its answer.
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("coterie.db"));
                var statement = connection.createStatement()) {
            statement.execute("update stored_answer set status = -1, location = null, body = null");
        }
        try (var second = new LiveServer(data, Map.of())) {
            var again = second.post("/api/v1/projects", body, "Idempotency-Key", "k");
            assertEquals(409, again.statusCode(), again.body());
            assertEquals("answer_lost", code(again));
            assertEquals(1, second.workspace.projects().list().size());
        }
    }
}
