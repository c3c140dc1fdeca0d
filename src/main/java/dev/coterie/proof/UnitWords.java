package dev.coterie.proof;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The unit that stands beside a figure, and whether the figure is one of it. */
public final class UnitWords {
    private static final String PEOPLE =
            "(?:more )?(?:customers?|buyers?|reviewers?|members?|people|persons?|users?)|位|名|个人|人(?!均)";
    private static final String TEXTS = "texts?|reviews?|comments?|条|篇";
    private static final String EVENTS = "events?|purchases?|orders?|visits?|次|笔|单";
    private static final String TIME =
            "days?|weeks?|months?|quarters?|years?|hours?|minutes?|天|日|周|个月|月|年|小时|分钟";
    private static final String PARTS = "%|‰|percent|per cent|percentage points?|points?|个百分点|个点|成";
    private static final String MONEY =
            "[€$£¥￥]|euros?|dollars?|pounds?|yuan|cents?|usd|eur|gbp|rmb|元|块|美元|欧元|英镑";
    private static final String TIMES = "times|fold|倍";

    private static final Pattern AFTER =
            Pattern.compile(
                    "(?i)^[\\s\\u00a0]*(?:(?<people>"
                            + PEOPLE
                            + ")|(?<texts>"
                            + TEXTS
                            + ")|(?<events>"
                            + EVENTS
                            + ")|(?<time>"
                            + TIME
                            + ")|(?<parts>"
                            + PARTS
                            + ")|(?<money>"
                            + MONEY
                            + ")|(?<times>"
                            + TIMES
                            + "))(?![a-z])");
    private static final Pattern MONEY_BEFORE =
            Pattern.compile("(?:[€$£¥￥]|(?i:usd|eur|gbp|rmb))[\\s\\u00a0]*$");
    private static final Pattern AS_MUCH =
            Pattern.compile(
                    "(?i)^[\\s\\u00a0]*(?:倍|fold|times (?:as|more|less|higher|lower|the)\\b)");
    private static final Set<String> KINDS =
            Set.of("people", "texts", "events", "time", "parts", "money", "times");

    private UnitWords() {}

    /**
     * @param before what precedes the figure
     * @param after what follows it
     */
    static boolean fit(Fact fact, String before, String after) {
        if (MONEY_BEFORE.matcher(before).find()) return false;
        Matcher matcher = AFTER.matcher(after);
        if (!matcher.find()) return true;
        return KINDS.stream()
                .filter(kind -> matcher.group(kind) != null)
                .allMatch(kind -> counted(fact).contains(kind) && !compared(fact, kind, after));
    }

    /** They order 9.6 times, but not 9.6 times as often as others. */
    private static boolean compared(Fact fact, String kind, String after) {
        return kind.equals("times")
                && fact.unit() != Fact.Unit.LIFT
                && AS_MUCH.matcher(after).find();
    }

    /** What a figure counts; empty if a unit word beside it can only be wrong. */
    private static Set<String> counted(Fact fact) {
        String key = fact.measure().key().toLowerCase(Locale.ROOT);
        if (fact.unit() == Fact.Unit.COUNT) {
            if (key.endsWith(".texts")) return Set.of("texts");
            return Set.of(key.endsWith(".events") ? "events" : "people");
        }
        if (fact.unit() == Fact.Unit.LIFT) return Set.of("times");
        return key.endsWith(".frequency") ? Set.of("events", "times") : Set.of();
    }
}
