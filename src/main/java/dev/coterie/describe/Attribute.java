package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.words.Lexicon;
import dev.coterie.words.Sense;

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
