package dev.coterie.error;

import dev.coterie.language.Message;
import java.util.Optional;

/** The caller's input cannot be used (HTTP 400 or 422, exit code 7). */
public final class InvalidInputException extends CoterieException {
    private final transient String pointer;

    public InvalidInputException(Message message) {
        this(message, null, null);
    }

    public InvalidInputException(Message message, Throwable cause) {
        this(message, null, cause);
    }

    /**
     * @param pointer JSON Pointer of the field that is wrong, such as {@code /customers/0/profile};
     *     may be null
     */
    public InvalidInputException(Message message, String pointer, Throwable cause) {
        super(message, cause);
        this.pointer = pointer;
    }

    public Optional<String> pointer() {
        return Optional.ofNullable(pointer);
    }
}
