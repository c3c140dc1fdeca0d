package dev.coterie.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.coterie.config.Config;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.llm.ModelChoice;
import dev.coterie.llm.ModelSettings;
import dev.coterie.llm.RawServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The language model is chosen among allowed addresses, tested, and what it gets can be read. */
class SettingsTest {
    private static final String CHAT = "/v1/chat/completions";

    @RegisterExtension
    static final WireMockExtension MODEL =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    @TempDir Path folder;

    private final Config.Llm llm =
            ModelSettings.allowing(
                    ModelSettings.openAi("http://127.0.0.1:9/v1"), MODEL.baseUrl() + "/v1");

    private LiveServer server(ConfiguredModel model) {
        return new LiveServer(folder, Map.of(), Optional.of(model), model::calls);
    }

    private static void answers(String word) {
        says(RawServer.chunk(word), "stop");
    }

    private static void says(String chunk, String finish) {
        String stop =
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + finish + "\"}]}";
        MODEL.stubFor(
                post(CHAT)
                        .willReturn(
                                aResponse()
                                        .withHeader("Content-Type", "text/event-stream")
                                        .withBody(
                                                "data: "
                                                        + chunk
                                                        + "\n\ndata: "
                                                        + stop
                                                        + "\n\ndata: [DONE]\n\n")));
    }

    @Test
    void aTestSaysWhatIsWrongAndAfterAnotherChoiceShowsASample() {
        answers("ready");
        ConfiguredModel model = ConfiguredModel.hurried(llm, 0.05);
        try (var server = server(model)) {
            JsonNode before = LiveServer.json(server.get("/api/v1/settings")).path("llm");
            assertEquals("http://127.0.0.1:9/v1", before.path("address").asText());
            assertEquals(2, before.path("addresses").size());
            assertFalse(before.toString().contains(ModelSettings.KEY_CANARY));

            JsonNode failed = LiveServer.json(server.post("/api/v1/settings/llm:test", ""));
            assertFalse(failed.path("works").asBoolean());
            assertFalse(failed.path("problem").asText().isBlank(), failed.toString());

            String other =
                    "{\"llm\":{\"address\":\""
                            + MODEL.baseUrl()
                            + "/v1\",\"model\":\"qwen2.5:3b\"}}";
            JsonNode now = LiveServer.json(server.send("PATCH", "/api/v1/settings", other));
            assertEquals("qwen2.5:3b", now.at("/llm/model").asText(), now.toString());
            JsonNode works = LiveServer.json(server.post("/api/v1/settings/llm:test", ""));
            assertTrue(works.path("works").asBoolean(), works.toString());
            assertEquals("ready", works.path("sample").asText());
            String sent =
                    MODEL.findAll(postRequestedFor(urlEqualTo(CHAT))).get(0).getBodyAsString();
            assertTrue(sent.contains("qwen2.5:3b"), sent);
            assertEquals(
                    Optional.of(new ModelChoice(MODEL.baseUrl() + "/v1", "qwen2.5:3b")),
                    server.workspace.settings().model(),
                    "kept for the next start");
        }
    }

    @Test
    void aModelThatCallsAToolNobodyOfferedHasSaidNothing() {
        says(
                "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"delete_all\","
                        + "\"arguments\":\"{}\"}}]}}]}",
                "tool_calls");
        var there = ModelSettings.openAi(MODEL.baseUrl() + "/v1");
        try (var server = server(ConfiguredModel.hurried(there, 0.05))) {
            var answer = server.post("/api/v1/settings/llm:test", "");
            assertEquals(200, answer.statusCode(), answer.body());
            JsonNode test = LiveServer.json(answer);
            assertFalse(test.path("works").asBoolean(), test.toString());
            assertTrue(test.path("problem").asText().contains("empty"), test.toString());
        }
    }

    @Test
    void anAddressThatTheConfigurationDoesNotAllowIsRefused() {
        try (var server = server(ConfiguredModel.hurried(llm, 0.05))) {
            for (String address : List.of("http://127.0.0.1:9", "http://169.254.169.254/v1")) {
                String asked = "{\"llm\":{\"address\":\"" + address + "\"}}";
                var refused = server.send("PATCH", "/api/v1/settings", asked);
                assertEquals(422, refused.statusCode(), refused.body());
                assertEquals(
                        "/llm/address", LiveServer.json(refused).at("/errors/0/pointer").asText());
            }
            assertEquals(Optional.empty(), server.workspace.settings().model());
        }
    }

    @Test
    void withoutAModelTheSettingsSaySo() {
        try (var server = new LiveServer(folder, Map.of())) {
            assertFalse(
                    LiveServer.json(server.get("/api/v1/settings"))
                            .at("/llm/configured")
                            .asBoolean());
            assertEquals(409, server.post("/api/v1/settings/llm:test", "").statusCode());
        }
    }

    @Test
    void whatWouldBeSentCanBeReadAndIsNotSent() {
        answers("ready");
        try (var server = server(ConfiguredModel.hurried(llm, 0.05))) {
            String project = id(server.post("/api/v1/projects", "{\"name\":\"Shop\"}"));
            var upload =
                    new Multipart()
                            .file("customers.csv", ShopCsv.customers(60, 7))
                            .request(server.uri("/api/v1/projects/" + project + "/datasets"));
            server.send(upload.build());
            String run =
                    server.finished(
                                    server.post(
                                            "/api/v1/projects/" + project + "/runs",
                                            "{\"segments\":3}"))
                            .path("id")
                            .asText();
            for (String purpose : List.of("naming", "brief")) {
                String path = "/api/v1/runs/" + run + "/model-preview?purpose=" + purpose;
                JsonNode requests = LiveServer.json(server.get(path)).path("requests");
                assertTrue(requests.size() > 0, purpose);
                String text = requests.path(0).path("request").asText();
                assertTrue(text.contains("user: "), text);
            }
            assertEquals(0, MODEL.findAll(postRequestedFor(urlEqualTo(CHAT))).size());
            assertEquals(0, LiveServer.json(server.get("/api/v1/model-calls")).path("data").size());
        }
    }

    private static String id(java.net.http.HttpResponse<String> made) {
        return LiveServer.json(made).path("id").asText();
    }
}
