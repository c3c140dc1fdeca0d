package dev.coterie.error;

import dev.coterie.language.Message;

/** Something named by the caller does not exist (HTTP 404, exit code 3). */
public final class NotFoundException extends CoterieException {
    public NotFoundException(Message message) {
        super(message, null);
    }

    public NotFoundException(Message message, Throwable cause) {
        super(message, cause);
    }
}
