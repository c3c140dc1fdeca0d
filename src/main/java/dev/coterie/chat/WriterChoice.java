package dev.coterie.chat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who should write. {@code AUTO} is the language model if one is configured. */
public enum WriterChoice {
    AUTO,
    BUILTIN,
    LLM;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static WriterChoice of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
