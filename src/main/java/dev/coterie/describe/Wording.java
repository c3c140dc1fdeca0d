package dev.coterie.describe;

import dev.coterie.language.Message;
import java.util.List;
import java.util.Optional;

/**
 * The words of one segment in one language.
 *
 * @param name 2 to 6 words or 4 to 12 Han characters, no digits, distinct from its siblings
 * @param who one line: what makes its members alike
 * @param sentences the description; figures only as {@code {{f12}}}
 * @param writer who wrote it
 * @param model name of the language model, if one wrote it
 * @param fallback why the narrator stood in for a configured model; empty otherwise
 */
public record Wording(
        String name,
        String who,
        List<String> sentences,
        Writer writer,
        Optional<String> model,
        Optional<Message> fallback) {
    public Wording {
        sentences = List.copyOf(sentences);
    }

    /** The same words under another name. */
    Wording named(String other) {
        return new Wording(other, who, sentences, writer, model, fallback);
    }
}
