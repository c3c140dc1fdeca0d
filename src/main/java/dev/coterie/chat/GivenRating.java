package dev.coterie.chat;

import dev.coterie.tools.Filter;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A rating that customers gave at least once: "How many gave 1 star?", "给过 4 分以上". */
final class GivenRating {
    private static final String VALUE = "(\\d{1,2}|" + Numerals.ENGLISH + ")";
    private static final String LIMIT =
            "(?:(at least|no less than|more than|over|above|at most|no more than|less than|fewer than|under|below|exactly) )?";
    private static final String OR_SO =
            "(?: (?:or|and) (more|above|higher|better|less|fewer|below|lower|worse))?";
    private static final Pattern ENGLISH =
            Pattern.compile(
                    "("
                            + Denial.WORD
                            + "\\s+)?\\b(?:gave|given?|gives|left|rated)\\s+(?:(?:us|it|them|an?|ratings? of|only|just)\\s+)*"
                            + LIMIT
                            + VALUE
                            + "(\\+)?"
                            + OR_SO
                            + "[ -]?stars?\\b(?: (?:ratings?|reviews?))?"
                            + OR_SO);
    private static final Pattern CHINESE =
            Pattern.compile(
                    "((?<!有)没有?|从未|从没)?(?:给|打|评)[过了出]*\\s*"
                            + "(至少|不低于|不少于|高于|超过|大于|多于|最多|至多|不超过|不高于|低于|不到|小于|少于)?\\s*(\\d{1,2}|"
                            + Numerals.HAN
                            + ")\\s*[分星]\\s*(?:(?:及|或|和)?(以[上下]))?(?:的?(?:评分|评价))?");

    private GivenRating() {}

    /**
     * The text without the rating that it sets as a condition. A bound that is denied is left in
     * it: "never gave more than 3 stars" is no rating of at most 3 that was given once.
     */
    static String read(String rest, List<Filter> filters) {
        for (Pattern pattern : List.of(ENGLISH, CHINESE)) {
            Matcher m = pattern.matcher(rest);
            if (!m.find()) continue;
            OptionalInt value = Numerals.value(m.group(3));
            boolean denied = m.group(1) != null;
            Filter.Op op = op(m);
            if (value.isEmpty() || denied && op != Filter.Op.EQUAL) return rest;
            filters.add(
                    new Filter(
                            Filter.RATED,
                            denied ? Filter.Op.NOT_EQUAL : op,
                            String.valueOf(value.getAsInt())));
            return rest.substring(0, m.start()) + " " + rest.substring(m.end());
        }
        return rest;
    }

    /** The bound that stands before or after the value. */
    private static Filter.Op op(Matcher m) {
        Stream<String> after = IntStream.rangeClosed(4, m.groupCount()).mapToObj(m::group);
        return Stream.concat(Stream.of(m.group(2)), after)
                .filter(word -> word != null)
                .findFirst()
                .map(GivenRating::op)
                .orElse(Filter.Op.EQUAL);
    }

    private static Filter.Op op(String words) {
        return switch (words) {
            case "+", "more", "above", "higher", "better", "以上" -> Filter.Op.AT_LEAST;
            case "less", "fewer", "below", "lower", "worse", "最多", "以下" -> Filter.Op.AT_MOST;
            default -> NumberConditions.op(words);
        };
    }
}
