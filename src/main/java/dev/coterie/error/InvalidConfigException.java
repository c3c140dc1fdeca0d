package dev.coterie.error;

import dev.coterie.language.Message;

/** A setting is wrong; every problem found is in the message (exit code 2). */
public final class InvalidConfigException extends CoterieException {
    public InvalidConfigException(Message message) {
        super(message, null);
    }

    public InvalidConfigException(Message message, Throwable cause) {
        super(message, cause);
    }
}
