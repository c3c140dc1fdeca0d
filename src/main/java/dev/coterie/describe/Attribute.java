package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.words.Lexicon;
import dev.coterie.words.Sense;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Something that is known of every customer (or missing) and that segments may differ in.
 *
 * @param key stable name: {@code age}, {@code country=DE}, {@code recency_days}
 * @param column the column as in the file; the key for a computed attribute
 * @param level the category's value as in the file, or empty
 * @param buys whether it is about events that are purchases, and may be called so
 * @param values one per customer; 0 or 1 for a share; NaN where missing
 */
public record Attribute(
        String key,
        Sense sense,
        Difference.Kind kind,
        Fact.Unit unit,
        String column,
        String level,
        boolean buys,
        double[] values) {
    /** Something that is not about events. */
    Attribute(
            String key,
            Sense sense,
            Difference.Kind kind,
            Fact.Unit unit,
            String column,
            String level,
            double[] values) {
        this(key, sense, kind, unit, column, level, false, values);
    }

    /** What it is, in words. */
    public Message label() {
        Message columnTerm = Lexicon.column(column);
        return switch (sense) {
            case COMPLAINS, TOTAL -> Message.of("describe.label." + sense.word());
            case RECENCY, FREQUENCY, BASKET, TREND, RETURNS, WEEKEND ->
                    Message.of(ofEvents() + sense.word());
            case TENURE, SINCE ->
                    unit == Fact.Unit.DAYS
                            ? Message.of("describe.label.since", "column", event(columnTerm))
                            : Message.of("describe.label.plain", "column", columnTerm);
            case FLAG, STATE, SENIOR, NEWSLETTER, RECOMMEND ->
                    Message.of("describe.label.flag", "column", columnTerm);
            case ITEM -> Message.of(ofEvents() + "item", "item", level);
            case EVENT -> Message.of("describe.label.event", "event", level);
            default ->
                    level.isEmpty()
                            ? Message.of("describe.label.plain", "column", columnTerm)
                            : Message.of(
                                    "describe.label.level",
                                    "column",
                                    columnTerm,
                                    "level",
                                    Lexicon.level(level, true));
        };
    }

    /** What a figure of it is, in words: the median says that it is one. */
    public Message figure() {
        return kind == Difference.Kind.MEDIAN
                ? Message.of("describe.label.median", "label", label())
                : label();
    }

    /**
     * The values on a scale on which the means of groups may be compared: the ranks, 0..1, where a
     * few large values carry the mean.
     */
    public double[] comparable() {
        return kind == Difference.Kind.MEDIAN ? Comparison.Scale.of(this).ranks() : values;
    }

    /**
     * The median of some customers' values, where it is what is told of them.
     *
     * @return empty for other attributes and where nobody has a value
     */
    public OptionalDouble median(IntPredicate of) {
        if (kind != Difference.Kind.MEDIAN) return OptionalDouble.empty();
        double[] sorted =
                IntStream.range(0, values.length)
                        .filter(i -> of.test(i) && !Double.isNaN(values[i]))
                        .mapToDouble(i -> values[i])
                        .sorted()
                        .toArray();
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Asymmetry.quantile(sorted, 0.5));
    }

    /** How a figure of it is computed, in words. */
    public Message formula() {
        return Message.of("describe.formula." + kind.word());
    }

    /** What happened on a date: signup of {@code signup date}. */
    private static Message event(Message column) {
        return Lexicon.term(
                column.in(Language.ENGLISH).replaceAll(" (?:date|since)$", ""),
                column.in(Language.CHINESE));
    }

    private String ofEvents() {
        return buys ? "describe.label.bought." : "describe.label.";
    }
}
