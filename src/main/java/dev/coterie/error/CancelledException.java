package dev.coterie.error;

import dev.coterie.language.Message;

/** The user stopped the work; finished parts stay (exit code 5). */
public final class CancelledException extends CoterieException {
    public CancelledException(Message message) {
        super(message, null);
    }

    public CancelledException(Message message, Throwable cause) {
        super(message, cause);
    }
}
