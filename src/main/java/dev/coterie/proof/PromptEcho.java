package dev.coterie.proof;

import dev.coterie.language.Language;
import dev.coterie.llm.TaskPrompt;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Recognises sentences of our own prompts, which a steered model may repeat to a reader. */
final class PromptEcho {
    private static final List<String> TASKS = List.of("name-segments", "write-brief", "chat");

    /** So many words, or Han characters, in a row are no chance. */
    private static final int WORDS = 6;

    private static final int CHARACTERS = 10;
    private static final Set<String> RUNS = read();

    private PromptEcho() {}

    static boolean in(String sentence) {
        return runs(sentence).stream().anyMatch(RUNS::contains)
                || Spotlight.openings().stream().anyMatch(sentence::contains)
                || Spotlight.closings().stream().anyMatch(sentence::contains);
    }

    private static Set<String> read() {
        var all = new HashSet<String>();
        for (String task : TASKS) {
            for (Language language : Language.values()) {
                all.addAll(runs(new TaskPrompt(task, language).template()));
            }
        }
        return Set.copyOf(all);
    }

    /** Every run of words and every run of Han characters, punctuation apart. */
    private static Set<String> runs(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("\\{\\{[^}]*}}", " ");
        var out = new HashSet<String>();
        String[] words = plain.replaceAll("[^\\p{L}&&\\P{IsHan}]+", " ").strip().split(" ");
        for (int i = 0; i + WORDS <= words.length; i++) {
            out.add(String.join(" ", List.of(words).subList(i, i + WORDS)));
        }
        String han = plain.replaceAll("[^\\p{IsHan}]+", "");
        for (int i = 0; i + CHARACTERS <= han.length(); i++) {
            out.add(han.substring(i, i + CHARACTERS));
        }
        return out;
    }
}
