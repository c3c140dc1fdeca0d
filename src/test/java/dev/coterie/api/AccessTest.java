package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.RefusedException;
import dev.coterie.error.StorageException;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {
    @TempDir static Path folder;

    private LiveServer server;

    @BeforeAll
    void start() {
        server = new LiveServer(folder.resolve("keyless"), Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/p/shop/r/1/segments",
                "/health",
                "/ready",
                "/api/v1/info",
                "/api/v1/projects",
                "/api/v1/projects/prj_none",
                "/api/v1/nothing",
                "/api/v1/jobs/job_none/events",
                "/v1/models",
                "/v1/nothing",
                "/assets/x/none.js",
                "/webjars/lit-html/3.3.2/lit-html.js",
                "/webjars/../../../etc/passwd",
            })
    void everyAnswerCarriesThePolicy(String path) {
        var headers = server.get(path).headers();
        assertEquals(
                SecurityHeaders.POLICY, headers.firstValue("Content-Security-Policy").orElse(""));
        assertEquals("no-referrer", headers.firstValue("Referrer-Policy").orElse(""));
        assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""));
        assertEquals("same-origin", headers.firstValue("Cross-Origin-Opener-Policy").orElse(""));
        assertFalse(headers.firstValue("Server").isPresent());
    }

    @Test
    void aForeignHostIsRefusedWithoutAKey() throws IOException {
        String answer = raw("GET /api/v1/projects HTTP/1.1\r\nHost: evil.example.invalid\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
        assertTrue(answer.contains("host_refused"), answer);
        assertTrue(answer.contains("Content-Security-Policy"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example.invalid", "null", "https://127.0.0.1.evil.invalid"})
    void aForeignOriginIsRefusedWithoutAKey(String origin) throws IOException {
        String answer =
                raw(
                        "GET /api/v1/projects HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: "
                                + origin
                                + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
    }

    @Test
    void theOwnOriginIsAllowed() throws IOException {
        String answer =
                raw(
                        "GET /api/v1/projects HTTP/1.1\r\nHost: localhost:7070\r\nOrigin:"
                                + " http://localhost:7070\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    }

    @Test
    void aFormOfAnotherPageCannotPost() throws IOException {
        String answer =
                raw(
                        "POST /api/v1/projects HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type:"
                                + " text/plain\r\nContent-Length: 2\r\n",
                        "{}");
        assertTrue(answer.startsWith("HTTP/1.1 415"), answer);
    }

    @Test
    void aSlowlyTypedBodyIsStillTaken() throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            var out = socket.getOutputStream();
            String head =
                    "POST /api/v1/projects HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type:"
                            + " application/json\r\nContent-Length: 14\r\nConnection: close\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            // The server has the head before the body: a client on a slow line does the same.
            org.awaitility.Awaitility.await()
                    .pollDelay(java.time.Duration.ofMillis(300))
                    .until(() -> true);
            out.write("{\"name\":\"Slow\"}".substring(0, 14).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.contains("invalid_json"), answer);
        }
    }

    @Test
    void withAKeyTheApiNeedsItAndThePageDoesNot() {
        try (var keyed =
                new LiveServer(
                        folder.resolve("keyed"), Map.of("COTERIE_ADMIN_KEY", "cot_test_key"))) {
            for (String path : List.of("/api/v1/projects", "/api/v1/info", "/v1/models")) {
                assertEquals(401, keyed.get(path).statusCode(), path);
                assertEquals(
                        401,
                        keyed.get(path, "Authorization", "Bearer cot_wrong").statusCode(),
                        path);
                assertEquals(
                        200,
                        keyed.get(path, "Authorization", "Bearer cot_test_key").statusCode(),
                        path);
            }
            assertEquals(200, keyed.get("/health").statusCode());
            var lower = keyed.get("/api/v1/info", "Authorization", "bearer cot_test_key");
            assertEquals(200, lower.statusCode(), lower.body());
        }
    }

    @Test
    void noSpellingOfAPathGoesAroundTheKey() throws IOException {
        List<String> spellings =
                List.of(
                        "/%61pi/v1/info",
                        "/api%2Fv1/info",
                        "//api/v1/info",
                        "/./api/v1/info",
                        "/health/../api/v1/info",
                        "/api;x/v1/info",
                        "/API/v1/info",
                        "/api/v1/info/",
                        "/%76%31/models");
        try (var keyed =
                new LiveServer(
                        folder.resolve("spelled"), Map.of("COTERIE_ADMIN_KEY", "cot_test_key"))) {
            for (String path : spellings) {
                String answer = raw(keyed, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
                assertFalse(answer.contains("max_tokens"), path + ": " + answer);
            }
        }
    }

    @Test
    void anotherAddressWithoutAKeyIsRefusedAtStart() {
        var e =
                assertThrows(
                        RefusedException.class,
                        () ->
                                new LiveServer(
                                        folder.resolve("open"), Map.of("COTERIE_HOST", "0.0.0.0")));
        assertTrue(e.getMessage().contains("COTERIE_ADMIN_KEY"), e.getMessage());
        assertTrue(e.getMessage().contains("0.0.0.0"), e.getMessage());
    }

    @Test
    void aSecondServerOnTheFolderIsRefused() {
        var e =
                assertThrows(
                        StorageException.class,
                        () -> new LiveServer(folder.resolve("keyless"), Map.of()));
        assertEquals("folder_in_use", e.code());
    }

    @Test
    void problemsSayWhatToDoInTheCallersLanguage() {
        HttpResponse<String> english = server.get("/api/v1/projects/prj_none");
        assertEquals(404, english.statusCode());
        assertEquals(
                "application/problem+json;charset=utf-8",
                english.headers().firstValue("Content-Type").orElse("").replace(" ", ""));
        var problem = LiveServer.json(english);
        assertEquals("not_found", problem.path("code").asText());
        assertEquals(404, problem.path("status").asInt());
        assertEquals("/docs/errors#not_found", problem.path("type").asText());
        assertEquals(
                english.headers().firstValue("X-Request-Id").orElse(""),
                problem.path("request_id").asText());
        var chinese =
                LiveServer.json(
                        server.get("/api/v1/projects/prj_none", "Accept-Language", "zh-CN"));
        assertEquals("not_found", chinese.path("code").asText());
        assertEquals("未找到", chinese.path("title").asText());
    }

    @Test
    void anUnknownFieldIsRefusedWithTheNearestName() {
        var answer = server.post("/api/v1/projects", "{\"nmae\":\"Shop\"}");
        assertEquals(400, answer.statusCode());
        var problem = LiveServer.json(answer);
        assertEquals("unknown_field", problem.path("code").asText());
        assertEquals("/nmae", problem.path("errors").path(0).path("pointer").asText());
        assertTrue(problem.path("detail").asText().contains("\"name\""));
    }

    @Test
    void anotherMethodIs405AndAnotherAddress404() {
        assertEquals(405, server.send("PUT", "/api/v1/projects", "{}").statusCode());
        assertEquals(404, server.post("/api/v1/nothing", "{}").statusCode());
        assertEquals(404, server.get("/api/v1/nothing").statusCode());
    }

    @Test
    void aRepeatedRequestWithAKeyHappensOnce() {
        var first = server.post("/api/v1/projects", "{\"name\":\"Once\"}", "Idempotency-Key", "k1");
        var again = server.post("/api/v1/projects", "{\"name\":\"Once\"}", "Idempotency-Key", "k1");
        assertEquals(201, first.statusCode());
        assertEquals(201, again.statusCode());
        assertEquals(first.body(), again.body());
        assertEquals("true", again.headers().firstValue("Idempotency-Replayed").orElse(""));
        var other =
                server.post("/api/v1/projects", "{\"name\":\"Other\"}", "Idempotency-Key", "k1");
        assertEquals(422, other.statusCode());
        long count =
                server.workspace.projects().list().stream()
                        .filter(p -> p.name().equals("Once"))
                        .count();
        assertEquals(1, count);
    }

    @Test
    void aKeyOfAnUploadIsNotAnsweredForAnotherFileOfTheSameSize() {
        String project =
                LiveServer.json(server.post("/api/v1/projects", "{\"name\":\"Files\"}"))
                        .path("id")
                        .asText();
        var first = upload(project, "id,age\n1,40\n2,50\n3,60\n");
        var again = upload(project, "id,age\n1,40\n2,50\n3,60\n");
        var other = upload(project, "id,age\n1,41\n2,51\n3,61\n");
        assertEquals(201, first.statusCode(), first.body());
        assertEquals(first.body(), again.body());
        assertEquals("true", again.headers().firstValue("Idempotency-Replayed").orElse(""));
        assertEquals(422, other.statusCode(), other.body());
        assertEquals("key_reused", LiveServer.json(other).path("code").asText());
        assertEquals(1, server.workspace.datasets().count(project));
    }

    private HttpResponse<String> upload(String project, String csv) {
        var upload =
                new Multipart()
                        .file("customers.csv", csv.getBytes(StandardCharsets.UTF_8))
                        .request(server.uri("/api/v1/projects/" + project + "/datasets"));
        return server.send(upload.header("Idempotency-Key", "file").build());
    }

    private String raw(String head, String... body) throws IOException {
        return raw(server, head, body);
    }

    private static String raw(LiveServer server, String head, String... body) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            String request = head + "Connection: close\r\n\r\n" + String.join("", body);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
