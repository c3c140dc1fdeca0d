package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A word that a field does not know is refused with those it knows, never passed over. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FixedWordsTest {
    private LiveServer server;
    private String project;

    @BeforeAll
    void serve(@TempDir Path folder) {
        server = new LiveServer(folder.resolve("data"), Map.of());
        project =
                LiveServer.json(server.post("/api/v1/projects", "{\"name\":\"Shop\"}"))
                        .path("id")
                        .asText();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "encoding_format, floats, 'float, base64'",
        "truncate, start, 'none, end'",
        "task, query, 'search_document, search_query, clustering, classification'"
    })
    void embeddings(String field, String word, String allowed) {
        var answer =
                server.post(
                        "/v1/embeddings",
                        "{\"input\":\"soft fabric\",\"" + field + "\":\"" + word + "\"}");
        assertEquals(400, answer.statusCode(), answer.body());
        JsonNode error = LiveServer.json(answer).path("error");
        assertEquals(field, error.path("param").asText());
        assertTrue(error.path("message").asText().contains(allowed), answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "tone, formal, plain",
        "writer, robot, 'auto, llm, builtin'",
        "goal, reatin, 'retain, win_back, grow, acquire'",
        "language, fr, 'en, zh-CN'"
    })
    void briefs(String field, String word, String allowed) {
        refused(
                "/api/v1/projects/" + project + "/briefs",
                "{\"segment\":\"seg_1\",\"" + field + "\":\"" + word + "\"}",
                "/" + field,
                allowed);
    }

    @Test
    void runs() {
        refused(
                "/api/v1/projects/" + project + "/runs",
                "{\"text_language\":\"fr\"}",
                "/text_language",
                "auto, en, zh");
    }

    @Test
    void projects() {
        refused(
                "/api/v1/projects",
                "{\"name\":\"Shop\",\"language\":\"fr\"}",
                "/language",
                "en, zh-CN");
    }

    private void refused(String path, String body, String pointer, String allowed) {
        var answer = server.post(path, body);
        assertEquals(400, answer.statusCode(), answer.body());
        String said = answer.body();
        assertTrue(said.contains("\"" + pointer + "\""), said);
        assertTrue(LiveServer.json(answer).path("detail").asText().contains(allowed), said);
    }
}
