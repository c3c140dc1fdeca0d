package dev.coterie.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.config.TokenPrice;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.llm.LanguageModel;
import dev.coterie.llm.ModelSettings;
import dev.coterie.llm.RawServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault F24 beyond the first minute: what waits for the model, and what comes of it. */
class WaitingTest {
    private static final Pattern SEGMENT =
            Pattern.compile("Segment (seg_\\d+)\\\\n(f\\d+) \\|.*?Frequent words: (\\p{L}+)");
    private static final Pattern FACT = Pattern.compile("\\\\n(f\\d+) \\|");

    @TempDir Path folder;

    private final AtomicBoolean busy = new AtomicBoolean(true);
    private final HandClock clock = new HandClock();

    private void answer(RawServer.Talk talk) throws IOException, InterruptedException {
        if (busy.get()) {
            talk.head(429, "application/json");
            talk.raw("{\"error\":{\"message\":\"Rate limit reached.\"}}");
            return;
        }
        String request = talk.request();
        boolean asked = request.contains(LanguageModel.ONE_WORD);
        boolean naming = request.contains("Segment seg_");
        talk.head(200, "text/event-stream");
        talk.content(asked ? "ready" : naming ? names(request) : ideas(request));
        talk.raw("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        talk.raw(
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":10}}\n\n"
                        + "data: [DONE]\n\n");
    }

    private static String names(String request) {
        return SEGMENT.matcher(request)
                .results()
                .map(
                        m ->
                                "{\"id\":\"%s\",\"name\":\"Steady %s people\",\"who\":\"-\","
                                                .formatted(m.group(1), m.group(3))
                                        + "\"sentences\":[\"They are {{"
                                        + m.group(2)
                                        + "}}.\"]}")
                .collect(Collectors.joining(",", "{\"segments\":[", "]}"));
    }

    private static String ideas(String request) {
        Matcher fact = FACT.matcher(request);
        assertTrue(fact.find(), request);
        return "{\"offers\":[\"Thank all {{" + fact.group(1) + "}} of them.\"],\"messages\":[]}";
    }

    private LiveServer server(RawServer endpoint) {
        return server(endpoint, "2");
    }

    /**
     * @param price of a million tokens, read or written
     */
    private LiveServer server(RawServer endpoint, String price) {
        var each = new BigDecimal(price);
        var settings =
                ModelSettings.priced(
                        ModelSettings.openAi(endpoint.baseUrl()),
                        new TokenPrice(each, each, "EUR"));
        var model = ConfiguredModel.hurried(settings, 0.05);
        return new LiveServer(folder, model, clock);
    }

    private static JsonNode get(LiveServer server, String path) {
        return LiveServer.json(server.get("/api/v1/" + path));
    }

    private static List<String> writers(LiveServer server, String project) {
        var writers = new ArrayList<String>();
        get(server, "projects/" + project + "/segments")
                .path("data")
                .forEach(s -> writers.add(s.path("writer").asText()));
        return writers;
    }

