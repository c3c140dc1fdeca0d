package dev.coterie.language;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Something the user should know about the data or the work, with how often it was seen. */
public record Notice(Severity severity, Message message, long count) {
    /** How much it matters. A {@code WARNING} means that something was found or changed. */
    public enum Severity {
        INFO,
        WARNING,
        HIGH;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Notice info(Message message, long count) {
        return new Notice(Severity.INFO, message, count);
    }

    public static Notice warning(Message message, long count) {
        return new Notice(Severity.WARNING, message, count);
    }

    public static Notice high(Message message, long count) {
        return new Notice(Severity.HIGH, message, count);
    }
}
