package dev.coterie.describe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Recognises sentences of our own prompts, which a steered model may repeat to a reader. */
final class PromptEcho {
    private static final int RUN = 6;
    private static final List<String> FILES =
            List.of("name-segments.md", "write-brief.md", "chat.md");
    private static final Set<String> RUNS = read();

    private PromptEcho() {}

    static boolean in(String sentence) {
        String[] words = words(sentence);
        for (int i = 0; i + RUN <= words.length; i++) {
            if (RUNS.contains(run(words, i))) return true;
        }
        return sentence.contains("[customer text ") || sentence.contains("[end ");
    }

    private static Set<String> read() {
        var runs = new HashSet<String>();
        for (String file : FILES) {
            try (var in = PromptEcho.class.getResourceAsStream("/prompts/" + file)) {
                String[] words = words(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                for (int i = 0; i + RUN <= words.length; i++) runs.add(run(words, i));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Set.copyOf(runs);
    }

    private static String[] words(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("\\{\\{[^}]*}}", " ")
                .replaceAll("[^\\p{L}]+", " ")
                .strip()
                .split(" ");
    }

    private static String run(String[] words, int from) {
        return String.join(" ", List.of(words).subList(from, from + RUN));
    }
}
