package dev.coterie.collect;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One cell taken apart: sign, currency, percent, factor, and digits with their separators.
 *
 * @param digits only digits and at most one {@code '.'}: the number if the separator is a decimal
 *     sign
 * @param factor sign and thousands words: -1, 1000, 10000
 */
record NumberCell(Shape shape, String digits, double factor, String currency, boolean percent) {
    /** What the separators say. */
    enum Shape {
        NONE,
        INFINITE,
        /** No separator that could mislead. */
        PLAIN,
        /** The decimal sign is surely a point, or the comma surely separates thousands. */
        POINT,
        /** The decimal sign is surely a comma, or the point surely separates thousands. */
        COMMA,
        /** {@code 1,234} */
        COMMA_OR_THOUSANDS,
        /** {@code 1.234} */
        POINT_OR_THOUSANDS
    }

    private static final int LONGEST = 64;
    private static final NumberCell NO_NUMBER = new NumberCell(Shape.NONE, "", 1, "", false);
    private static final String[][] CURRENCIES = {
        {"$", "USD", "US$"},
        {"\u20AC", "EUR", "\u20AC"},
        {"\u00A3", "GBP", "\u00A3"},
        {"\u00A5", "CNY", "RMB", "JPY", "\u5143"},
        {"\u20B9", "INR", "Rs"},
        {"\u20BD", "RUB"},
        {"\u20A9", "KRW"},
        {"CHF", "CHF"}
    };

    boolean isNumber() {
        return shape != Shape.NONE && shape != Shape.INFINITE;
    }

    double asDecimal() {
        return Double.parseDouble(digits) * factor;
    }

    double asThousands() {
        return Double.parseDouble(digits.replace(".", "")) * factor;
    }

    static NumberCell parse(String cell) {
        if (cell.length() > LONGEST) return NO_NUMBER;
        String text = FullWidth.plain(cell);
        if (text.isEmpty()) return NO_NUMBER;
        if (isInfinite(text)) return new NumberCell(Shape.INFINITE, "", 1, "", false);
        double factor = 1;
        if (text.startsWith("(") && text.endsWith(")") && text.length() > 2) {
            factor = -1;
            text = text.substring(1, text.length() - 1).strip();
        }
        String unsigned = unsigned(text);
        if (unsigned.length() != text.length() && text.charAt(0) == '-') factor = -factor;
        text = unsigned;
        String currency = "";
        for (String[] signs : CURRENCIES) {
            for (String sign : signs) {
                String without = without(text, sign);
                if (without == null) continue;
                currency = signs[0];
                text = unsigned(without);
                if (text.length() != without.length() && without.charAt(0) == '-') factor = -factor;
            }
        }
        boolean percent = text.endsWith("%");
        if (percent) text = text.substring(0, text.length() - 1).strip();
        double times = times(text);
        if (times != 1) text = text.substring(0, text.length() - 1).strip();
        return number(text, factor * times, currency, percent);
    }

    private static String unsigned(String text) {
        boolean signed = text.length() > 1 && (text.charAt(0) == '-' || text.charAt(0) == '+');
        return signed ? text.substring(1).strip() : text;
    }

    /** The text without the sign at its start or end, or null if the sign is not there. */
    private static String without(String text, String sign) {
        int rest = text.length() - sign.length();
        if (rest <= 0) return null;
        if (text.regionMatches(true, 0, sign, 0, sign.length())) {
            return text.substring(sign.length()).strip();
        }
        if (text.regionMatches(true, rest, sign, 0, sign.length())) {
            return text.substring(0, rest).strip();
        }
        return null;
    }

    private static double times(String text) {
        if (text.length() < 2) return 1;
        return switch (text.charAt(text.length() - 1)) {
            case 'k', 'K', '\u5343' -> 1e3;
            case 'M' -> 1e6;
            case '\u4E07', '\u842C' -> 1e4;
            case '\u4EBF', '\u5104' -> 1e8;
            default -> 1;
        };
    }

    private static boolean isInfinite(String text) {
        String word = unsigned(text).toLowerCase(Locale.ROOT);
        return word.equals("inf")
                || word.equals("infinity")
                || word.equals("\u221E")
                || word.equals("1.#inf");
    }

