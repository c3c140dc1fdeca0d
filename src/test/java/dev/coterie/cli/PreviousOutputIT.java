package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.demo.DemoData;
import dev.coterie.demo.DemoGenerator;
import dev.coterie.invent.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code coterie segment --previous}: numbers and names go on from an earlier output folder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreviousOutputIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STEP = 5;

    @TempDir static Path folder;

    private Terminal terminal;
    private Set<String> customers;
    private Path first;

    @BeforeAll
    void segmentOnce() throws IOException {
        terminal = new Terminal(folder.resolve("data"));
        DemoData data = DemoGenerator.english(42);
        customers = new TreeSet<>();
        var seen = new HashMap<String, Integer>();
        data.truth()
                .forEach(
                        (id, group) -> {
                            if (seen.merge(group, 1, Integer::sum) % STEP == 0) customers.add(id);
                        });
        var known = customers.stream().filter(id -> !fresh(id)).collect(Collectors.toSet());
        first = folder.resolve("first");
        Terminal.Outcome outcome = segment(files(data, "known", known::contains), first, List.of());
        assertEquals(ExitCode.DONE, outcome.exit(), outcome.said());
    }

    @AfterAll
    void close() {
        terminal.close();
    }

    private boolean fresh(String id) {
        return Math.floorMod(id.hashCode(), 10) == 3;
    }

    private static List<Path> files(DemoData data, String name, Predicate<String> ids)
            throws IOException {
        Path to = Files.createDirectories(folder.resolve(name));
        var files = new ArrayList<Path>();
        for (CsvFile file : data.files()) {
            List<String> lines = file.csv().lines().toList();
            var kept = new ArrayList<>(lines.subList(0, 1));
            for (String line : lines.subList(1, lines.size())) {
                if (ids.test(line.substring(0, line.indexOf(',')))) kept.add(line);
            }
            files.add(Files.write(to.resolve(file.name()), kept));
        }
        return files;
    }

    private Terminal.Outcome segment(List<Path> files, Path out, List<String> more) {
        var arguments = new ArrayList<>(List.of("segment", "--k", "6", "--out", out.toString()));
        files.forEach(file -> arguments.add(file.toString()));
        arguments.addAll(more);
        return terminal.run("en", arguments);
    }

    private static Map<String, String> assignments(Path out) throws IOException {
        return Files.readAllLines(out.resolve("assignments.csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1]));
    }

    private static JsonNode json(Path out) throws IOException {
        return JSON.readTree(out.resolve("segments.json").toFile());
    }

    @Test
    void numbersAndNamesGoOnAndTheChangesAddUp() throws IOException {
        Path out = folder.resolve("second");
        var files = files(DemoGenerator.english(42), "all", customers::contains);
        Terminal.Outcome outcome = segment(files, out, List.of("--previous", first.toString()));
        assertEquals(ExitCode.DONE, outcome.exit(), outcome.said());
        assertTrue(outcome.said().contains("Since the previous output"), outcome.said());
        var was = assignments(first);
        var is = assignments(out);
        long same = was.keySet().stream().filter(id -> was.get(id).equals(is.get(id))).count();
        assertTrue(same >= 0.95 * was.size(), same + " of " + was.size());
        JsonNode changes = json(out).path("changes");
        JsonNode people = changes.path("customers");
        assertEquals(same, people.path("stayed").asLong());
        assertEquals(was.size(), people.path("shared").asLong() + people.path("gone").asLong());
        assertEquals(is.size(), people.path("shared").asLong() + people.path("new").asLong());
        assertEquals(
                people.path("shared").asLong(),
                people.path("stayed").asLong() + people.path("moved").asLong());
        assertEquals(6, changes.path("kept").size(), changes.toString());
        int renamed = 0;
        for (JsonNode kept : changes.path("kept")) {
            assertEquals(kept.path("number"), kept.path("previous_number"));
            if (!kept.path("name").equals(kept.path("previous_name"))) renamed++;
        }
        assertTrue(renamed <= 1, changes.path("kept").toString());
        String report = Files.readString(out.resolve("report.html"));
        assertTrue(report.contains("id=\"changes\""));
        assertFalse(Files.readString(first.resolve("report.html")).contains("id=\"changes\""));
        assertTrue(json(first).path("changes").isMissingNode());
    }

    @Test
    void anOutputIsTheSameWhenItContinuesItself() throws IOException {
        Path out = folder.resolve("same");
        var files =
                files(
                        DemoGenerator.english(42),
                        "again",
                        id -> customers.contains(id) && !fresh(id));
        assertEquals(ExitCode.DONE, segment(files, out, List.of()).exit());
        JsonNode before = json(out);
        var was = assignments(out);
        assertEquals(
                ExitCode.DONE, segment(files, out, List.of("--previous", out.toString())).exit());
        assertEquals(was, assignments(out));
        assertEquals(before.path("segments"), json(out).path("segments"));
        assertEquals(0, json(out).path("changes").path("customers").path("moved").asInt());
    }

    @Test
    void aFolderThatIsNoOutputIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path out = folder.resolve("none");
        var files = files(DemoGenerator.english(42), "few", customers::contains);
        Terminal.Outcome missing = segment(files, out, List.of("--previous", folder.toString()));
        assertEquals(ExitCode.NOT_FOUND, missing.exit(), missing.said());
        assertTrue(missing.said().contains("assignments.csv"), missing.said());
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.copy(first.resolve("segments.json"), broken.resolve("segments.json"));
        Files.writeString(
                broken.resolve("assignments.csv"),
                "customer_id,segment,confidence,outlier\n000001,99,0.5,false\n000002,1,0.5,false\n");
        Terminal.Outcome refused = segment(files, out, List.of("--previous", broken.toString()));
        assertEquals(ExitCode.INPUT_REFUSED, refused.exit(), refused.said());
        assertFalse(Files.exists(out.resolve("segments.json")));
    }
}
