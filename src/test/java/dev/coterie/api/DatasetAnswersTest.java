package dev.coterie.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API says of uploaded files, and of bodies that are none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatasetAnswersTest {
    private LiveServer server;
    private String datasets;

    @BeforeAll
    void serve(@TempDir Path folder) {
        server = new LiveServer(folder.resolve("data"), Map.of());
        String project =
                LiveServer.json(server.post("/api/v1/projects", "{\"name\":\"Shop\"}"))
                        .path("id")
                        .asText();
        datasets = "/api/v1/projects/" + project + "/datasets";
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void samplesTellNobodysMailAddress() {
        var csv = new StringBuilder("customer_id,email,plan\n");
        for (int i = 0; i < 20; i++) {
            csv.append("k").append(i).append(",canary").append(i).append("@mail.example,");
            csv.append(i % 2 == 0 ? "basic" : "gold").append('\n');
        }
        var upload =
                new Multipart()
                        .file("c.csv", csv.toString().getBytes(UTF_8))
                        .request(server.uri(datasets));
        var answer = server.send(upload.build());
        assertEquals(201, answer.statusCode(), answer.body());
        assertFalse(answer.body().contains("canary"), answer.body());
        String id = LiveServer.json(answer).path("id").asText();
        var schema = server.get("/api/v1/datasets/" + id + "/schema");
        assertFalse(schema.body().contains("canary"), schema.body());
        JsonNode plan = LiveServer.json(schema).findValues("columns").get(0).path(2);
        assertEquals("plan", plan.path("name").asText(), schema.body());
        assertEquals("basic", plan.path("samples").path(0).asText(), schema.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=x"})
    void garbageIsNoUpload(String type) {
        var request =
                HttpRequest.newBuilder(server.uri(datasets))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString("garbage"))
                        .build();
        var answer = server.send(request);
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals("not_multipart", LiveServer.json(answer).path("code").asText());
    }
}
