package dev.coterie.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A family of features that is scaled and weighted as a whole. */
public enum Block {
    TEXT,
    BEHAVIOUR,
    PROFILE;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Block of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
