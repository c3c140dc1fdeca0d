package dev.coterie.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.api.DescribedApi.Operation;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends every operation of the description as its own example, and the same with what must be
 * refused. That each answer is one the description tells of, field by field, is what {@link
 * LiveServer} sees to, here as in all tests of the API.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DescribedAnswersTest {
    private static final List<String> ORDER = List.of("GET", "PUT", "POST", "PATCH", "DELETE");

    /** What needs that something was changed before. */
    private static final List<String> AFTERWARDS = List.of("undoEdit", "undoBrief");

    /** What an example cannot do here, and why it is refused. */
    private static final Map<String, String> REFUSED =
            Map.of(
                    "changeSettings", "no_language_model",
                    "testLanguageModel", "no_language_model",
                    "getModelCall", "no_such_model_call",
                    "cancelJob", "job_ended",
                    "deleteRun", "is_published",
                    "deleteDataset", "dataset_in_use");

    @TempDir static Path folder;

    private final DescribedApi api = DescribedApi.INSTANCE;
    private final Map<String, String> ids = new HashMap<>();
    private LiveServer server;

    @BeforeAll
    void prepare() {
        server = new LiveServer(folder.resolve("data"), Map.of());
        keep("PROJECT", server.post("/api/v1/projects", "{\"name\":\"Described\"}"), "/id");
        String project = "/api/v1/projects/" + ids.get("PROJECT");
        var upload =
                new Multipart()
                        .file("customers.csv", ShopCsv.customers(90, 11, 3))
                        .request(server.uri(project + "/datasets"));
        keep("DATASET", server.send(upload.build()), "/id");
        String roles =
                "{\"columns\":[{\"table\":\"customers.csv\",\"column\":\"churned\",\"role\":\"target\"}]}";
        server.send("PUT", "/api/v1/datasets/" + ids.get("DATASET") + "/schema", roles);
        JsonNode run = server.finished(server.post(project + "/runs", "{\"segments\":3}"));
        ids.put("RUN", run.path("id").asText());
        ids.put("JOB", run.path("job").asText());
        String cut = "{\"from\":\"" + ids.get("RUN") + "\",\"segments\":2}";
        ids.put(
                "OTHER_RUN",
                server.finished(server.post(project + "/runs", cut)).path("id").asText());
        var segments = server.get(project + "/segments");
        keep("SEGMENT", segments, "/data/0/id");
        keep("OTHER_SEGMENT", segments, "/data/1/id");
        keep("CUSTOMER", server.get(project + "/customers"), "/data/0/id");
        keep(
                "EVIDENCE",
                server.get("/api/v1/segments/" + ids.get("SEGMENT") + "/evidence"),
                "/data/0/evidence");
        String brief = "{\"segment\":\"" + ids.get("SEGMENT") + "\"}";
        keep("BRIEF", server.post(project + "/briefs", brief, "Prefer", "wait=20"), "/id");
        keep("CHAT", server.post(project + "/chats", "{\"language\":\"en\"}"), "/id");
        String messages = "/api/v1/chats/" + ids.get("CHAT") + "/messages";
        var proposed = server.post(messages, "{\"text\":\"Make a brief for segment 2 by email\"}");
        keep("MESSAGE", proposed, "/id");
        keep("TOKEN", proposed, "/calls/0/proposal/request/body/token");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void keep(String word, HttpResponse<String> answer, String pointer) {
        String id = LiveServer.json(answer).at(pointer).asText();
        assertTrue(!id.isEmpty(), word + ": " + answer.body());
        ids.put(word, id);
    }

    /** The example of an operation with the ids of what is here in the place of its words. */
    private String filled(String example) {
        String filled = example;
        var words = new ArrayList<>(ids.keySet());
        words.sort(Comparator.comparingInt(String::length).reversed());
        for (String word : words) filled = filled.replaceAll("\\b" + word + "\\b", ids.get(word));
        return filled;
    }

    private JsonNode parameter(JsonNode parameter) {
        String ref = parameter.path("$ref").asText();
        return ref.isEmpty() ? parameter : api.document.at(ref.substring(1));
    }

    /**
     * @param unknown true for ids that nothing has
     */
    private String address(Operation operation, boolean unknown) {
        String path = operation.path();
        var query = new LinkedHashMap<String, String>();
        for (JsonNode each : operation.json().path("parameters")) {
            JsonNode parameter = parameter(each);
            String name = parameter.path("name").asText();
            String example = parameter.path("example").asText();
            if (parameter.path("in").asText().equals("path")) {
                assertTrue(!example.isEmpty(), operation + " has no example of " + name);
                String value = unknown ? "99999" : filled(example);
                path =
                        path.replace(
                                "{" + name + "}", URLEncoder.encode(value, StandardCharsets.UTF_8));
            } else if (parameter.path("in").asText().equals("query") && !example.isEmpty()) {
                query.put(name, filled(example));
            }
        }
        var parts = query.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
        return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
    }

    private static JsonNode body(Operation operation) {
        return operation.json().at("/requestBody/content/application~1json");
    }

    private HttpResponse<String> sent(Operation operation, boolean unknown) {
        String address = address(operation, unknown);
        if (operation.json().at("/requestBody/content").has("multipart/form-data")) {
            var form = new Multipart().file("customers.csv", ShopCsv.customers(12, 1));
            return server.send(form.request(server.uri(address)).build());
        }
        String example =
                body(operation).has("example")
                        ? filled(body(operation).path("example").toString())
                        : "";
        return server.send(operation.method(), address, example, "Prefer", "wait=20");
    }

    /** Deletes what the others read, so it comes last. */
    @Test
    @Order(Integer.MAX_VALUE)
    void everyExampleWorks() {
        var ordered = new ArrayList<>(api.operations);
        ordered.sort(
                Comparator.comparingInt(DescribedAnswersTest::place)
                        .thenComparingInt(o -> o.id().equals("deleteProject") ? 1 : 0));
        for (Operation operation : ordered) {
            if (operation.id().equals("deleteProject")) waitForJobs();
            HttpResponse<String> answer = sent(operation, false);
            String refused = REFUSED.get(operation.id());
            if (refused == null) {
                assertEquals(2, answer.statusCode() / 100, operation + ": " + answer.body());
            } else {
                assertEquals(refused, LiveServer.json(answer).path("code").asText(), answer.body());
            }
        }
    }

    private static int place(Operation operation) {
        boolean late = AFTERWARDS.contains(operation.id());
        return ORDER.indexOf(late ? "PATCH" : operation.method()) * 2 + (late ? 1 : 0);
    }

    private void waitForJobs() {
        await().until(
                        () ->
                                !server.get("/api/v1/jobs")
                                        .body()
                                        .matches("(?s).*\"state\":\"(queued|running)\".*"));
    }

    @Test
    void whatIsNotThereIsRefusedAsDescribed() {
        for (Operation operation : api.operations) {
            if (!operation.path().contains("{")) continue;
            HttpResponse<String> answer = sent(operation, true);
            int status = answer.statusCode();
            assertTrue(status == 404 || status == 422 || status == 400, operation + " " + status);
        }
    }

    @Test
    void parametersAndBodiesThatAreWrongAreRefusedAsDescribed() {
        for (Operation operation : api.operations) {
            String address = address(operation, false).replaceFirst("\\?.*", "");
            if (address.startsWith("/api/")) {
                var unknown = server.send(operation.method(), address + "?unheard=1", "");
                assertEquals("unknown_parameter", LiveServer.json(unknown).path("code").asText());
            }
            if (body(operation).isMissingNode()) continue;
            var broken = server.send(operation.method(), address, "{\"a");
            assertEquals(400, broken.statusCode(), operation + ": " + broken.body());
            var plain =
                    HttpRequest.newBuilder(server.uri(address))
                            .header("Content-Type", "text/plain")
                            .method(operation.method(), HttpRequest.BodyPublishers.ofString("x"))
                            .build();
            assertEquals(415, server.send(plain).statusCode(), operation.toString());
        }
    }

    @Test
    void withoutTheKeyEveryOperationIsRefusedAsDescribed() {
        var locked =
                new LiveServer(
                        folder.resolve("locked"), Map.of("COTERIE_ADMIN_KEY", "long secret"));
        try (locked) {
            for (Operation operation : api.operations) {
                var answer = locked.send(operation.method(), address(operation, true), "");
                boolean open = operation.json().at("/responses/401").isMissingNode();
                assertEquals(!open, answer.statusCode() == 401, operation.toString());
            }
        }
    }

    @Test
    void theMapBeginsAsDescribed() throws Exception {
        var request =
                HttpRequest.newBuilder(server.uri("/api/v1/runs/" + ids.get("RUN") + "/map"))
                        .build();
        byte[] bytes = server.client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        JsonNode header =
                new ObjectMapper().readTree(new String(bytes, 4, length, StandardCharsets.UTF_8));
        Operation map = api.operation("GET", "/api/v1/runs/r/map").orElseThrow();
        api.valid("map ", map.json().path("x-header"), header);
        assertEquals(0, (4 + length) % 8);
        assertEquals(4 + length + 6 * header.path("n").asInt(), bytes.length);
    }

    @Test
    void streamsTellWhatIsDescribed() {
        String chat = server.post("/api/v1/projects/" + ids.get("PROJECT") + "/chats", "").body();
        String id = chat.replaceFirst("(?s).*?\"id\":\"(\\w+)\".*", "$1");
        var events =
                server.post(
                        "/api/v1/chats/" + id + "/messages",
                        "{\"text\":\"Compare segments 1 and 2\"}",
                        "Accept",
                        "text/event-stream");
        assertTrue(events.body().contains("event: tool.result"), events.body());
        assertTrue(events.body().contains("event: message.end"), events.body());
        var job = server.get("/api/v1/jobs/" + ids.get("JOB") + "/events");
        assertTrue(job.body().contains("event: job.end"), job.body());
    }
}
