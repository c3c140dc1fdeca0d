package dev.coterie.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.brief.BriefWriter;
import dev.coterie.chat.ChatEncoders;
import dev.coterie.chat.ChatEngine;
import dev.coterie.collect.Collector;
import dev.coterie.config.Config;
import dev.coterie.config.ConfigReader;
import dev.coterie.describe.WordingCache;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.VectorCache;
import dev.coterie.llm.CallRecord;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.llm.LanguageModel;
import dev.coterie.prepare.Preparation;
import dev.coterie.run.FileIntake;
import dev.coterie.run.Scoring;
import dev.coterie.run.SegmentationRun;
import dev.coterie.run.Workspace;
import dev.coterie.store.Database;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A real server on a free loopback port over a folder of the test. */
final class LiveServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final HttpClient client = HttpClient.newHttpClient();
    final Workspace workspace;
    private final EncoderCatalog encoders = new EncoderCatalog(Optional.empty());
    private final Embedder embedder;
    private final ApiServer server;

    LiveServer(Path data, Map<String, String> settings) {
        this(data, settings, Optional.empty(), List::of);
    }

    /**
     * @param model answers chats
     * @param calls what was sent to a language model
     */
    LiveServer(
            Path data,
            Map<String, String> settings,
            Optional<LanguageModel> model,
            Supplier<List<CallRecord>> calls) {
        this(data, settings, model, calls, Optional.empty(), Clock.systemUTC());
    }

    /**
     * @param writer words names and briefs
     */
    LiveServer(Path data, LanguageModel writer, Clock clock) {
        this(data, Map.of(), Optional.of(writer), List::of, Optional.of(writer), clock);
    }

    private LiveServer(
            Path data,
            Map<String, String> settings,
            Optional<LanguageModel> model,
            Supplier<List<CallRecord>> calls,
            Optional<LanguageModel> writer,
            Clock clock) {
        var environment = new HashMap<>(settings);
        environment.put("COTERIE_PORT", "0");
        environment.put("COTERIE_DATA", data.toString());
        Config config = ConfigReader.read(environment);
        embedder = new Embedder(new VectorCache(data.resolve("vectors.db")), 0);
        workspace =
                new Workspace(
                        Database.open(data),
                        new FileIntake(new Collector(config.limits()), new Preparation()),
                        new SegmentationRun(
                                new Collector(config.limits()),
                                new Preparation(),
                                encoders,
                                embedder,
                                writer,
                                WordingCache.NONE),
                        new BriefWriter(writer),
                        new ChatEngine(model, ChatEncoders.of(encoders)),
                        new Scoring(encoders, embedder),
                        config.limits().requestBytes(),
                        clock);
        workspace.start();
        server =
                new ApiServer(
                                config,
                                new ApiServer.Services(
                                        workspace,
                                        encoders,
                                        embedder,
                                        Clock.systemUTC(),
                                        calls,
                                        model.filter(ConfiguredModel.class::isInstance)
                                                .map(ConfiguredModel.class::cast)))
                        .start();
    }

    int port() {
        return server.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    HttpResponse<String> send(String method, String path, String json, String... headers) {
        var request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) request.headers(headers);
        if (json.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofString(json));
        }
        return send(request.build());
    }

    /** The methods and addresses that it has handlers for. */
    List<Endpoint> endpoints() {
        return server.endpoints();
    }

    /** The answer, which must be one that the API's description tells of. */
    HttpResponse<String> send(HttpRequest request) {
        try {
            var answer =
                    client.send(
                            request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            DescribedApi.INSTANCE.check(answer);
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * The run that a request started, once it has succeeded.
     *
     * @param started answer to {@code POST …/runs}
     */
    JsonNode finished(HttpResponse<String> started) {
        assertEquals(202, started.statusCode(), started.body());
        String job = "/api/v1/jobs/" + json(started).path("id").asText();
        await().atMost(Duration.ofSeconds(180))
                .until(() -> !json(get(job)).path("finished_at").isNull());
        JsonNode run = json(get("/api/v1/runs/" + json(started).path("run").asText()));
        assertEquals("succeeded", run.path("state").asText(), run.toString());
        return run;
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + response.body(), e);
        }
    }

    @Override
    public void close() {
        server.close();
        workspace.close();
        embedder.close();
        encoders.close();
    }
}