    private static NumberCell number(String text, double factor, String currency, boolean percent) {
        int points = 0;
        int commas = 0;
        int groups = 0;
        int exponent = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') points++;
            else if (c == ',') commas++;
            else if (c == ' ' || c == '\'' || c == '\u2019') groups++;
            else if ((c == 'e' || c == 'E') && exponent < 0 && i > 0) exponent = i;
            else if ((c == '-' || c == '+') && exponent == i - 1 && exponent >= 0) continue;
            else if (c < '0' || c > '9') return NO_NUMBER;
        }
        if (text.isEmpty() || text.equals(".") || text.equals(",")) return NO_NUMBER;
        if (exponent >= 0) {
            return scientific(text, exponent, points, commas + groups, factor, currency);
        }
        String joined = text;
        if (groups > 0) {
            int whole = firstOf(text, '.', ',');
            if (!grouped(text.substring(0, whole), ' ', '\'', '\u2019')) return NO_NUMBER;
            joined = text.replace(" ", "").replace("'", "").replace("\u2019", "");
        }
        return separated(joined, points, commas, groups > 0, factor, currency, percent);
    }

    private static NumberCell scientific(
            String text, int exponent, int points, int others, double factor, String currency) {
        boolean sound =
                others == 0
                        && points <= 1
                        && text.indexOf('.', exponent) < 0
                        && Character.isDigit(text.charAt(text.length() - 1))
                        && !text.substring(0, exponent).equals(".");
        if (!sound) return NO_NUMBER;
        boolean finite = Double.isFinite(Double.parseDouble(text) * factor);
        return new NumberCell(finite ? Shape.PLAIN : Shape.INFINITE, text, factor, currency, false);
    }

    private static NumberCell separated(
            String text,
            int points,
            int commas,
            boolean spaced,
            double factor,
            String currency,
            boolean percent) {
        String digits;
        Shape shape;
        if (points == 0 && commas == 0) {
            digits = text;
            shape = Shape.PLAIN;
        } else if (points > 0 && commas > 0) {
            boolean pointLast = text.lastIndexOf('.') > text.lastIndexOf(',');
            if ((pointLast ? points : commas) != 1) return NO_NUMBER;
            int decimal = pointLast ? text.indexOf('.') : text.indexOf(',');
            if (!grouped(text.substring(0, decimal), pointLast ? ',' : '.')) return NO_NUMBER;
            digits = text.substring(0, decimal).replace(pointLast ? "," : ".", "");
            digits += "." + text.substring(decimal + 1);
            shape = pointLast ? Shape.POINT : Shape.COMMA;
        } else {
            char sign = points > 0 ? '.' : ',';
            if (points + commas > 1) {
                if (spaced || !grouped(text, sign)) return NO_NUMBER;
                digits = text.replace(String.valueOf(sign), "");
                shape = sign == ',' ? Shape.POINT : Shape.COMMA;
            } else {
                digits = text.replace(',', '.');
                shape = single(text, sign, spaced);
            }
        }
        return new NumberCell(shape, digits, factor, currency, percent);
    }

    /** One separator: it surely marks decimals unless exactly three digits follow one to three. */
    private static Shape single(String text, char sign, boolean spaced) {
        int at = text.indexOf(sign);
        int after = text.length() - at - 1;
        boolean either = !spaced && after == 3 && at >= 1 && at <= 3 && text.charAt(0) != '0';
        if (sign == '.') return either ? Shape.POINT_OR_THOUSANDS : Shape.POINT;
        return either ? Shape.COMMA_OR_THOUSANDS : Shape.COMMA;
    }

    /** Groups of three after one to three digits, or the Indian way: twos before the last three. */
    private static boolean grouped(String whole, char... signs) {
        String[] parts = whole.split("[" + Pattern.quote(new String(signs)) + "]", -1);
        if (parts[0].isEmpty() || parts[0].length() > 3) return false;
        if (parts.length > 1 && parts[parts.length - 1].length() != 3) return false;
        int inner = parts.length > 2 ? parts[1].length() : 3;
        if (inner != 3 && (inner != 2 || parts[0].length() > 2)) return false;
        for (int i = 1; i < parts.length - 1; i++) {
            if (parts[i].length() != inner) return false;
        }
        return true;
    }

    private static int firstOf(String text, char one, char other) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == one || text.charAt(i) == other) return i;
        }
        return text.length();
    }
}
