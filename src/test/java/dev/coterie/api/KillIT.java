package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server in a JVM of its own is killed while it takes uploads, renames and runs: what it answered
 * with 2xx must be there afterwards, and the run must finish by itself.
 */
class KillIT {
    private static final int KILLS = 10;
    private static final Duration READY = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Random random = new Random(20261124);
    private Process server;
    private int port;

    /** What the server has acknowledged, kept by the test. */
    private final Map<String, String> projects = new HashMap<>();

    private final Map<String, String> datasets = new HashMap<>();

    @AfterEach
    void stop() throws Exception {
        if (server != null) kill();
    }

    @Test
    void whatWasAcknowledgedSurvivesEveryKill() throws Exception {
        var readyMillis = new ArrayList<Long>();
        readyMillis.add(start());
        String project = create("Kills");
        String dataset = upload(project, 240);
        String job = startRun(project, dataset);
        for (int kill = 0; kill < KILLS; kill++) {
            int steps = 1 + random.nextInt(6);
            for (int i = 0; i < steps; i++) act(kill * 100 + i);
            killSoon();
            // Not acknowledged any more: whatever happens to these is right.
            tryTo(() -> upload(anyProject(), 60));
            server.waitFor();
            readyMillis.add(start());
            compare();
        }
        awaitEnd(job);
        assertEquals("succeeded", get("/api/v1/jobs/" + job).path("state").asText());
        JsonNode segments = get("/api/v1/projects/" + project + "/segments");
        assertTrue(segments.path("data").size() > 0, segments.toString());
        kill();
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
        start();
        String project = create("Resume");
        int customers = 900;
        String job = startRun(project, upload(project, customers));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> embedded(job) >= 128);
        long reported = embedded(job);
        kill();
        int cached = vectors();
        assertTrue(cached >= reported - 64, cached + " kept of " + reported + " reported");
        assertTrue(cached < customers, "killed before the end");
        start();
        awaitEnd(job);
        assertEquals("succeeded", get("/api/v1/jobs/" + job).path("state").asText());
        kill();
        // the sentences that the blind check of names compares texts with are kept as well
        int sentences = vectors() - customers;
        assertTrue(sentences >= 0 && sentences < 100, sentences + " vectors besides the texts'");
        assertEquals(1, count("select count(*) from run"));
        System.out.printf(
                "killed at %d texts reported, %d kept, %d in all%n", reported, cached, customers);
    }

    private long embedded(String job) throws IOException {
        JsonNode now = get("/api/v1/jobs/" + job);
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
                    get("/api/v1/projects/" + known.getKey()).path("name").asText());
        }
        for (Map.Entry<String, String> known : datasets.entrySet()) {
            JsonNode file = get("/api/v1/datasets/" + known.getKey()).path("files").path(0);
            assertEquals(known.getValue(), file.path("sha256").asText());
            assertTrue(Files.exists(folder.resolve("uploads").resolve(known.getValue())));
        }
    }

    private String create(String name) throws Exception {
        var answer = post("/api/v1/projects", "{\"name\":\"" + name + "\"}", "POST");
        assertEquals(201, answer.statusCode(), answer.body());
        String id = JSON.readTree(answer.body()).path("id").asText();
        projects.put(id, name);
        return id;
    }

    private void rename(String id, String name) throws Exception {
        var answer = post("/api/v1/projects/" + id, "{\"name\":\"" + name + "\"}", "PATCH");
        assertEquals(200, answer.statusCode(), answer.body());
        projects.put(id, name);
    }

    private String upload(String project, int customers) throws Exception {
        byte[] csv = ShopCsv.customers(customers, random.nextInt());
        var request =
                new Multipart()
                        .file("customers.csv", csv)
                        .request(uri("/api/v1/projects/" + project + "/datasets"));
        var answer = send(request.build());
        assertEquals(201, answer.statusCode(), answer.body());
        JsonNode dataset = JSON.readTree(answer.body());
        datasets.put(
                dataset.path("id").asText(), dataset.path("files").path(0).path("sha256").asText());
        return dataset.path("id").asText();
    }

    private String startRun(String project, String dataset) throws Exception {
        var answer =
                post(
                        "/api/v1/projects/" + project + "/runs",
                        "{\"dataset\":\"" + dataset + "\",\"segments\":3}",
                        "POST");
        assertEquals(202, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body()).path("id").asText();
    }

    private void awaitEnd(String job) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> !get("/api/v1/jobs/" + job).path("finished_at").isNull());
    }

    /**
     * @return milliseconds until {@code /ready}
     */
    private long start() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dai.djl.offline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.coterie.Coterie",
                        "serve",
                        "--no-demo",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        folder.toString());
        long begin = System.nanoTime();
        server =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                folder.resolveSibling(folder.getFileName() + ".log").toFile())
                        .start();
        Awaitility.await()
                .atMost(READY.multipliedBy(2))
                .pollInterval(Duration.ofMillis(50))
                .until(this::isReady);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis < READY.toMillis() * 2, "ready after " + millis + " ms");
        return millis;
    }

    private boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(uri("/ready")).build()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** By process id with a separate kill: {@code destroyForcibly} would also close our pipes. */
    private void kill() throws Exception {
        new ProcessBuilder("kill", "-9", Long.toString(server.pid())).start().waitFor();
        server.waitFor();
    }

    private void killSoon() throws IOException {
        double seconds = random.nextInt(400) / 1000.0;
        new ProcessBuilder("sh", "-c", "sleep " + seconds + "; kill -9 " + server.pid()).start();
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

    private JsonNode get(String path) throws IOException {
        var answer = send(HttpRequest.newBuilder(uri(path)).build());
        assertEquals(200, answer.statusCode(), path + " " + answer.body());
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> post(String path, String json, String method) throws IOException {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
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
