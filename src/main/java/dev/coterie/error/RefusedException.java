package dev.coterie.error;

import dev.coterie.language.Message;

/**
 * The caller may not do this: no key, a foreign host, too many at once (HTTP 401, 403, 429; exit
 * code 4).
 */
public final class RefusedException extends CoterieException {
    public RefusedException(Message message) {
        super(message, null);
    }

    public RefusedException(Message message, Throwable cause) {
        super(message, cause);
    }
}
