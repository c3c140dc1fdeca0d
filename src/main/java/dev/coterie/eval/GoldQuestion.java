package dev.coterie.eval;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.language.Language;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A question over the demo projects with what a right answer to it must do and say.
 *
 * @param after id of the question before it in the same conversation
 * @param text with {@code #G} for a segment, {@code @G} for its name and {@code $1} for a
 *     customer's id, see {@link GoldShop}
 * @param tools any of which a right answer has used; empty for an unanswerable question
 * @param arguments that call must have, see {@link GoldArguments}
 * @param figures that the answer must state: of each list at least one, see {@link GoldFigures}
 */
public record GoldQuestion(
        String id,
        Language language,
        Kind kind,
        Optional<String> after,
        String text,
        List<String> tools,
        List<String> arguments,
        List<List<String>> figures) {
    private static final int COLUMNS = 8;

    public GoldQuestion {
        tools = List.copyOf(tools);
        arguments = List.copyOf(arguments);
        figures = figures.stream().map(List::copyOf).toList();
    }

    /** What makes a question hard. */
    public enum Kind {
        PLAIN,
        /** Typing errors or loose wording. */
        LOOSE,
        /** Makes sense only after the question before it. */
        FOLLOWUP,
        /** The data does not hold it: the right answer says so. */
        UNANSWERABLE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The two halves of the set. */
    public enum Half {
        /** Written before the intents were read, and never tuned on: the figure that counts. */
        HELDOUT,
        TUNING;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The questions of a half, in the file's order. */
    public static List<GoldQuestion> of(Half half) {
        return read("/gold/" + half.word() + ".tsv");
    }

    /** Questions over a shop's own files, see {@link GoldShop#composed}. */
    public static List<GoldQuestion> composed() {
        return read("/gold/composed.tsv");
    }

    private static List<GoldQuestion> read(String file) {
        try (var in = GoldQuestion.class.getResourceAsStream(file);
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("# "))
                    .map(GoldQuestion::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoldQuestion parse(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != COLUMNS) throw new IllegalStateException("gold question: " + line);
        var figures = new ArrayList<List<String>>();
        for (String figure : parts(cells[7], ";")) figures.add(parts(figure, "\\|"));
        return new GoldQuestion(
                cells[0],
                cells[1].equals("zh") ? Language.CHINESE : Language.ENGLISH,
                Kind.valueOf(cells[2].toUpperCase(Locale.ROOT)),
                Optional.of(cells[3]).filter(id -> !id.isEmpty()),
                cells[4],
                parts(cells[5], "\\|"),
                parts(cells[6], ";"),
                figures);
    }

    private static List<String> parts(String cell, String separator) {
        return Arrays.stream(cell.split(separator)).filter(part -> !part.isBlank()).toList();
    }
}
