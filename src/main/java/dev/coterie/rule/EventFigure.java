package dev.coterie.rule;

import java.util.Arrays;
import java.util.Optional;

/** A figure of a customer's events that a rule may ask about, with its formula in SQL. */
enum EventFigure {
    COUNT("events", RuleField.Kind.NUMBER, "COUNT(*)", true),
    /** The table gives the date; days are counted by comparing it with a day. */
    RECENCY("recency_days", RuleField.Kind.DAYS_SINCE, "MAX(happened)", false),
    TOTAL("total_value", RuleField.Kind.NUMBER, "SUM(amount)", true),
    AVERAGE(
            "average_value",
            RuleField.Kind.NUMBER,
            "AVG(CASE WHEN amount > 0 THEN amount END)",
            false),
    RETURNS(
            "return_share",
            RuleField.Kind.SHARE,
            "AVG(CASE WHEN amount < 0 THEN 1.0 ELSE 0.0 END)",
            false);

    private final String key;
    private final RuleField.Kind kind;
    private final String formula;
    private final boolean zeroWithout;

    EventFigure(String key, RuleField.Kind kind, String formula, boolean zeroWithout) {
        this.key = key;
        this.kind = kind;
        this.formula = formula;
        this.zeroWithout = zeroWithout;
    }

    static Optional<EventFigure> of(String key) {
        return Arrays.stream(values()).filter(f -> f.key.equals(key)).findFirst();
    }

    String key() {
        return key;
    }

    RuleField.Kind kind() {
        return kind;
    }

    /** Over the columns {@code happened} and {@code amount} of one customer's events. */
    String formula() {
        return formula;
    }

    /** The name of the computed column. */
    String alias() {
        return this == RECENCY ? "last_event" : key;
    }

    /** True if a customer without events has 0, and not a missing value. */
    boolean zeroWithout() {
        return zeroWithout;
    }
}
