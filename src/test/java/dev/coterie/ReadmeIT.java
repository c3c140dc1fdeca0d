package dev.coterie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coterie.demo.DemoGenerator;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What README.md tells people to type works as it stands there. Each {@code sh} block is run in a
 * folder that holds the demo's three files and the jar, while a server runs.
 *
 * <p>Left out are builds and tests (this test runs within them). Commands that start a server are
 * run until it answers, then stopped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern BUILD = Pattern.compile("mvn .*\\b(verify|package|test)\\b.*");
    private static final Pattern SERVER =
            Pattern.compile("mvn .*exec:java|java -jar target/coterie\\.jar( serve| demo)?");
    private static final Duration READY = Duration.ofMinutes(4);

    private Path folder;
    private Process server;
    private int port;

    /** One command of a block; lines ending in a backslash are one. */
    private static List<String> commands(String block) {
        return Stream.of(block.replace("\\\n", " ").split("\n"))
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static List<List<String>> blocks() throws IOException {
        Path readme = Path.of("README.md");
        assertTrue(Files.exists(readme), "README.md is missing");
        return BLOCK.matcher(Files.readString(readme))
                .results()
                .map(found -> commands(found.group(1)))
                .toList();
    }

    @BeforeAll
    void startAServer(@TempDir Path temporary) throws IOException {
        Path jar = Path.of("target/coterie.jar").toAbsolutePath();
        assertTrue(Files.isRegularFile(jar), "mvn package makes the jar first");
        folder = temporary;
        Files.createSymbolicLink(folder.resolve("target"), jar.getParent());
        for (var file : DemoGenerator.english(42).files()) {
            Files.writeString(folder.resolve(file.name()), file.csv());
        }
        // curl reads this file: an answer of 400 or more fails the command.
        Files.writeString(folder.resolve(".curlrc"), "fail-with-body\nshow-error\n");
        port = freePort();
        server = start("java -jar target/coterie.jar", folder, "served", port);
        awaitHealth(server, port);
        awaitDemo();
    }

    @AfterAll
    void stopTheServer() throws InterruptedException {
        if (server != null) stop(server);
    }

    @Test
    void showsTheCommandsToStartAndToTest() throws IOException {
        var all = blocks().stream().flatMap(List::stream).toList();
        assertTrue(all.contains("mvn -q compile exec:java"));
        assertTrue(all.contains("mvn verify"));
    }

    @TestFactory
    Stream<DynamicTest> everyBlockRuns() throws IOException {
        return blocks().stream()
                .map(commands -> DynamicTest.dynamicTest(commands.get(0), () -> run(commands)));
    }

    private void run(List<String> commands) throws Exception {
        var script = new ArrayList<String>();
        boolean left = false;
        for (String command : commands) {
            if (SERVER.matcher(command).matches()) {
                startAndStop(command);
            } else if (BUILD.matcher(command).matches() || lacksEngine(command)) {
                left = true;
            } else {
                script.add(command.replace("127.0.0.1:7070", "127.0.0.1:" + port));
            }
        }
        boolean onlyServers = commands.stream().allMatch(c -> SERVER.matcher(c).matches());
        assumeTrue(
                !script.isEmpty() || onlyServers || hasServer(commands), "runs this test itself");
        if (script.isEmpty()) return;
        runScript(String.join("\n", script));
        if (left) System.out.println("README: left out a build or an engine in " + commands);
    }

    private static boolean hasServer(List<String> commands) {
        return commands.stream().anyMatch(command -> SERVER.matcher(command).matches());
    }

    private static boolean lacksEngine(String command) throws Exception {
        if (!command.startsWith("docker ")) return false;
        return new ProcessBuilder("bash", "-c", "docker compose version >/dev/null 2>&1")
                        .start()
                        .waitFor()
                != 0;
    }

    private void runScript(String script) throws Exception {
        boolean docker = script.contains("docker ");
        Path log = folder.resolve("output.log");
        var process =
                bash("set -euo pipefail\n" + script, docker ? Path.of("") : folder, log).start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) stop(process);
        String output = Files.readString(log);
        assertTrue(ended, "does not end: " + script);
        assertEquals(0, process.exitValue(), script + "\n" + output);
        assertFalse(output.contains("\tat dev.coterie"), "shows a stack trace:\n" + output);
    }

    private void startAndStop(String command) throws Exception {
        int free = freePort();
        Path where = command.startsWith("mvn") ? Path.of("").toAbsolutePath() : folder;
        var started = start(command, where, "data-" + free, free);
        try {
            awaitHealth(started, free);
        } finally {
            stop(started);
        }
    }

    private Process start(String command, Path where, String data, int at) throws IOException {
        var builder = bash("exec " + command, where, folder.resolve(data + ".log"));
        builder.environment().put("COTERIE_PORT", String.valueOf(at));
        builder.environment().put("COTERIE_DATA", folder.resolve(data).toString());
        return builder.start();
    }

    private ProcessBuilder bash(String script, Path where, Path log) {
        var builder = new ProcessBuilder("bash", "-c", script);
        builder.directory(where.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.put("CURL_HOME", folder.toString());
        environment.put("COTERIE_DATA", folder.resolve("batch").toString());
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        environment.merge("PATH", java, (path, ours) -> ours + File.pathSeparator + path);
        return builder;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitHealth(Process process, int at) {
        Awaitility.await("an answer on port " + at)
                .atMost(READY)
                .pollInterval(Duration.ofMillis(200))
                .failFast("the server ended", () -> !process.isAlive())
                .until(() -> answer(at, "/health").isPresent());
    }

    /** Until a project of the demo has segments to show. */
    private void awaitDemo() {
        var project = Pattern.compile("\"(prj_\\w+)\"");
        Awaitility.await("segments of the demo projects")
                .atMost(READY)
                .pollInterval(Duration.ofSeconds(1))
                .failFast("the server ended", () -> !server.isAlive())
                .until(
                        () -> {
                            var ids =
                                    project.matcher(answer(port, "/api/v1/projects").orElse(""))
                                            .results()
                                            .map(found -> found.group(1))
                                            .distinct()
                                            .toList();
                            return ids.size() >= 2 && ids.stream().allMatch(this::hasSegments);
                        });
    }

    private boolean hasSegments(String project) {
        return answer(port, "/api/v1/projects/" + project + "/segments")
                .filter(body -> body.contains("\"seg_"))
                .isPresent();
    }

    private static java.util.Optional<String> answer(int at, String path) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            var answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? java.util.Optional.of(answer.body())
                    : java.util.Optional.empty();
        } catch (IOException e) {
            return java.util.Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return java.util.Optional.empty();
        }
    }

    /** Ends a process and all it started; the children first, or they would outlive it. */
    private static void stop(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }
}
