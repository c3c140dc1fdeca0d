package dev.coterie.chat;

import dev.coterie.tools.Fields;
import dev.coterie.tools.Filter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The thing that customers bought, where a question asks for those who did. */
final class Bought {
    private static final int MOST_WORDS = 6;
    private static final int LONGEST_HAN = 12;

    private static final Pattern ENGLISH =
            Pattern.compile(
                    "("
                            + Denial.WORD
                            + "\\s+)?\\b(?:buy|buys|buying|bought|purchas(?:e|es|ed|ing)|order|orders|ordered|ordering|buyers of|purchasers of)\\s+"
                            + "(?:(?:the|a|an|any|our|their|some)\\s+)?[“\"']?([\\p{L}\\p{Nd}][^?.!,;“”\"]*)");
    private static final Pattern CHINESE =
            Pattern.compile(
                    "((?<!有)没有?|从未|未)?(?:购买|买|下单|订购|入手)(?:过|了|的是|的)*[“\"「]?([\\p{IsHan}\\p{L}\\p{Nd} ]+)");

    private Bought() {}

    /** The longest words after the verb that the name of an item has become a condition. */
    static String read(String rest, List<String> items, List<Filter> filters) {
        if (items.isEmpty()) return rest;
        for (Pattern pattern : List.of(ENGLISH, CHINESE)) {
            for (Matcher m = pattern.matcher(rest); m.find(); ) {
                String thing =
                        pattern == ENGLISH ? words(m.group(2), items) : han(m.group(2), items);
                if (thing.isEmpty()) continue;
                var op = m.group(1) == null ? Filter.Op.CONTAINS : Filter.Op.NOT_EQUAL;
                filters.add(new Filter(Filter.ITEM, op, spelt(thing.strip(), items)));
                int end = m.start(2) + thing.length();
                return rest.substring(0, m.start()) + " " + rest.substring(end);
            }
        }
        return rest;
    }

    private static String spelt(String words, List<String> items) {
        return items.stream().filter(words::equalsIgnoreCase).findFirst().orElse(words);
    }

    private static boolean known(String words, List<String> items) {
        return items.stream().anyMatch(item -> Fields.isNamed(item, words));
    }

    private static String words(String after, List<String> items) {
        Matcher border = Pattern.compile("(?:[\\s'’]|$)").matcher(after);
        String best = "";
        for (int n = 0; n < MOST_WORDS && border.find(); n++) {
            String words = after.substring(0, border.start()).strip();
            if (words.length() > 2 && known(words, items)) best = words;
        }
        return best;
    }

    private static String han(String after, List<String> items) {
        for (int end = Math.min(LONGEST_HAN, after.length()); end >= 2; end--) {
            String words = after.substring(0, end);
            if (words.strip().length() >= 2 && known(words.strip(), items))
                return words.stripTrailing();
        }
        return "";
    }
}
