package dev.coterie.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The stages of a run, in order. */
public enum Stage {
    CLEAN,
    EMBED,
    FUSE,
    SEGMENTS,
    FORECASTS,
    DESCRIBE;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
