package dev.coterie.error;

import dev.coterie.language.Message;

/** The language model was slow, wrong or away; the built-in narrator takes over. */
public final class LlmException extends CoterieException {
    public LlmException(Message message) {
        super(message, null);
    }

    public LlmException(Message message, Throwable cause) {
        super(message, cause);
    }
}
