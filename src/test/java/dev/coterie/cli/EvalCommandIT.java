package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code coterie eval} as people run it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvalCommandIT {
    @TempDir static Path folder;

    private Terminal terminal;

    @BeforeAll
    void openTerminal() {
        terminal = new Terminal(folder.resolve("data"));
    }

    @AfterAll
    void closeTerminal() {
        terminal.close();
    }

    private Terminal.Outcome eval(String language, String... arguments) {
        var line = new ArrayList<>(List.of("eval"));
        line.addAll(List.of(arguments));
        return terminal.run(language, line);
    }

    @Test
    void plantedPrintsARowAFamilyAndWritesEveryRun() throws IOException {
        Path file = folder.resolve("planted.json");
        var outcome =
                eval(
                        "en",
                        "planted",
                        "--families",
                        "noise-table",
                        "--seeds",
                        "2",
                        "--out",
                        "" + file);
        assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
        assertTrue(outcome.lines().get(0).startsWith("family"), outcome.out());
        assertTrue(outcome.lines().get(1).matches("noise-table +1800 +0 .*"), outcome.out());
        assertTrue(outcome.out().contains("of 2 data sets"), outcome.out());
        assertTrue(outcome.err().contains("noise-table, seed 2 (2 of 2)"), outcome.err());
        JsonNode json = new ObjectMapper().readTree(Files.readString(file));
        assertEquals(2, json.path("runs").size());
        for (JsonNode run : json.path("runs")) {
            assertEquals("noise-table", run.path("family").asText());
            assertFalse(run.has("ari"), "no truth to score against");
            assertTrue(run.path("clear_groups").isBoolean());
            double shares = run.path("shares").path("behaviour").asDouble();
            assertEquals(1, shares + run.path("shares").path("profile").asDouble(), 1e-9);
        }
    }

    @Test
    void anExportedFamilyIsReadyForSegment() throws IOException {
        Path export = folder.resolve("export");
        var outcome =
                eval(
                        "en",
                        "planted",
                        "--families",
                        "noise-table,few",
                        "--seeds",
                        "1",
                        "--export",
                        "" + export);
        assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
        Path few = export.resolve("few-1");
        for (String file : List.of("customers.csv", "texts.csv", "orders.csv", "truth.csv")) {
            assertTrue(Files.size(few.resolve(file)) > 10_000, file);
        }
        assertEquals(1501, Files.readAllLines(few.resolve("truth.csv")).size());
        assertFalse(Files.exists(export.resolve("noise-table-1/texts.csv")));
    }

    @Test
    void textComparesPlainClusteringWithTheProducts() throws IOException {
        var csv = new StringBuilder("words,topic\n");
        for (String thing : List.of("kettle", "lamp", "chair", "tent", "rug", "clock")) {
            csv.append("The ").append(thing).append(" arrived two weeks late by courier,late\n");
            csv.append("I paid far too much for this ").append(thing).append(",dear\n");
            csv.append("no opinion about the ").append(thing).append(",none\n");
        }
        Path file = Files.writeString(folder.resolve("labelled.csv"), csv);
        var outcome =
                eval(
                        "en",
                        "text",
                        "" + file,
                        "--column",
                        "words",
                        "--label",
                        "topic",
                        "--leave-out",
                        "none",
                        "--seeds",
                        "2");
        assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
        assertTrue(outcome.out().startsWith("12 texts, 2 labels, 2 clusters; mean of 2 seeds."));
        assertTrue(
                outcome.lines().get(2).matches("plain k-means +100.00 +100.00 +100.00 .*"),
                outcome.out());
        assertTrue(outcome.lines().get(3).startsWith("Coterie"), outcome.out());
    }

    @Test
    void chatSaysWhichColumnsItsQuestionsNeed() throws IOException {
        var csv = new StringBuilder("id,age,city\n");
        for (int i = 0; i < 40; i++) {
            csv.append(i).append(',').append(i % 2 == 0 ? 20 + i % 5 : 60 + i % 7);
            csv.append(i % 2 == 0 ? ",York\n" : ",Leeds\n");
        }
        Path file = Files.writeString(folder.resolve("people.csv"), csv);
        var outcome = eval("en", "chat", "" + file, "--quiet");
        assertEquals(ExitCode.INPUT_REFUSED, outcome.exit(), outcome.err());
        assertTrue(
                outcome.err().contains("preferred_channel, newsletter, rating, churned"),
                outcome.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "planted --families chian|3|chain",
                "planted --seeds 0|7|1 to 100",
                "planted --k 5|7|auto",
                "text missing.csv --column a --label b|3|missing.csv",
                "chat --set middle|7|heldout",
                "chat --writer poet|7|builtin",
                "chat --writer llm|7|builtin",
                "chat missing.csv|3|missing.csv",
                "chat missing.csv --set all|7|--set",
                "|2|coterie eval planted"
            })
    void saysWhatIsWrongAndHowToFixIt(String arguments, int exit, String said) {
        String[] words = arguments == null ? new String[0] : arguments.split(" ");
        var english = eval("en", words);
        assertEquals(exit, english.exit(), english.err());
        assertTrue(english.err().contains(said), english.err());
        var chinese = eval("zh-CN", words);
        assertEquals(exit, chinese.exit(), chinese.err());
        assertTrue(chinese.err().codePoints().anyMatch(Character::isIdeographic), chinese.err());
    }
}
