package dev.coterie.tools;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A condition on customers.
 *
 * @param field key of an attribute such as {@code age} or {@code country=DE}, or {@code text},
 *     {@code item}, {@code rated} or {@code outlier}
 * @param value a number, or words for {@code text} and {@code item}
 */
public record Filter(String field, Op op, String value) {
    public static final String TEXT = "text";

    /** What an event was about. */
    public static final String ITEM = "item";

    public static final String OUTLIER = "outlier";

    /** A rating given with a text, at least once; if denied, never. */
    public static final String RATED = "rated";

    /** As in a tool call's arguments. */
    public Map<String, String> asArgument() {
        var argument = new LinkedHashMap<String, String>();
        argument.put("field", field);
        argument.put("op", op.sign());
        argument.put("value", value);
        return argument;
    }

    /** How a value is compared. */
    public enum Op {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">="),
        CONTAINS("contains");

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }

        @JsonValue
        String sign() {
            return sign;
        }

        /** As people write it. */
        String written() {
            return switch (this) {
                case NOT_EQUAL -> "≠";
                case AT_MOST -> "≤";
                case AT_LEAST -> "≥";
                default -> sign;
            };
        }

        @JsonCreator
        static Op parse(String sign) {
            return of(sign).orElseThrow(() -> new IllegalArgumentException("no operator"));
        }

        static Optional<Op> of(String sign) {
            for (Op op : values()) if (op.sign.equals(sign)) return Optional.of(op);
            return Optional.empty();
        }

        boolean holds(double left, double right) {
            return switch (this) {
                case EQUAL -> left == right;
                case NOT_EQUAL -> left != right;
                case LESS -> left < right;
                case AT_MOST -> left <= right;
                case MORE -> left > right;
                case AT_LEAST -> left >= right;
                case CONTAINS -> false;
            };
        }
    }
}
