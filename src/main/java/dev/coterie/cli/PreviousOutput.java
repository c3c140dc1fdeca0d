package dev.coterie.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.collect.CsvGuard;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.RawTable;
import dev.coterie.collect.TableReader;
import dev.coterie.config.Config;
import dev.coterie.describe.EarlierWording;
import dev.coterie.describe.Wording;
import dev.coterie.describe.Writer;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.progress.Progress;
import dev.coterie.run.Predecessor;
import dev.coterie.segment.Membership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that an earlier {@code coterie segment} wrote, as the run to take segments on from.
 *
 * @param names of its segments, by number
 */
record PreviousOutput(Predecessor predecessor, List<String> names) {
    private static final String ASSIGNMENTS = "assignments.csv";
    private static final String SEGMENTS = "segments.json";

    PreviousOutput {
        names = List.copyOf(names);
    }

    /**
     * @throws NotFoundException {@code no_previous} if the folder lacks one of the two files
     * @throws InvalidInputException {@code previous_unreadable} if they are not such files
     */
    static PreviousOutput read(Path folder, Config.Limits limits) {
        Path assignments = required(folder.resolve(ASSIGNMENTS));
        Path segments = required(folder.resolve(SEGMENTS));
        JsonNode content = json(segments);
        List<String> names = names(segments, content);
        var wordings = new ArrayList<EarlierWording>();
        Language language = language(segments, content);
        for (int i = 0; i < names.size(); i++) {
            JsonNode of = content.path("segments").path(i);
            boolean model = of.path("writer").asText().equals(Writer.LLM.word());
            var wording =
                    new Wording(
                            names.get(i),
                            of.path("who").asText(),
                            List.of(),
                            model ? Writer.LLM : Writer.BUILTIN,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty());
            wordings.add(new EarlierWording(Map.of(language, wording), Optional.empty(), false));
        }
        return new PreviousOutput(
                new Predecessor(
                        members(assignments, limits, names.size()), wordings, Map.of(), true),
                names);
    }

    private static Path required(Path file) {
        if (Files.isRegularFile(file)) return file;
        throw new NotFoundException(Message.of("cli.no_previous", "path", file.toString()));
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static List<String> names(Path file, JsonNode content) {
        var names = new ArrayList<String>();
        for (JsonNode segment : content.path("segments")) {
            if (segment.path("number").asInt() != names.size() + 1) throw unreadable(file, null);
            names.add(segment.path("name").asText());
        }
        if (names.isEmpty()) throw unreadable(file, null);
        return names;
    }

    private static Language language(Path file, JsonNode content) {
        try {
            return Language.of(content.path("run").path("settings").path("lang").asText());
        } catch (InvalidInputException e) {
            throw unreadable(file, e);
        }
    }

    private static Membership members(Path file, Config.Limits limits, int k) {
        RawTable table = new TableReader(limits).read(file, ASSIGNMENTS, Progress.NONE);
        RawColumn ids = column(file, table, "customer_id");
        RawColumn segments = column(file, table, "segment");
        var customers = new ArrayList<String>();
        int[] labels = new int[table.rows()];
        for (int row = 0; row < labels.length; row++) {
            customers.add(CsvGuard.unguard(ids.cell(row)));
            labels[row] = number(file, segments.cell(row), k) - 1;
        }
        return new Membership(customers, labels, k);
    }

    private static RawColumn column(Path file, RawTable table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unreadable(file, null));
    }

    private static int number(Path file, String cell, int k) {
        try {
            int number = Integer.parseInt(cell);
            if (number >= 1 && number <= k) return number;
            throw unreadable(file, null);
        } catch (NumberFormatException e) {
            throw unreadable(file, e);
        }
    }

    private static InvalidInputException unreadable(Path file, Exception cause) {
        return new InvalidInputException(
                Message.of("cli.previous_unreadable", "path", file.toString()), cause);
    }
}
