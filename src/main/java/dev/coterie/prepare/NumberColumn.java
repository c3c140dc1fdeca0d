package dev.coterie.prepare;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A profile number of every customer.
 *
 * @param name column name as in the file
 * @param kind how to read and show it
 * @param values one per customer, in the customers' order; NaN where missing, never infinite
 * @param code a value that stands for none, as −1 for days since a contact that never was
 */
public record NumberColumn(String name, Kind kind, double[] values, OptionalDouble code) {
    /** A column in which every number means itself. */
    public NumberColumn(String name, Kind kind, double[] values) {
        this(name, kind, values, OptionalDouble.empty());
    }

    /** The values with NaN in the place of the code. */
    public double[] known() {
        if (code.isEmpty()) return values;
        double none = code.getAsDouble();
        return Arrays.stream(values).map(v -> v == none ? Double.NaN : v).toArray();
    }

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
