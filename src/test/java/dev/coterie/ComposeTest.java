package dev.coterie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The image and the compose file, as far as they can be checked without an engine. */
class ComposeTest {
    private static final Path COMPOSE = Path.of("docker-compose.yml");
    private static final Path DOCKERFILE = Path.of("src/main/docker/Dockerfile");

    private static JsonNode compose() {
        try {
            return new YAMLMapper().readTree(COMPOSE.toFile());
        } catch (IOException e) {
            throw new AssertionError("docker-compose.yml does not parse", e);
        }
    }

    private static JsonNode service(String name) {
        return compose().path("services").path(name);
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void hasCoterieAndTheOptionalOllama() {
        assertEquals(
                List.of("coterie", "ollama", "ollama-pull"), names(compose().path("services")));
        assertTrue(service("coterie").path("profiles").isMissingNode());
        for (String optional : List.of("ollama", "ollama-pull")) {
            assertEquals("ollama", service(optional).path("profiles").path(0).asText(), optional);
        }
    }

    @Test
    void buildsCoterieAndPinsEveryOtherImage() {
        var build = service("coterie").path("build");
        assertTrue(
                Files.isRegularFile(
                        Path.of(
                                build.path("context").asText(),
                                build.path("dockerfile").asText())));
        for (JsonNode service : compose().path("services")) {
            String image = service.path("image").asText();
            assertTrue(image.matches("[a-z/]+:\\d[\\w.-]*"), "not pinned: " + image);
        }
    }

    @Test
    void publishesNothingBeyondThisMachine() {
        int published = 0;
        for (JsonNode service : compose().path("services")) {
            assertFalse(service.path("network_mode").asText().equals("host"));
            for (JsonNode port : service.path("ports")) {
                assertEquals("127.0.0.1:7070:7070", port.asText());
                published++;
            }
        }
        assertEquals(1, published);
    }

    @Test
    void keepsDataInNamedVolumes() {
        var declared = names(compose().path("volumes"));
        for (JsonNode service : compose().path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                assertTrue(declared.contains(volume.asText().split(":")[0]), volume.asText());
            }
        }
        assertEquals("coterie-data:/data", service("coterie").path("volumes").path(0).asText());
        assertEquals("/data", service("coterie").path("environment").path("COTERIE_DATA").asText());
    }

    @Test
    void checksTheHealthOfWhatKeepsRunning() {
        String check = service("coterie").path("healthcheck").path("test").toString();
        assertTrue(check.contains("http://127.0.0.1:7070/health"), check);
        assertFalse(service("ollama").path("healthcheck").path("test").isMissingNode());
        assertEquals(
                "service_healthy",
                service("ollama-pull")
                        .path("depends_on")
                        .path("ollama")
                        .path("condition")
                        .asText());
        assertEquals("pull", service("ollama-pull").path("command").path(0).asText());
        assertEquals("no", service("ollama-pull").path("restart").asText());
    }

    @Test
    void givesCoterieNoMorePowerThanItNeeds() {
        JsonNode coterie = service("coterie");
        assertTrue(coterie.path("read_only").asBoolean());
        assertEquals("ALL", coterie.path("cap_drop").path(0).asText());
        assertEquals("true", coterie.path("environment").path("COTERIE_ALLOW_NO_KEY").asText());
        assertEquals("0.0.0.0", coterie.path("environment").path("COTERIE_HOST").asText());
        assertFalse(coterie.path("privileged").asBoolean());
    }

    @Test
    void theImageRunsTheJarOnAJreWithoutRoot() throws IOException {
        var lines = Files.readAllLines(DOCKERFILE);
        var steps = lines.stream().filter(line -> line.matches("[A-Z]+ .*")).toList();
        assertEquals("FROM eclipse-temurin:17-jre", steps.get(0));
        assertTrue(steps.contains("COPY target/coterie.jar /app/coterie.jar"));
        assertTrue(steps.contains("VOLUME /data"));
        assertTrue(steps.contains("EXPOSE 7070"));
        int user = steps.indexOf("USER coterie");
        int start = steps.indexOf("ENTRYPOINT [\"java\", \"-jar\", \"/app/coterie.jar\"]");
        assertTrue(user > 0 && start > user, "starts before it gives up root");
        String all = String.join("\n", lines);
        assertTrue(all.contains("HEALTHCHECK") && all.contains("http://127.0.0.1:7070/health"));
        String ignored = Files.readString(Path.of(".dockerignore"));
        assertEquals("*\n!target/coterie.jar\n", ignored, "the build needs the jar and no more");
    }

    @Test
    void dockerComposeAcceptsTheFileWhereItIsInstalled() throws Exception {
        assumeTrue(run("docker", "compose", "version") == 0, "docker compose is not installed");
        assertEquals(0, run("docker", "compose", "--profile", "ollama", "config", "--quiet"));
    }

    private static int run(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " does not end");
            }
            if (process.exitValue() != 0) System.err.println(output.strip());
            return process.exitValue();
        } catch (IOException e) {
            return 127;
        }
    }
}
