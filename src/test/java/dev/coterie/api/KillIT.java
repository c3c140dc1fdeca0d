package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server in a JVM of its own is killed while it takes uploads, renames and runs: what it answered
 * with 2xx must be there afterwards, and the run must finish by itself.
 */
class KillIT {
    private static final int KILLS = 10;

    @TempDir Path folder;

    private final Random random = new Random(20261124);
    private ServerProcess server;

    /** What the server has acknowledged, kept by the test. */
    private final Map<String, String> projects = new HashMap<>();

    private final Map<String, String> datasets = new HashMap<>();

    @BeforeEach
    void make() {
        server = new ServerProcess(folder, Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void whatWasAcknowledgedSurvivesEveryKill() throws Exception {
        var readyMillis = new ArrayList<Long>();
        readyMillis.add(server.start());
        String project = create("Kills");
        String dataset = upload(project, 240);
        String job = startRun(project, dataset);
        for (int kill = 0; kill < KILLS; kill++) {
            int steps = 1 + random.nextInt(6);
            for (int i = 0; i < steps; i++) act(kill * 100 + i);
            server.killAfter(random.nextInt(400) / 1000.0);
            // Not acknowledged any more: whatever happens to these is right.
            tryTo(() -> upload(anyProject(), 60));
            server.waitForEnd();
            readyMillis.add(server.start());
            compare();
        }
        server.awaitEnd(job);
        assertEquals("succeeded", server.get("/api/v1/jobs/" + job).path("state").asText());
        JsonNode segments = server.get("/api/v1/projects/" + project + "/segments");
        assertTrue(segments.path("data").size() > 0, segments.toString());
        server.kill();
        assertEquals(1, count("select count(*) from run where state = 'succeeded'"));
        assertEquals(
                count("select count(*) from segment"),
                segments.path("data").size(),
                "its effects happened once");
        assertEquals(
                count("select count(distinct sha256) from dataset_file"),
                files(),
                "neither a row without its file nor, after a start, a file without a row");
        System.out.printf(
                "kills %d, acknowledged %d projects %d uploads, lost 0, ready after %s ms%n",
                KILLS, projects.size(), datasets.size(), readyMillis);
    }

    @Test
    void aRunKilledWhileEmbeddingGoesOnWithoutEmbeddingAgain() throws Exception {
        server.start();
        String project = create("Resume");
        int customers = 900;
        String job = startRun(project, upload(project, customers));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> embedded(job) >= 128);
        long reported = embedded(job);
        server.kill();
        int cached = vectors();
        assertTrue(cached >= reported - 64, cached + " kept of " + reported + " reported");
        assertTrue(cached < customers, "killed before the end");
        server.start();
        server.awaitEnd(job);
        assertEquals("succeeded", server.get("/api/v1/jobs/" + job).path("state").asText());
        server.kill();
        // the sentences that the blind check of names compares texts with are kept as well
        int sentences = vectors() - customers;
        assertTrue(sentences >= 0 && sentences < 100, sentences + " vectors besides the texts'");
        assertEquals(1, count("select count(*) from run"));
        System.out.printf(
                "killed at %d texts reported, %d kept, %d in all%n", reported, cached, customers);
    }

    private long embedded(String job) throws IOException {
        JsonNode now = server.get("/api/v1/jobs/" + job);
        boolean embedding = now.path("stage").path("key").asText().equals("embed");
        return embedding ? now.path("progress").path("done").asLong() : 0;
    }

    private int vectors() throws Exception {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("vectors.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from vector")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void act(int n) throws Exception {
        if (n % 3 == 0) {
            create("Project " + n);
        } else if (n % 3 == 1) {
            upload(anyProject(), 8 + random.nextInt(20));
        } else {
            rename(anyProject(), "Renamed " + n);
        }
    }

    private String anyProject() {
        var ids = new ArrayList<>(projects.keySet());
        ids.sort(String::compareTo);
        return ids.get(random.nextInt(ids.size()));
    }

    private void compare() throws Exception {
        for (Map.Entry<String, String> known : projects.entrySet()) {
            assertEquals(
                    known.getValue(),
                    server.get("/api/v1/projects/" + known.getKey()).path("name").asText());
        }
        for (Map.Entry<String, String> known : datasets.entrySet()) {
            JsonNode file = server.get("/api/v1/datasets/" + known.getKey()).path("files").path(0);
            assertEquals(known.getValue(), file.path("sha256").asText());
            assertTrue(Files.exists(folder.resolve("uploads").resolve(known.getValue())));
        }
    }

    private String create(String name) throws IOException {
        var answer = server.send("POST", "/api/v1/projects", "{\"name\":\"" + name + "\"}");
        String id = ServerProcess.good(answer, 201).path("id").asText();
        projects.put(id, name);
        return id;
    }

    private void rename(String id, String name) throws IOException {
        var body = "{\"name\":\"" + name + "\"}";
        ServerProcess.good(server.send("PATCH", "/api/v1/projects/" + id, body), 200);
        projects.put(id, name);
    }

    private String upload(String project, int customers) throws IOException {
        JsonNode dataset = server.upload(project, ShopCsv.customers(customers, random.nextInt()));
        datasets.put(
                dataset.path("id").asText(), dataset.path("files").path(0).path("sha256").asText());
        return dataset.path("id").asText();
    }

    private String startRun(String project, String dataset) throws IOException {
        var answer =
                server.send(
                        "POST",
                        "/api/v1/projects/" + project + "/runs",
                        "{\"dataset\":\"" + dataset + "\",\"segments\":3}");
        return ServerProcess.good(answer, 202).path("id").asText();
    }

    private interface Attempt {
        void run() throws Exception;
    }

    /** The server may die under it: an upload that got no answer is in no list of ours. */
    private static void tryTo(Attempt attempt) {
        try {
            attempt.run();
        } catch (Exception e) {
            // As expected: nothing was acknowledged.
        }
    }

    private int count(String sql) throws Exception {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("coterie.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private int files() throws IOException {
        try (var files = Files.list(folder.resolve("uploads"))) {
            return (int) files.count();
        }
    }
}
