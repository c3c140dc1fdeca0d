package dev.coterie.rule;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.math.BigDecimal;
import java.util.List;

/** Names and values as standard SQL writes them, so that none can end its quotes. */
final class Literals {
    private static final char ESCAPE = '!';

    private Literals() {}

    /** A quoted identifier. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A character literal. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** The pattern of texts that contain a word, wildcards in it escaped. */
    static String like(String word) {
        var pattern = new StringBuilder("%");
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '%' || c == '_' || c == ESCAPE) pattern.append(ESCAPE);
            pattern.append(c);
        }
        boolean escaped = pattern.length() > word.length() + 1;
        return text(pattern.append('%').toString()) + (escaped ? " ESCAPE '" + ESCAPE + "'" : "");
    }

    /** A number without an exponent. */
    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** {@code x = 'a'}, or {@code x IN ('a', 'b')}. */
    static String in(String expression, List<String> literals) {
        return literals.size() == 1
                ? expression + " = " + literals.get(0)
                : expression + " IN (" + String.join(", ", literals) + ")";
    }

    /** {@code A, B or C} in words. */
    static String either(List<String> values, Language language) {
        String said = values.get(0);
        for (int i = 1; i < values.size(); i++) {
            said = Message.of("describe.rule.or", "a", said, "b", values.get(i)).in(language);
        }
        return said;
    }
}
