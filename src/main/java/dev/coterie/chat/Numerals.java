package dev.coterie.chat;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Numbers as people write them in questions: digits, and words of both languages up to 99. */
final class Numerals {
    private static final List<String> UNITS =
            List.of(
                    "zero",
                    "one",
                    "two",
                    "three",
                    "four",
                    "five",
                    "six",
                    "seven",
                    "eight",
                    "nine",
                    "ten",
                    "eleven",
                    "twelve",
                    "thirteen",
                    "fourteen",
                    "fifteen",
                    "sixteen",
                    "seventeen",
                    "eighteen",
                    "nineteen");
    private static final List<String> TENS =
            List.of(
                    "-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
                    "ninety");
    private static final String DIGITS = "零一二三四五六七八九";

    /** Matches a number word from one on; the longest form comes first. */
    static final String ENGLISH =
            "(?:(?:"
                    + String.join("|", TENS.subList(2, 10))
                    + ")(?:[- ](?:"
                    + String.join("|", UNITS.subList(1, 10))
                    + "))?|"
                    + String.join("|", UNITS.subList(1, 20))
                    + ")";

    static final String HAN = "[一二两三四五六七八九十]{1,3}";

    private Numerals() {}

    /** The number; empty if the word is none. */
    static OptionalInt value(String word) {
        String w = word.strip().toLowerCase(Locale.ROOT);
        if (w.matches("\\d{1,3}")) return OptionalInt.of(Integer.parseInt(w));
        if (UNITS.contains(w)) return OptionalInt.of(UNITS.indexOf(w));
        if (w.matches(HAN)) return han(w.replace('两', '二'));
        String[] parts = w.split("[- ]");
        int tens = TENS.indexOf(parts[0]);
        if (tens < 2 || parts.length > 2) return OptionalInt.empty();
        int unit = parts.length == 1 ? 0 : UNITS.indexOf(parts[1]);
        return unit < 0 || unit > 9 ? OptionalInt.empty() : OptionalInt.of(10 * tens + unit);
    }

    /** 二十三 is two tens and three. */
    private static OptionalInt han(String word) {
        int ten = word.indexOf('十');
        if (ten < 0) {
            return word.length() == 1 ? OptionalInt.of(DIGITS.indexOf(word)) : OptionalInt.empty();
        }
        String units = word.substring(ten + 1);
        if (ten > 1 || units.length() > 1 || units.equals("十")) return OptionalInt.empty();
        int tens = ten == 0 ? 1 : DIGITS.indexOf(word.charAt(0));
        return OptionalInt.of(10 * tens + (units.isEmpty() ? 0 : DIGITS.indexOf(units)));
    }
}
