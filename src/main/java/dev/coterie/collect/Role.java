package dev.coterie.collect;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What a column means. */
public enum Role {
    /** Customer id: text, zeros kept; links tables. */
    ID,
    /** Writing, to be embedded. */
    TEXT,
    /** Time of the row. */
    DATE,
    /** Amount of an event; negative: a return. */
    VALUE,
    /** Count of an event; times {@link #PRICE} it gives the value. */
    QUANTITY,
    PRICE,
    /** What the event was about: a product, a page. */
    ITEM,
    /** Name of the event. */
    EVENT,
    /** Score given with a text. */
    RATING,
    NUMBER,
    CATEGORY,
    YESNO,
    /** What a forecast predicts; never a feature of a segment. */
    TARGET,
    /** May be contacted; never a feature. */
    CONSENT,
    /** Masked, never used. */
    PERSONAL,
    IGNORE;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a word such as {@code yesno}; empty if there is none. */
    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word.toLowerCase(Locale.ROOT))) return Optional.of(role);
        }
        return Optional.empty();
    }

    @JsonCreator
    static Role parse(String word) {
        return of(word).orElseThrow(() -> new IllegalArgumentException("no role " + word));
    }
}
