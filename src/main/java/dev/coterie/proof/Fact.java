package dev.coterie.proof;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.language.Message;
import java.util.Locale;

/**
 * One computed figure with its origin.
 *
 * @param id {@code f1}, {@code f2}… unique in a run
 * @param label what it is, in words without the value
 * @param value the figure; a share is 0..1
 * @param unit how to show it
 * @param n rows behind it (customers, texts or events, as the label says)
 * @param segment segment number 1..k it speaks of, 0 for all customers, or {@link #SEVERAL}
 * @param filter which rows were counted, in words
 * @param formula how the value was computed, in words
 */
public record Fact(
        String id,
        Message label,
        double value,
        Unit unit,
        long n,
        int segment,
        Message filter,
        Message formula) {
    /** Stands for the segments of a branch of the tree, which the filter names. */
    public static final int SEVERAL = -1;

    /** The same fact under another id. */
    public Fact called(String other) {
        return new Fact(other, label, value, unit, n, segment, filter, formula);
    }

    /** What it measures: its label, without saying that the figure is a median. */
    public Message measure() {
        boolean median = label.key().equals("describe.label.median");
        return median && label.arguments().get("label") instanceof Message of ? of : label;
    }

    /** True if its rows are segments: however few they are, they tell of nobody. */
    public boolean ofSegments() {
        return label.key().equals("describe.fact.segments");
    }

    /** How a value is shown. */
    public enum Unit {
        /** A whole number of customers, texts or events. */
        COUNT,
        /** 0..1, shown as a percentage. */
        SHARE,
        /** An amount in the data's currency, whose name is not known. */
        MONEY,
        DAYS,
        /** Times as much or as often as everyone else. */
        LIFT,
        /** A year of the calendar, shown without a separator. */
        YEAR,
        /** Any other number. */
        NUMBER;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
