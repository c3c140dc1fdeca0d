package dev.coterie.error;

import dev.coterie.language.Message;

/**
 * The data folder cannot take or give what was asked: full, locked or newer than this program (HTTP
 * 507 or 503, exit code 5 or 8).
 */
public final class StorageException extends CoterieException {
    public StorageException(Message message) {
        super(message, null);
    }

    public StorageException(Message message, Throwable cause) {
        super(message, cause);
    }
}
