package dev.coterie.error;

import dev.coterie.language.Message;

/** An encoder's file is missing or is not the file that was expected (HTTP 503, exit code 5). */
public final class MissingModelException extends CoterieException {
    public MissingModelException(Message message) {
        super(message, null);
    }

    public MissingModelException(Message message, Throwable cause) {
        super(message, cause);
    }
}
