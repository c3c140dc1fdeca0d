package dev.coterie.describe;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Words of a customer, verbatim.
 *
 * @param text the text or an unbroken part of it
 * @param customer row in the customer table
 * @param textIndex index into {@code CustomerTable.texts()}
 * @param kind whether it is near the middle of its segment or speaks against it
 */
public record Quote(String text, int customer, int textIndex, Kind kind) {
    /** Place of a quote in its segment. */
    public enum Kind {
        TYPICAL,
        OPPOSING;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
