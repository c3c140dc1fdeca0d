package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** A run with an algorithm and a balance of one's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunChoicesTest {
    @TempDir static Path folder;

    private LiveServer server;
    private String runs;
    private JsonNode first;

    @BeforeAll
    void runOnce() {
        server = new LiveServer(folder.resolve("data"), Map.of());
        String project =
                "/api/v1/projects/"
                        + LiveServer.json(server.post("/api/v1/projects", "{\"name\":\"Shop\"}"))
                                .path("id")
                                .asText();
        runs = project + "/runs";
        var upload =
                new Multipart()
                        .file("customers.csv", ShopCsv.customers(60, 7))
                        .request(server.uri(project + "/datasets"));
        var dataset = LiveServer.json(server.send(upload.build()));
        server.send(
                "PUT",
                "/api/v1/datasets/" + dataset.path("id").asText() + "/schema",
                "{\"columns\":[{\"table\":\"customers.csv\",\"column\":\"churned\","
                        + "\"role\":\"ignore\"}]}");
        first = finished("{\"segments\":3}");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode get(String path) {
        return LiveServer.json(server.get(path));
    }

    private JsonNode finished(String asked) {
        return server.finished(server.post(runs, asked));
    }

    private String from(String more) {
        return "{\"from\":\"" + first.path("id").asText() + "\"," + more + "}";
    }

    @Test
    void theAutomaticChoiceIsNamedWithItsReasonAndItsBalance() {
        assertEquals("auto", first.path("settings").path("algorithm").asText());
        JsonNode summary = first.path("summary");
        assertEquals("mixture", summary.path("algorithm").path("name").asText());
        assertFalse(summary.path("algorithm").path("reason").asText().isBlank());
        double total = 0;
        for (JsonNode share : summary.path("shares")) total += share.asDouble();
        assertEquals(1, total, 1e-9, summary.toString());
    }

    @Test
    void anotherAlgorithmAndSharesAreUsedAndShown() {
        JsonNode run =
                finished(
                        from(
                                "\"algorithm\":\"kmeans\",\"balance\":"
                                        + "{\"text\":\"25%\",\"behaviour\":\"0%\",\"profile\":\"75%\"}"));
        JsonNode settings = run.path("settings");
        assertEquals("kmeans", settings.path("algorithm").asText());
        assertEquals("25.0%", settings.path("balance").path("text").asText());
        assertEquals(3, settings.path("segments").asInt());
        JsonNode summary = run.path("summary");
        assertEquals("kmeans", summary.path("algorithm").path("name").asText());
        assertEquals(0.25, summary.path("shares").path("text").asDouble(), 1e-9);
        assertEquals(0.75, summary.path("shares").path("profile").asDouble(), 1e-9);
    }

    @Test
    void hdbscanFindsItsOwnNumberAndItsTreeCanBeCut() {
        JsonNode dense = finished(from("\"algorithm\":\"hdbscan\",\"segments\":\"auto\""));
        JsonNode summary = dense.path("summary");
        assertTrue(summary.path("reason").asText().contains("HDBSCAN*"), summary.toString());
        String id = dense.path("id").asText();
        int other = summary.path("segments").asInt() == 2 ? 3 : 2;
        JsonNode cut = finished("{\"from\":\"" + id + "\",\"segments\":" + other + "}");
        assertEquals(id, cut.path("cut_from").asText());
        assertEquals(other, cut.path("summary").path("segments").asInt());
        JsonNode again = finished("{\"from\":\"" + cut.path("id").asText() + "\",\"seed\":7}");
        assertEquals("auto", again.path("settings").path("segments").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/algorithm | \"algorithm\":\"dbscan\"",
                "/segments | \"algorithm\":\"hdbscan\",\"segments\":3",
                "/balance | \"balance\":{\"text\":\"60%\",\"profile\":\"60%\"}",
                "/balance | \"balance\":{\"text\":\"60%\",\"profile\":2}",
                "/balance/text | \"balance\":{\"text\":\"much\"}",
                "/balance/text | \"balance\":{\"text\":\"160%\"}"
            })
    void aWrongChoiceIsRefusedAtItsField(String pointer, String more) {
        for (String language : new String[] {"en", "zh-CN"}) {
            var refused = server.post(runs, from(more), "Accept-Language", language);
            assertEquals(4, refused.statusCode() / 100, refused.body());
            assertTrue(refused.body().contains("\"" + pointer + "\""), refused.body());
        }
    }
}
