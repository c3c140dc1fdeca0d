package dev.coterie.chat;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.coterie.describe.Analysis;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.llm.ModelSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A chat endpoint that says what it was told to. */
final class ScriptedModel extends WireMockExtension {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/v1/chat/completions";

    ScriptedModel() {
        super(newInstance().options(options().dynamicPort()));
    }

    /**
     * The model behind this endpoint, asked again without long pauses; time for a cold start stays.
     */
    ConfiguredModel model() {
        return ConfiguredModel.hurried(ModelSettings.openAi(baseUrl() + "/v1"), 0.15);
    }

    /** The reference to a fact of a segment. */
    static String fact(Analysis analysis, int segment, String what) {
        return analysis.description().facts().values().stream()
                .filter(f -> f.segment() == segment)
                .filter(f -> f.label().key().equals("describe.fact." + what))
                .map(f -> "{{" + f.id() + "}}")
                .findFirst()
                .orElseThrow();
    }

    private static String event(Object delta, String finish) {
        try {
            return JSON.writeValueAsString(
                    Map.of(
                            "choices",
                            List.of(
                                    finish == null
                                            ? Map.of("index", 0, "delta", delta)
                                            : Map.of(
                                                    "index",
                                                    0,
                                                    "delta",
                                                    delta,
                                                    "finish_reason",
                                                    finish))));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static ResponseDefinitionBuilder stream(String... events) {
        var body = new StringBuilder();
        for (String event : events) body.append("data: ").append(event).append("\n\n");
        return aResponse()
                .withHeader("Content-Type", "text/event-stream")
                .withBody(body.append("data: [DONE]\n\n").toString());
    }

    /** An answer in small pieces, so that references are split between them. */
    static ResponseDefinitionBuilder says(String text) {
        var events =
                Stream.concat(
                        IntStream.range(0, (text.length() + 4) / 5)
                                .mapToObj(
                                        i ->
                                                text.substring(
                                                        i * 5, Math.min(text.length(), i * 5 + 5)))
                                .map(piece -> event(Map.of("content", piece), null)),
                        Stream.of(event(Map.of(), "stop")));
        return stream(events.toArray(String[]::new));
    }

    static ResponseDefinitionBuilder calls(String... idNameArguments) {
        var calls =
                IntStream.range(0, idNameArguments.length / 3)
                        .mapToObj(
                                i ->
                                        Map.of(
                                                "index",
                                                i,
                                                "id",
                                                idNameArguments[i * 3],
                                                "type",
                                                "function",
                                                "function",
                                                Map.of(
                                                        "name",
                                                        idNameArguments[i * 3 + 1],
                                                        "arguments",
                                                        idNameArguments[i * 3 + 2])))
                        .toList();
        return stream(event(Map.of("tool_calls", calls), null), event(Map.of(), "tool_calls"));
    }

    /** The n-th request gets the n-th reply; the last one serves all that follow. */
    void script(ResponseDefinitionBuilder... replies) {
        for (int i = 0; i < replies.length; i++) {
            boolean last = i == replies.length - 1;
            stubFor(
                    post(PATH)
                            .inScenario("chat")
                            .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "step " + i)
                            .willReturn(replies[i])
                            .willSetStateTo(
                                    last
                                            ? (i == 0 ? Scenario.STARTED : "step " + i)
                                            : "step " + (i + 1)));
        }
    }

    List<JsonNode> requests() {
        return findAll(postRequestedFor(urlEqualTo(PATH))).stream()
                .map(
                        r -> {
                            try {
                                return JSON.readTree(r.getBodyAsString());
                            } catch (JsonProcessingException e) {
                                throw new AssertionError(e);
                            }
                        })
                .toList();
    }
}
