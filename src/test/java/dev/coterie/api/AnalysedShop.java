package dev.coterie.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A test's own server with a shop's file and one finished run of three segments. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AnalysedShop {
    static final int CUSTOMERS = 90;

    @TempDir static Path folder;

    LiveServer server;
    String project;
    String job;
    String run;

    @BeforeAll
    void runOnce() {
        server = new LiveServer(folder.resolve("data"), Map.of());
        project =
                LiveServer.json(server.post("/api/v1/projects", "{\"name\":\"Shop EU\"}"))
                        .path("id")
                        .asText();
        var upload =
                new Multipart()
                        .file("customers.csv", ShopCsv.customers(CUSTOMERS, 7))
                        .request(server.uri("/api/v1/projects/" + project + "/datasets"));
        var dataset = server.send(upload.build());
        assertEquals(201, dataset.statusCode(), dataset.body());
        String id = LiveServer.json(dataset).path("id").asText();
        var roles =
                server.send(
                        "PUT",
                        "/api/v1/datasets/" + id + "/schema",
                        "{\"columns\":[{\"table\":\"customers.csv\",\"column\":\"churned\","
                                + "\"role\":\"target\"}]}");
        assertEquals(200, roles.statusCode(), roles.body());
        assertTrue(LiveServer.json(roles).path("roles_confirmed").asBoolean());
        var started = server.post("/api/v1/projects/" + project + "/runs", "{\"segments\":3}");
        assertEquals(202, started.statusCode(), started.body());
        job = LiveServer.json(started).path("id").asText();
        run = LiveServer.json(started).path("run").asText();
        assertEquals("/api/v1/jobs/" + job, started.headers().firstValue("Location").orElse(""));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !get("/api/v1/jobs/" + job).path("finished_at").isNull());
        assertEquals(
                "succeeded",
                get("/api/v1/jobs/" + job).path("state").asText(),
                get("/api/v1/jobs/" + job).toString());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    JsonNode get(String path) {
        return LiveServer.json(server.get(path));
    }

    JsonNode call(String path, String body) {
        return LiveServer.json(server.post(path, body));
    }

    JsonNode segments() {
        return get("/api/v1/projects/" + project + "/segments");
    }
}
