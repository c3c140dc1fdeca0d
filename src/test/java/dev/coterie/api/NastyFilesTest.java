package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each malformed or hostile file leads over HTTP to what its manifest says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NastyFilesTest {
    private static final Path NASTY = Path.of("src/test/resources/nasty");

    @TempDir static Path folder;

    private LiveServer server;

    @BeforeAll
    void start() {
        server = new LiveServer(folder.resolve("data"), Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    record Case(JsonNode entry) {
        @Override
        public String toString() {
            return entry.path("file").asText();
        }
    }

    static Stream<Case> cases() throws IOException {
        JsonNode manifest =
                new ObjectMapper().readTree(Files.readAllBytes(NASTY.resolve("manifest.json")));
        return StreamSupport.stream(manifest.path("files").spliterator(), false).map(Case::new);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void uploadIsAnsweredAsTheManifestSays(Case nasty) throws IOException {
        JsonNode entry = nasty.entry();
        String project = newProject();
        HttpResponse<String> answer = upload(project, nasty.toString(), bytes(nasty.toString()));
        assertEquals(entry.path("http_status").asInt(), answer.statusCode(), answer.body());
        JsonNode body = LiveServer.json(answer);
        String said = answer.body();
        if (answer.statusCode() == 201) {
            long in = 0;
            long kept = 0;
            long rejected = 0;
            for (JsonNode table : body.path("tables")) {
                in += table.path("rows").path("in").asLong();
                rejected += table.path("rows").path("rejected").asLong();
                kept +=
                        table.path("rows").path("kept").asLong()
                                + table.path("rows").path("merged").asLong();
            }
            assertEquals(entry.path("rows_in").asLong(), in);
            assertEquals(entry.path("rows_kept").asLong(), kept);
            assertEquals(entry.path("rows_rejected").asLong(), rejected);
            assertEquals(rejected, body.path("rejects").path("total").asLong());
            boolean warned = body.path("warnings").findValuesAsText("severity").contains("warning");
            if (entry.path("action").asText().equals("accept_with_warning")) assertTrue(warned);
            said += refusedRun(entry, project, body);
        } else {
            assertTrue(
                    answer.headers()
                            .firstValue("Content-Type")
                            .orElse("")
                            .startsWith("application/problem+json"));
            assertEquals(0, server.workspace.datasets().list(project).size());
        }
        for (JsonNode word : entry.path("message_must_mention")) {
            assertTrue(plain(said).contains(plain(word.asText())), word.asText() + " in " + said);
        }
        assertFalse(said.contains("Exception"), said);
        assertFalse(said.contains("NaN,") || said.contains("Infinity,"), "valid JSON");
    }

    /** The answer to starting a run on it. */
    private String refusedRun(JsonNode entry, String project, JsonNode dataset) {
        if (!entry.path("run_refused").asBoolean()) {
            assertFalse(
                    dataset.path("blocked").path("code").asText().equals("too_few_customers"),
                    dataset.toString());
            return "";
        }
        var run = server.post("/api/v1/projects/" + project + "/runs", "{}");
        assertEquals(422, run.statusCode());
        assertEquals(entry.path("run_code").asText(), LiveServer.json(run).path("code").asText());
        return run.body();
    }

    @Test
    void aBodyOverTheLimitIsRefusedWithTheLimit() {
        try (var small =
                new LiveServer(
                        folder.resolve("small"), Map.of("COTERIE_LIMITS_REQUEST_BYTES", "5000"))) {
            String project =
                    LiveServer.json(small.post("/api/v1/projects", "{\"name\":\"Small\"}"))
                            .path("id")
                            .asText();
            var request =
                    new Multipart()
                            .file("large.csv", new byte[20_000])
                            .request(small.uri("/api/v1/projects/" + project + "/datasets"));
            var answer = small.send(request.build());
            assertEquals(413, answer.statusCode());
            assertTrue(answer.body().contains("5,000"), answer.body());
        }
    }

    @Test
    void aNameThatIsAPathIsOnlyAName() throws IOException {
        String project = newProject();
        var answer = upload(project, "../../../tmp/evil.csv", bytes("03_bom_utf8.csv"));
        assertEquals(201, answer.statusCode());
        JsonNode file = LiveServer.json(answer).path("files").path(0);
        assertEquals("evil.csv", file.path("name").asText());
        assertTrue(
                Files.exists(folder.resolve("data/uploads").resolve(file.path("sha256").asText())));
    }

    @Test
    void refusedRowsCanBeDownloaded() throws IOException {
        String project = newProject();
        var dataset =
                LiveServer.json(
                        upload(
                                project,
                                "26_good_and_bad_rows.csv",
                                bytes("26_good_and_bad_rows.csv")));
        String href = dataset.path("rejects").path("href").asText();
        assertEquals(2, LiveServer.json(server.get(href)).path("data").size());
        var csv = server.get(href, "Accept", "text/csv");
        assertEquals(3, csv.body().lines().count(), csv.body());
        assertTrue(csv.headers().firstValue("Content-Disposition").orElse("").contains("attach"));
    }

    private String newProject() {
        var answer = server.post("/api/v1/projects", "{\"name\":\"Nasty\"}");
        return LiveServer.json(answer).path("id").asText();
    }

    private HttpResponse<String> upload(String project, String name, byte[] bytes) {
        var request =
                new Multipart()
                        .file(name, bytes)
                        .request(server.uri("/api/v1/projects/" + project + "/datasets"));
        return server.send(request.build());
    }

    private static byte[] bytes(String name) throws IOException {
        if (!name.equals("11_cell_5mb.csv")) return Files.readAllBytes(NASTY.resolve(name));
        String text =
                "customer_id,age,city,income,review\n"
                        + "1,34,Leeds,42000,\"Lovely dress, true to size\"\n2,51,York,38500,\""
                        + "very long review ".repeat(294_118).substring(0, 5_000_000)
                        + "\"\n3,28,Bath,51000,Fast delivery and soft fabric\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("(?<=\\d)[,\u00a0 ](?=\\d{3})", "");
    }
}
