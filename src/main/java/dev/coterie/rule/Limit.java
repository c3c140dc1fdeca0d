package dev.coterie.rule;

import dev.coterie.language.Message;
import java.math.BigDecimal;

/** The limit of a number or date in words, JSON and SQL. */
record Limit(RuleField field, double value) {
    Message words(String ofNumber, String ofDate) {
        boolean day = field.kind() == RuleField.Kind.DATE;
        return Message.of(
                day ? ofDate : ofNumber,
                "label",
                field.label(),
                "value",
                day ? field.day(value).toString() : shown());
    }

    /** A rule keeps every digit of its limits: they are to be copied, not to be read off. */
    private String shown() {
        return field.kind() == RuleField.Kind.SHARE
                ? Literals.plain(BigDecimal.valueOf(value).movePointRight(2)) + "%"
                : Literals.plain(BigDecimal.valueOf(value));
    }

    Object json() {
        if (field.kind() == RuleField.Kind.DATE) return field.day(value).toString();
        if (value == Math.rint(value) && Math.abs(value) < 1e15) return (long) value;
        return value;
    }

    String literal() {
        return field.dated()
                ? Literals.text(field.day(value).toString())
                : Literals.plain(BigDecimal.valueOf(value));
    }
}
