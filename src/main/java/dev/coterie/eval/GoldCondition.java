package dev.coterie.eval;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition in a gold question.
 *
 * @param field an attribute's key, without the level
 * @param value a number or a level
 */
record GoldCondition(String field, String op, String value) {
    private static final Pattern SHAPE = Pattern.compile("([^<>=]+)(<=|>=|=|<|>)(.+)");

    static GoldCondition parse(String text) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) throw new IllegalStateException("condition: " + text);
        return new GoldCondition(m.group(1), m.group(2), m.group(3));
    }

    boolean holds(double left) {
        double right = Double.parseDouble(value);
        return switch (op) {
            case "=" -> left == right;
            case "<" -> left < right;
            case "<=" -> left <= right;
            case ">" -> left > right;
            default -> left >= right;
        };
    }
}
