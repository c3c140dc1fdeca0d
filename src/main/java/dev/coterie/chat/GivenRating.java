package dev.coterie.chat;

import dev.coterie.tools.Filter;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rating that customers gave at least once: "How many gave 1 star?" */
final class GivenRating {
    /** A bound such as "4 stars or more" is not one rating, and not read here. */
    private static final Pattern GIVEN =
            Pattern.compile(
                    "("
                            + Denial.WORD
                            + "\\s+)?\\b(?:gave|given?|gives|left|rated)\\s+(?:(?:us|it|them|an?|ratings? of|only|just)\\s+)*(\\d{1,2}|"
                            + Numerals.ENGLISH
                            + ")(?:[ -]?stars?\\b(?: (?:ratings?|reviews?))?)(?! (?:or|and) \\p{L}+)"
                            + "|((?<!有)没有?|从未|从没)?(?:给|打|评)[过了出]*\\s*(\\d{1,2}|"
                            + Numerals.HAN
                            + ")\\s*[分星](?!\\s*(?:及|或|和)?以[上下])(?:的?(?:评分|评价))?");

    private GivenRating() {}

    /** The text without the rating that it sets as a condition. */
    static String read(String rest, List<Filter> filters) {
        Matcher m = GIVEN.matcher(rest);
        if (!m.find()) return rest;
        boolean english = m.group(2) != null;
        OptionalInt value = Numerals.value(english ? m.group(2) : m.group(4));
        if (value.isEmpty()) return rest;
        boolean denied = m.group(english ? 1 : 3) != null;
        filters.add(
                new Filter(
                        Filter.RATED,
                        denied ? Filter.Op.NOT_EQUAL : Filter.Op.EQUAL,
                        String.valueOf(value.getAsInt())));
        return rest.substring(0, m.start()) + " " + rest.substring(m.end());
    }
}
