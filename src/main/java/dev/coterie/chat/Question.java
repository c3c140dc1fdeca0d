package dev.coterie.chat;

import dev.coterie.language.Language;
import java.util.List;
import java.util.Optional;

/**
 * What a person asks.
 *
 * @param text not blank
 * @param language of the answer, or empty to take the question's own
 * @param segments numbers of the segments the question is about unless it names others
 * @param writer who should write the answer
 */
public record Question(
        String text, Optional<Language> language, List<Integer> segments, WriterChoice writer) {
    public Question {
        segments = List.copyOf(segments);
    }

    public static Question of(String text) {
        return new Question(text, Optional.empty(), List.of(), WriterChoice.AUTO);
    }
}