    @Test
    void theModelIsAskedAgainOnceItMayAnswer() throws Exception {
        try (var endpoint = new RawServer(this::answer)) {
            String project;
            String run;
            String brief;
            try (var first = server(endpoint)) {
                project = project(first);
                run = run(first, project);
                assertEquals(List.of("builtin", "builtin", "builtin"), writers(first, project));
                brief = brief(first, project);
                says(get(first, "runs/" + run).path("waiting"));
                says(get(first, "briefs/" + brief).path("waiting"));
                JsonNode waiting = get(first, "jobs?state=waiting").path("data");
                assertEquals(2, waiting.size(), waiting.toString());
            }
            int asked = endpoint.requests().size();
            try (var second = server(endpoint)) {
                JsonNode waiting = get(second, "jobs?state=waiting").path("data");
                assertEquals(2, waiting.size(), "they outlive the server");
                clock.advance(Duration.ofMinutes(2));
                awaitMore(second, waiting);
                List<String> since = endpoint.requests();
                assertTrue(since.size() > asked, "it was asked again");
                for (String request : since.subList(asked, since.size())) {
                    assertTrue(request.contains(LanguageModel.ONE_WORD), "and no more: " + request);
                }
                assertEquals(List.of("builtin", "builtin", "builtin"), writers(second, project));

                busy.set(false);
                // The breaker lets one call through at a time until one succeeds.
                await().atMost(Duration.ofSeconds(40))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(
                                () -> {
                                    clock.advance(Duration.ofMinutes(30));
                                    return allEnded(second);
                                });
                assertEquals(List.of("llm", "llm", "llm"), writers(second, project));
                JsonNode written = get(second, "briefs/" + brief);
                assertEquals("llm", written.path("writer").asText(), written.toString());
                assertTrue(written.path("fallback").isNull());
                assertTrue(written.path("sections").toString().contains("write-brief.en@"));
                assertTrue(get(second, "runs/" + run).path("waiting").isNull());
                costs(get(second, "runs/" + run));
                costs(get(second, "briefs/" + brief));
            }
            try (var third = server(endpoint, "9")) {
                costs(get(third, "runs/" + run));
                costs(get(third, "briefs/" + brief));
            }
        }
    }

    /** At two euros a million tokens, whatever the price is now. */
    private static void costs(JsonNode of) {
        JsonNode usage = of.path("usage");
        long tokens = usage.path("input_tokens").asLong() + usage.path("output_tokens").asLong();
        assertTrue(tokens >= 2 * 1010, "the one word and the text: " + usage);
        assertEquals(tokens * 2 / 1e6, usage.at("/costs/0/amount").asDouble(), 1e-12);
        assertEquals("EUR", usage.at("/costs/0/currency").asText());
        assertEquals(0, usage.path("unpriced_tokens").asLong());
    }

    private static boolean allEnded(LiveServer server) {
        for (JsonNode job : get(server, "jobs").path("data")) {
            if (job.path("finished_at").isNull()) return false;
        }
        return true;
    }

    /** Both jobs have tried, failed and wait for another, later time. */
    private static void awaitMore(LiveServer server, JsonNode before) {
        for (JsonNode job : before) {
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                JsonNode now = get(server, "jobs/" + job.path("id").asText());
                                return now.path("state").asText().equals("waiting")
                                        && !now.path("until").equals(job.path("until"));
                            });
        }
    }

    private void says(JsonNode waiting) {
        assertTrue(waiting.path("reason").asText().contains("slow down"), waiting.toString());
        assertFalse(waiting.toString().contains("Rate limit reached"), "the provider's words");
        Instant until = Instant.parse(waiting.path("until").asText());
        assertTrue(until.isAfter(clock.instant().plusSeconds(30)), waiting.toString());
    }

    private static String project(LiveServer server) {
        String project =
                LiveServer.json(server.post("/api/v1/projects", "{\"name\":\"Shop\"}"))
                        .path("id")
                        .asText();
        var upload =
                new Multipart()
                        .file("customers.csv", ShopCsv.customers(180, 3))
                        .request(server.uri("/api/v1/projects/" + project + "/datasets"));
        assertEquals(201, server.send(upload.build()).statusCode());
        return project;
    }

    private static String run(LiveServer server, String project) {
        String path = "/api/v1/projects/" + project + "/runs";
        return server.finished(server.post(path, "{\"segments\":3}")).path("id").asText();
    }

    private static String brief(LiveServer server, String project) {
        String segment =
                get(server, "projects/" + project + "/segments")
                        .path("data")
                        .path(0)
                        .path("id")
                        .asText();
        String path = "projects/" + project + "/briefs";
        server.post("/api/v1/" + path, "{\"segment\":\"" + segment + "\"}");
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                get(server, path)
                                        .path("data")
                                        .path(0)
                                        .path("status")
                                        .asText()
                                        .equals("ready"));
        String id = get(server, path).path("data").path(0).path("id").asText();
        assertEquals("builtin", get(server, "briefs/" + id).path("writer").asText());
        return id;
    }
}
