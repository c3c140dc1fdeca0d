package dev.coterie.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.language.Message;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * What a condition of a rule asks about.
 *
 * @param key the column as in the file; {@code events}, {@code recency_days}, {@code total_value},
 *     {@code average_value} or {@code return_share} for a figure of the events; {@code text} for
 *     what customers wrote
 * @param kind how its values are compared and shown
 * @param label what it is, in words
 * @param asOf the day from which days are counted back; empty where nothing is counted in days
 * @param code the number that stands for no value in the table; empty where every number means
 *     itself
 */
public record RuleField(
        String key, Kind kind, Message label, Optional<LocalDate> asOf, Optional<Double> code) {
    public RuleField {
        if (code == null) code = Optional.empty(); // older runs are stored without it
    }

    /** A field of a table that has no code for no value. */
    RuleField(String key, Kind kind, Message label, Optional<LocalDate> asOf) {
        this(key, kind, label, asOf, Optional.empty());
    }

    /** How values are compared and shown. */
    public enum Kind {
        NUMBER,
        /** 0..1, shown as a percentage. */
        SHARE,
        /** Days from a customer's last event to {@code asOf}; a table holds the date. */
        DAYS_SINCE,
        /** A date; its value is the days from it to {@code asOf}. */
        DATE,
        CATEGORY,
        YESNO,
        TEXT;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static RuleField of(String key, Kind kind, Message label) {
        return new RuleField(key, kind, label, Optional.empty());
    }

    /** True where the table holds a date and the rule counts days back from {@code asOf}. */
    boolean dated() {
        return asOf.isPresent();
    }

    /** The day that lies so many days before {@code asOf}. */
    LocalDate day(double daysBefore) {
        return asOf.orElseThrow().minusDays((long) daysBefore);
    }
}
