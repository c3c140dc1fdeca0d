package dev.coterie.error;

import dev.coterie.language.Message;

/** The state does not allow it now (HTTP 409, or 412 for a lost update; exit code 4). */
public final class ConflictException extends CoterieException {
    public ConflictException(Message message) {
        super(message, null);
    }

    public ConflictException(Message message, Throwable cause) {
        super(message, cause);
    }
}
