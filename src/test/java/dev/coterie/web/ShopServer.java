package dev.coterie.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.demo.DemoData;
import dev.coterie.invent.CsvFile;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The program, serving in a JVM of its own on a free loopback port. */
final class ShopServer implements AutoCloseable {
    private static final int CUSTOMERS = 150;
    private static final String BOUNDARY = "shop-server-boundary";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Process process;

    private ShopServer(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static ShopServer start(Path folder, boolean demo) throws IOException {
        return start(folder, demo, Map.of());
    }

    /**
     * @param settings environment variables of the program
     */
    static ShopServer start(Path folder, boolean demo, Map<String, String> settings)
            throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.coterie.Coterie", "serve", "--port", Integer.toString(port)));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        if (!demo) command.add("--no-demo");
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("server.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("COTERIE_"));
        builder.environment().putAll(settings);
        var server = new ShopServer(port, builder.start());
        try {
            server.awaitReady();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void awaitReady() {
        Awaitility.await("the server on port " + port)
                .atMost(Duration.ofSeconds(40))
                .failFast("the server ended", () -> !process.isAlive())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> send(request("/ready").build()).statusCode() == 200);
    }

    /** Without a slash at the end. */
    String address() {
        return "http://127.0.0.1:" + port;
    }

    JsonNode get(String path) throws IOException {
        return json(send(request(path).build()));
    }

    /** The first customers of a demo with their texts and orders, as {@link #segmented}. */
    String segmented(String name, String language, DemoData demo) throws IOException {
        var ids = new HashSet<>(List.copyOf(demo.truth().keySet()).subList(0, CUSTOMERS));
        var files = new LinkedHashMap<String, String>();
        for (CsvFile file : demo.files()) {
            var csv = new StringBuilder();
            for (String line : file.csv().lines().toList()) {
                boolean wanted = csv.isEmpty() || ids.contains(line.split(",", 2)[0]);
                if (wanted) csv.append(line).append('\n');
            }
            files.put(file.name(), csv.toString());
        }
        return segmented(name, language, files);
    }

    /**
     * Makes a project with a finished run.
     *
     * @param files CSV by file name
     * @return path of the run's pages, such as {@code /p/shop/r/1}
     */
    String segmented(String name, String language, Map<String, String> files) throws IOException {
        var named = JSON.writeValueAsString(Map.of("name", name, "language", language));
        JsonNode project = json(send(post("/api/v1/projects", named).build()));
        String path = "/api/v1/projects/" + project.path("id").asText();
        json(send(upload(path + "/datasets", files)));
        JsonNode job = json(send(post(path + "/runs", "{}").build()));
        String state = "/api/v1/jobs/" + job.path("id").asText();
        Awaitility.await("the run of " + name)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> !get(state).path("finished_at").isNull());
        if (!get(state).path("state").asText().equals("succeeded")) {
            throw new IllegalStateException(get(state).toString());
        }
        return "/p/" + project.path("slug").asText() + "/r/1";
    }

    private HttpRequest upload(String path, Map<String, String> files) {
        var body = new StringBuilder();
        files.forEach(
                (name, csv) ->
                        body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; ")
                                .append("name=\"file\"; filename=\"" + name + "\"\r\n")
                                .append("Content-Type: text/csv\r\n\r\n" + csv + "\r\n"));
        body.append("--" + BOUNDARY + "--\r\n");
        return request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpRequest.Builder post(String path, String json) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() >= 300) throw new IOException(answer.body());
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
