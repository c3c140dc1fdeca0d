package dev.coterie.describe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who wrote a text. */
public enum Writer {
    BUILTIN,
    LLM,
    HUMAN;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Writer of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
