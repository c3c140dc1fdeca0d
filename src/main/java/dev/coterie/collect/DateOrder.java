package dev.coterie.collect;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** Which part of an all-number date comes first. Settles dates such as 03/04/2024. */
public enum DateOrder {
    DMY,
    MDY,
    YMD;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DateOrder> of(String word) {
        for (DateOrder order : values()) {
            if (order.word().equals(word.toLowerCase(Locale.ROOT))) return Optional.of(order);
        }
        return Optional.empty();
    }

    @JsonCreator
    static DateOrder parse(String word) {
        return of(word).orElseThrow(() -> new IllegalArgumentException("no date order " + word));
    }
}
