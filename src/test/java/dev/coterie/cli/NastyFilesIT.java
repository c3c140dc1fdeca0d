package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code coterie segment} leads for each malformed or hostile file to what its manifest says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NastyFilesIT {
    private static final Path NASTY = Path.of("src/test/resources/nasty");
    private static final String FIVE_MEGABYTES = "11_cell_5mb.csv";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir static Path folder;

    private Terminal terminal;

    record Case(JsonNode entry) {
        String file() {
            return entry.path("file").asText();
        }

        @Override
        public String toString() {
            return file();
        }
    }

    static Stream<Case> cases() throws IOException {
        JsonNode manifest = JSON.readTree(Files.readAllBytes(NASTY.resolve("manifest.json")));
        return StreamSupport.stream(manifest.path("files").spliterator(), false).map(Case::new);
    }

    @BeforeAll
    void openTerminal() {
        terminal = new Terminal(folder.resolve("data"));
    }

    @AfterAll
    void closeTerminal() {
        terminal.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsAsTheManifestSays(Case nasty) throws IOException {
        Path out = folder.resolve(nasty.file() + "-out");
        Terminal.Outcome outcome = segment(input(nasty), out, "en");
        String said = outcome.said();
        assertEquals(nasty.entry().path("cli_exit").asInt(), outcome.exit(), said);
        boolean ran = outcome.exit() != ExitCode.INPUT_REFUSED;
        assertEquals(ran, Files.exists(out.resolve("segments.json")), said);
        boolean rejects = Files.exists(out.resolve("rejects.csv"));
        assertEquals(outcome.exit() == ExitCode.DONE_WITH_REJECTS, rejects, said);
        if (ran) said += checkedJson(nasty, out.resolve("segments.json"));
        for (JsonNode word : nasty.entry().path("message_must_mention")) {
            assertTrue(plain(said).contains(plain(word.asText())), word.asText() + " in " + said);
        }
        assertFalse(said.contains("\tat ") || said.contains("Exception"), said);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsTheSameInChinese(Case nasty) throws IOException {
        Terminal.Outcome outcome =
                segment(input(nasty), folder.resolve(nasty.file() + "-zh"), "zh-CN");
        assertEquals(nasty.entry().path("cli_exit").asInt(), outcome.exit(), outcome.said());
        assertTrue(outcome.said().codePoints().anyMatch(Character::isIdeographic), outcome.said());
        assertFalse(outcome.said().contains("Exception"), outcome.said());
    }

    private Terminal.Outcome segment(Path input, Path out, String language) {
        return terminal.run(
                language, List.of("segment", input.toString(), "--out", out.toString()));
    }

    /** The file, once it has been seen to be plain JSON whose numbers and names can be used. */
    private static String checkedJson(Case nasty, Path file) throws IOException {
        String text = Files.readString(file);
        JsonNode json = JSON.readTree(text);
        for (String number : List.of("NaN", "Infinity", "-Infinity")) {
            assertFalse(text.contains(" : \"" + number + "\""), number + " in " + text);
        }
        JsonNode segments = json.path("segments");
        assertTrue(segments.size() > 0, text);
        for (JsonNode segment : segments) {
            String name = segment.path("name").asText();
            assertFalse(name.isBlank(), text);
            if (nasty.file().startsWith("15_")) {
                assertFalse(List.of("X", "HACKED", "最优质客户").contains(name), name);
            }
        }
        return text;
    }

    private static Path input(Case nasty) throws IOException {
        if (!nasty.file().equals(FIVE_MEGABYTES)) return NASTY.resolve(nasty.file());
        String phrase = "very long review ";
        String cell = phrase.repeat(5_000_000 / phrase.length() + 1).substring(0, 5_000_000);
        return Files.writeString(
                folder.resolve(FIVE_MEGABYTES),
                "customer_id,age,city,income,review\n"
                        + "1,34,Leeds,42000,\"Lovely dress, true to size\"\n"
                        + "2,51,York,38500,\""
                        + cell
                        + "\"\n3,28,Bath,51000,Fast delivery and soft fabric\n");
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("(?<=\\d)[,\u00a0 ](?=\\d{3})", "");
    }
}
