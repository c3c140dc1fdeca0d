package dev.coterie.error;

import dev.coterie.language.Message;

/**
 * The input is over a limit that the message names with the value found (HTTP 413, exit code 7).
 */
public final class LimitException extends CoterieException {
    public LimitException(Message message) {
        super(message, null);
    }

    public LimitException(Message message, Throwable cause) {
        super(message, cause);
    }
}
