package dev.coterie.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Where a run or a job stands. */
public enum State {
    QUEUED,
    RUNNING,
    /** Until the language model may answer again. */
    WAITING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of all of them. */
    public static String[] words() {
        return Arrays.stream(values()).map(State::word).toArray(String[]::new);
    }

    static State of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
