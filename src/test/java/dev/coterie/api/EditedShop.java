package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A shop with a finished run whose segments a test edits, with restarts in between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EditedShop {
    static final int STRANGERS = 9;
    static final int CUSTOMERS = 240;
    static final Pattern REFERENCE = Pattern.compile("\\{\\{(f\\d+)}}");

    @TempDir static Path folder;

    LiveServer server;
    String project;
    String run;

    @BeforeAll
    void runOnce() {
        server = new LiveServer(folder.resolve("data"), Map.of());
        project = json(server.post("/api/v1/projects", "{\"name\":\"Edits\"}")).path("id").asText();
        var upload =
                new Multipart()
                        .file("customers.csv", ShopCsv.customers(CUSTOMERS, 11, STRANGERS))
                        .request(server.uri("/api/v1/projects/" + project + "/datasets"));
        String dataset = LiveServer.json(server.send(upload.build())).path("id").asText();
        server.send(
                "PUT",
                "/api/v1/datasets/" + dataset + "/schema",
                "{\"columns\":[{\"table\":\"customers.csv\",\"column\":\"churned\","
                        + "\"role\":\"target\"}]}");
        run = finished(server.post("/api/v1/projects/" + project + "/runs", "{\"segments\":5}"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Every test leaves the segments as the analysis found them. */
    @AfterEach
    void undoAll() {
        while (undo().statusCode() == 200) continue;
        assertEquals(5, segments().path("data").size());
    }

    static JsonNode json(HttpResponse<String> response) {
        assertTrue(response.statusCode() < 300, response.body());
        return LiveServer.json(response);
    }

    JsonNode get(String path) {
        return json(server.get(path));
    }

    String finished(HttpResponse<String> started) {
        return server.finished(started).path("id").asText();
    }

    JsonNode segments() {
        return get("/api/v1/projects/" + project + "/segments");
    }

    String id(int number) {
        return segments().path("data").path(number - 1).path("id").asText();
    }

    HttpResponse<String> merge(String rest, String... headers) {
        return server.post(
                "/api/v1/projects/" + project + "/segments:merge", "{" + rest + "}", headers);
    }

    static String named(String... ids) {
        return "\"segments\":[\"" + String.join("\",\"", ids) + "\"]";
    }

    HttpResponse<String> split(String id, String rest, String... headers) {
        return server.post("/api/v1/segments/" + id + ":split", "{" + rest + "}", headers);
    }

    HttpResponse<String> move(String action, String rest) {
        return server.post(
                "/api/v1/projects/" + project + "/customers:" + action, "{" + rest + "}");
    }

    HttpResponse<String> patch(String path, String json, String... headers) {
        return server.send("PATCH", path, json, headers);
    }

    JsonNode brief(String segment) {
        String asked = "{\"segment\":\"" + segment + "\",\"language\":\"en\"}";
        return json(
                server.post("/api/v1/projects/" + project + "/briefs", asked, "Prefer", "wait=20"));
    }

    HttpResponse<String> undo() {
        return server.post("/api/v1/projects/" + project + "/segments:undo", "");
    }

    void restart() {
        server.close();
        server = new LiveServer(folder.resolve("data"), Map.of());
    }

    /** Segment number of every customer, as the customers' list says. */
    List<Integer> labels() {
        var labels = new ArrayList<Integer>();
        get("/api/v1/projects/" + project + "/customers?limit=1000")
                .path("data")
                .forEach(c -> labels.add(c.path("segment").path("number").asInt()));
        return labels;
    }

    static long counted(List<Integer> labels, int number) {
        return labels.stream().filter(l -> l == number).count();
    }

    /** List, members, map, facts and assigning must tell the same segments. */
    void everythingAgrees() throws Exception {
        JsonNode list = segments();
        List<Integer> labels = labels();
        assertEquals(CUSTOMERS, labels.size());
        for (JsonNode segment : list.path("data")) {
            int number = segment.path("number").asInt();
            long size = counted(labels, number);
            assertEquals(size, segment.path("size").path("count").asLong(), segment.toString());
            assertEquals(
                    size,
                    get("/api/v1/segments/" + segment.path("id").asText() + "/members")
                            .path("page")
                            .path("total")
                            .asLong());
            JsonNode whole = get("/api/v1/segments/" + segment.path("id").asText());
            for (JsonNode sentence : whole.path("description")) {
                var matcher = REFERENCE.matcher(sentence.path("text").asText());
                while (matcher.find()) {
                    JsonNode fact = whole.path("facts").path(matcher.group(1));
                    assertFalse(fact.isMissingNode(), sentence.toString());
                }
            }
        }
        var names = list.path("data").findValuesAsText("name");
        assertEquals(names.size(), names.stream().distinct().count(), names.toString());
        var map = HttpRequest.newBuilder(server.uri("/api/v1/runs/" + run + "/map")).build();
        byte[] bytes = server.client.send(map, HttpResponse.BodyHandlers.ofByteArray()).body();
        int header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        int[] drawn = new int[256];
        for (int i = 0; i < CUSTOMERS; i++) drawn[bytes[4 + header + CUSTOMERS * 4 + i]]++;
        for (int number = 1; number <= list.path("data").size(); number++) {
            assertEquals(counted(labels, number), drawn[number]);
        }
        var known = new StringBuilder();
        get("/api/v1/projects/" + project + "/customers?limit=1000")
                .path("data")
                .forEach(c -> known.append(",{\"id\":").append(c.path("source_id")).append('}'));
        JsonNode assigned =
                json(move("assign", "\"customers\":[" + known.substring(1) + "]")).path("data");
        for (int i = 0; i < CUSTOMERS; i++) {
            assertEquals(
                    labels.get(i),
                    assigned.path(i).path("segment").path("number").asInt(),
                    assigned.path(i).toString());
        }
    }
}
