package dev.coterie.prepare;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A profile number of every customer.
 *
 * @param name column name as in the file
 * @param kind how to read and show it
 * @param values one per customer, in the customers' order; NaN where missing, never infinite
 */
public record NumberColumn(String name, Kind kind, double[] values) {
    /** How a number is to be read. */
    public enum Kind {
        NUMBER,
        /** 0 or 1. */
        YESNO,
        /** A score given by the customer; the mean where there are several. */
        RATING,
        /** Days from the date to the dataset's latest date. */
        AGE_DAYS;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
