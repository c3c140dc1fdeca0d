package dev.coterie.tools;

import dev.coterie.error.CoterieException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.Optional;

/** A tool cannot do what it was asked; the text for the model holds nothing of the data. */
public final class ToolRefusal extends RuntimeException {
    private final transient Message detail;
    private final boolean readable;

    /**
     * Refused for what only a model or a caller of the API can have asked.
     *
     * @param key of {@code chat.refused}, with the names and values of its arguments
     */
    ToolRefusal(String key, Object... pairs) {
        this(Message.of("chat.refused." + key, pairs), false, null);
    }

    /** Refused by what the tool rests on, for a reason that people can read. */
    ToolRefusal(CoterieException cause) {
        this(cause.message(), true, cause);
    }

    private ToolRefusal(Message detail, boolean readable, CoterieException cause) {
        super(detail.in(Language.ENGLISH), cause);
        this.detail = detail;
        this.readable = readable;
    }

    /** What is wrong with the call. */
    Message detail() {
        return detail;
    }

    /** Why, for people who asked a question; empty where none of theirs leads to it. */
    public Optional<Message> reason() {
        return Optional.of(detail).filter(d -> readable);
    }
}
