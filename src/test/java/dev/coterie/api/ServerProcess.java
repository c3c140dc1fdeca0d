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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A server in a JVM of its own over a folder of the test, so that it can be killed. */
final class ServerProcess implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READY = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path folder;
    private final Map<String, String> settings;
    private Process process;
    private int port;

    /**
     * @param folder of its data
     * @param settings environment variables
     */
    ServerProcess(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * @return milliseconds until {@code /ready}
     */
    long start() throws IOException {
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
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                folder.resolveSibling(folder.getFileName() + ".log").toFile());
        builder.environment().putAll(settings);
        process = builder.start();
        Awaitility.await().atMost(READY).pollInterval(Duration.ofMillis(50)).until(this::isReady);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis < READY.toMillis(), "ready after " + millis + " ms");
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
    void kill() throws IOException {
        new ProcessBuilder("kill", "-9", Long.toString(process.pid())).start();
        waitForEnd();
    }

    /** Kills it after some seconds, while the caller goes on. */
    void killAfter(double seconds) throws IOException {
        new ProcessBuilder("sh", "-c", "sleep " + seconds + "; kill -9 " + process.pid()).start();
    }

    void waitForEnd() throws IOException {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    JsonNode get(String path) throws IOException {
        return good(send(HttpRequest.newBuilder(uri(path)).build()), 200);
    }

    HttpResponse<String> send(String method, String path, String json) throws IOException {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    /** The lines of the events that follow a question, as they come; to be closed. */
    Stream<String> stream(String path, String json) throws IOException {
        return lines(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** The lines of a log of events, as they come; to be closed. */
    Stream<String> stream(String path) throws IOException {
        return lines(HttpRequest.newBuilder(uri(path)));
    }

    private Stream<String> lines(HttpRequest.Builder request) throws IOException {
        request.header("Accept", "text/event-stream");
        return send(request.build(), HttpResponse.BodyHandlers.ofLines()).body();
    }

    /** A new dataset of one file. */
    JsonNode upload(String project, byte[] csv) throws IOException {
        var request =
                new Multipart()
                        .file("customers.csv", csv)
                        .request(uri("/api/v1/projects/" + project + "/datasets"));
        return good(send(request.build()), 201);
    }

    static JsonNode good(HttpResponse<String> answer, int status) throws IOException {
        assertEquals(status, answer.statusCode(), answer.uri() + " " + answer.body());
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException {
        try {
            return client.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    void awaitEnd(String job) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> !get("/api/v1/jobs/" + job).path("finished_at").isNull());
    }

    @Override
    public void close() throws IOException {
        if (process != null) kill();
    }
}
