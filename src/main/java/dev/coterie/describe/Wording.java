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
 * @param prompt version of the prompt that a language model wrote it under
 * @param fallback why the narrator stood in for a configured model; empty otherwise
 */
public record Wording(
        String name,
        String who,
        List<String> sentences,
        Writer writer,
        Optional<String> model,
        Optional<String> prompt,
        Optional<Message> fallback) {
    public Wording {
        sentences = List.copyOf(sentences);
        // Older runs are stored without it.
        if (prompt == null) prompt = Optional.empty();
    }

    /** What the built-in narrator writes. */
    static Wording narrated(String name, String who, List<String> sentences) {
        return new Wording(
                name,
                who,
                sentences,
                Writer.BUILTIN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same words, with why no language model wrote them. */
    Wording because(Message reason) {
        return new Wording(name, who, sentences, writer, model, prompt, Optional.of(reason));
    }

    /** The same name over other sentences. */
    Wording saying(List<String> others) {
        return new Wording(name, who, others, writer, model, prompt, fallback);
    }

    /** The same words under another name. */
    Wording named(String other) {
        return new Wording(other, who, sentences, writer, model, prompt, fallback);
    }
}
