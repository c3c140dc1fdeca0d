package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.tools.FieldTerms;
import dev.coterie.tools.Filter;
import dev.coterie.words.Sense;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads conditions on a number: "over 40", "between 20 and 30", "不到 3 次". */
final class NumberConditions {
    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
    private static final String COMPARE =
            "(不大于|不高于|不多于|不小于|没有?超过|more than|over|above|greater than|higher than|at least|no less than|less than|under|below|fewer than|lower than|at most|no more than|exactly|equal to|超过|大于|高于|多于|不少于|至少|不低于|小于|低于|不到|少于|至多|不超过|等于|>=|<=|>|<|=)";

    private static final Pattern BETWEEN =
            Pattern.compile("(?:between\\s*)?" + NUMBER + "\\s*(?:and|to|-|到|至|~)\\s*" + NUMBER);

    private static final Pattern OF_AGE =
            Pattern.compile(
                    "\\b(are|is|customers|people|clients|buyers|who are)\\s+(at most|at least|under|over|below|above|past)\\s+(?:the age of\\s+)?(\\d{2})\\b(?!\\s*(?:orders?|purchases?|days?|weeks|months|euros?|dollars?|times|reviews|texts|stars|points|percent|%|years ago))");

    /** Customers 18-24 are those of that age. */
    private static final Pattern AGES =
            Pattern.compile(
                    "\\b(customers|people|clients|buyers|users|shoppers)\\s+(\\d{2})\\s*(?:-|–|to)\\s*(\\d{2})\\b(?!\\s*\\p{L}*(?:orders|days|euros|times))");

    /** "Ordered more than 5 times" and "消费超过 1000 元" name the figure by what people do. */
    private static final Pattern ORDERED =
            Pattern.compile(
                    "\\b(?:ordered|bought|purchased|shopped)(?: from us| with us)?(?=\\s+(?:"
                            + COMPARE
                            + "\\s*)?\\d+\\s*times\\b)|(?:购买|买|下单|下|来)(?:过|了)?(?=\\s*(?:"
                            + COMPARE
                            + "\\s*)?\\d+\\s*(?:次|单|笔))");

    private static final Pattern SPENT =
            Pattern.compile(
                    "\\bspent(?=\\s+"
                            + COMPARE
                            + "\\s*\\d)|(?<!每单|每次|单次|平均)(?:累计|总共|一共)?(?:消费|花费|花)(?:了|过)?(?=\\s*(?:"
                            + COMPARE
                            + ")?\\s*\\d)");

    private static final Pattern EACH =
            Pattern.compile("\\b(?:per|each|every|an) (?:order|purchase|time)\\b|每单|每次|每笔|单次");

    private NumberConditions() {}

    /**
     * @param terms the words for the attribute
     * @param filters gets what is found
     * @return the text without the words that made a condition
     */
    static String read(Attribute a, List<String> terms, String text, List<Filter> filters) {
        String rest = text;
        boolean age = a.sense() == Sense.AGE;
        if (a.sense() == Sense.FREQUENCY) {
            rest = ORDERED.matcher(rest).replaceAll(m -> han(m.group()) ? "订单数" : "orders");
        }
        if (a.sense() == Sense.TOTAL && !EACH.matcher(rest).find()) {
            rest = SPENT.matcher(rest).replaceAll(m -> han(m.group()) ? "消费总额" : "spending");
        }
        if (age) {
            rest = rest.replaceAll("\\bolder than\\b", " age over ");
            rest = rest.replaceAll("\\byounger than\\b", " age under ");
            rest = rest.replaceAll("\\baged\\b", " age ");
            rest = AGES.matcher(rest).replaceAll("$1 age $2-$3");
            rest = OF_AGE.matcher(rest).replaceAll("$1 age $2 $3");
            String years = rest;
            if (terms.stream().noneMatch(t -> FieldTerms.at(years, t) >= 0)
                    && FieldTerms.at(rest, "age") < 0) {
                rest =
                        rest.replaceFirst(
                                "("
                                        + COMPARE
                                        + "\\s*)?"
                                        + NUMBER
                                        + "[^\\d岁]{0,12}(?:\\d+\\s*)?(?:years|岁)",
                                " age $0");
                rest = rest.replaceFirst("between\\s+age", "age between");
            }
        }
        var names = new ArrayList<>(terms);
        if (age) names.add("age");
        // "晚到超过 2 次" is a condition on 晚到次数.
        for (String term : terms) {
            if (term.matches("\\p{IsHan}{2,}次数")) names.add(term.substring(0, term.length() - 2));
        }
        for (String term : names) {
            String t = FieldTerms.border(term);
            String unit = "\\s*(?:euros?|dollars?|days?|years?|times|岁|次|元|块|天|分|单|笔|个)?";
            Matcher range =
                    Pattern.compile(t + "\\D{0,12}?" + BETWEEN.pattern() + unit).matcher(rest);
            if (range.find()) {
                filters.add(new Filter(a.key(), Filter.Op.AT_LEAST, range.group(1)));
                filters.add(new Filter(a.key(), Filter.Op.AT_MOST, range.group(2)));
                return rest.substring(0, range.start()) + " " + rest.substring(range.end());
            }
            Matcher after =
                    Pattern.compile(
                                    t
                                            + "\\s*(?:is|are|of|was|在|是|为)?\\s*"
                                            + COMPARE
                                            + "\\s*"
                                            + NUMBER
                                            + unit)
                            .matcher(rest);
            if (after.find()) {
                filters.add(new Filter(a.key(), op(after.group(1)), after.group(2)));
                return rest.substring(0, after.start()) + " " + rest.substring(after.end());
            }
            Matcher before =
                    Pattern.compile(COMPARE + "\\s*" + NUMBER + unit + "\\s*(?:of|in|的)?\\s*" + t)
                            .matcher(rest);
            if (before.find()) {
                filters.add(new Filter(a.key(), op(before.group(1)), before.group(2)));
                return rest.substring(0, before.start()) + " " + rest.substring(before.end());
            }
            Matcher chinese =
                    Pattern.compile(t + "\\s*(?:在|是|为)?\\s*" + NUMBER + unit + "\\s*(及?以上|及?以下)")
                            .matcher(rest);
            if (chinese.find()) {
                boolean up = chinese.group(2).endsWith("以上");
                filters.add(
                        new Filter(
                                a.key(),
                                up ? Filter.Op.AT_LEAST : Filter.Op.AT_MOST,
                                chinese.group(1)));
                return rest.substring(0, chinese.start()) + " " + rest.substring(chinese.end());
            }
        }
        return rest;
    }

    private static boolean han(String text) {
        return Words.han(text);
    }

    static Filter.Op op(String words) {
        return switch (words) {
            case "at least", "no less than", "不少于", "不小于", "至少", "不低于", ">=" -> Filter.Op.AT_LEAST;
            case "less than",
                    "under",
                    "below",
                    "fewer than",
                    "lower than",
                    "小于",
                    "低于",
                    "不到",
                    "少于",
                    "<" ->
                    Filter.Op.LESS;
            case "at most", "no more than", "至多", "不超过", "没超过", "没有超过", "不大于", "不高于", "不多于", "<=" ->
                    Filter.Op.AT_MOST;
            case "exactly", "equal to", "等于", "=" -> Filter.Op.EQUAL;
            default -> Filter.Op.MORE;
        };
    }
}
