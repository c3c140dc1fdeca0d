package dev.coterie.chat;

import dev.coterie.error.CoterieException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.Optional;

/** A tool cannot do what it was asked; the text is for the model and holds nothing of the data. */
final class ToolRefusal extends RuntimeException {
    private final transient Optional<Message> reason;

    ToolRefusal(String detail) {
        super(detail);
        this.reason = Optional.empty();
    }

    /** Refused by what the tool rests on, for a reason that people can read. */
    ToolRefusal(CoterieException cause) {
        super(cause.message().in(Language.ENGLISH), cause);
        this.reason = Optional.of(cause.message());
    }

    /** Why, for people; empty where only a model can have asked in such a way. */
    Optional<Message> reason() {
        return reason;
    }
}
