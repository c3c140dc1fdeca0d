package dev.coterie.chat;

import dev.coterie.proof.Fact;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a sentence makes of its figures that they do not say: a change where the figure is of one
 * moment, things to come where nothing is forecast, money where people are counted, a segment's
 * number.
 *
 * <p>It knows turns of phrase, not meaning.
 */
final class Overreach {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*(f\\d{1,6})\\s*}}");

    private static final Pattern NUMBERED =
            Pattern.compile("(?i)\\b(?:segments?|seg_)\\s*\\{\\{|(?<!个)客群\\s*\\{\\{");

    private static final Pattern CHANGE =
            Pattern.compile(
                    "(?i)\\b(?:gr[eo]wn?|growing|grows|rose|risen|rising|increas(?:ed|es|ing)"
                            + "|fell|fallen|dropped|dropping|declin(?:ed|es|ing)|shrank|shrunk"
                            + "|shrinking|doubled|tripled|halved|since last)\\b"
                            + "|\\b(?:last|previous) (?:week|month|quarter|year)\\b"
                            + "|增长|上涨|上升了?|下降|减少了|翻番|去年|上个?(?:周|月|季度)");

    private static final Pattern TO_COME =
            Pattern.compile(
                    "(?i)\\b(?:will|going to)\\b|\\bnext (?:week|month|quarter|year)\\b"
                            + "|将会|将要|明年|下个?(?:周|月|季度)");

    /** Facts over time; other labels hold figures of one moment. */
    private static final Set<String> OVER_TIME = Set.of("month", "trend", "driver", "reason");

    private static final Set<String> TOLD_AHEAD =
            Set.of("probability", "forecast", "auc", "r2", "month");

    private static final Pattern MONEY_BEFORE =
            Pattern.compile(
                    "(?i)\\b(?:value|revenue|spend(?:ing)?|worth|amounts?)\\b[^{}.;,]{0,24}$"
                            + "|(?:价值|金额|消费额?|客单价)[^{}。；，]{0,10}$");

    private static final Pattern PART_BEFORE =
            Pattern.compile("(?i)\\bmakes? up\\s*$|占(?:全部|总数|客户总数)?的?\\s*$");

    private static final Pattern PEOPLE_AFTER =
            Pattern.compile(
                    "(?i)^\\s*(?:of the |more )?(?:customers?|people|buyers?|members?)|^\\s*(?:位|名|人)");

    private Overreach() {}

    /**
     * @param facts by id
     */
    static boolean in(String sentence, Function<String, Optional<Fact>> facts) {
        if (NUMBERED.matcher(sentence).find()) return true;
        boolean figures = false;
        boolean overTime = false;
        boolean ahead = false;
        Matcher reference = REFERENCE.matcher(sentence);
        while (reference.find()) {
            Optional<Fact> fact = facts.apply(reference.group(1));
            if (fact.isEmpty()) continue;
            figures = true;
            overTime |= OVER_TIME.contains(subject(fact.get()));
            ahead |= TOLD_AHEAD.contains(subject(fact.get()));
            String before = sentence.substring(0, reference.start());
            String after = sentence.substring(reference.end());
            if (headsOnly(fact.get(), before, after)) return true;
        }
        String plain = REFERENCE.matcher(sentence).replaceAll(" ").replaceAll("“[^”]*”", " ");
        return figures
                && (!overTime && !ahead && CHANGE.matcher(plain).find()
                        || !ahead && TO_COME.matcher(plain).find());
    }

    /** True if a count of people stands where money or a part should. */
    private static boolean headsOnly(Fact fact, String before, String after) {
        return fact.unit() == Fact.Unit.COUNT
                && !PEOPLE_AFTER.matcher(after).find()
                && (MONEY_BEFORE.matcher(before).find() || PART_BEFORE.matcher(before).find());
    }

    /** The last part of its label's key, such as {@code month}. */
    private static String subject(Fact fact) {
        String key = fact.measure().key();
        return key.substring(key.lastIndexOf('.') + 1).replaceAll("_seen$", "");
    }
}
