package dev.coterie.chat;

import dev.coterie.tools.Filter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What customers mention, where a question counts those who do. */
final class Mention {
    private static final String WORD_OF_TOPIC =
            "(?!(?:in|from|by|for|of|at|on|with|without|among|within|per|who|whose|that|which|and|or|but|are|is|were|was|have|has|do|does|did|also|when|while|than|more|less|most|often|over|under|live|lives|living|come|comes|pay|pays|use|uses|get|gets|buy|buys|segments?|groups?|customers|people|please|there|we)\\b)[\\p{L}-]+";

    private static final Pattern MENTIONED =
            Pattern.compile(
                    "("
                            + Denial.WORD
                            + "\\s+)?\\b(?:mention(?:s|ed|ing)?|wr[io]te(?:s)? about|writing about|talk(?:s|ed|ing)? about|complain(?:s|ed|ing)? about|use the word|used the word)\\s+"
                            + "(?:[“\"']([^“”\"']{1,60})[”\"']|(?:(?:the|a|an|any|their|our|its|his|her|my|your|some)\\s+)*("
                            + WORD_OF_TOPIC
                            + "(?:\\s+"
                            + WORD_OF_TOPIC
                            + "){0,3}))"
                            + "|((?<!有)没有?)?(?:提到|说到|谈到|提及|抱怨|写到|说过|写过|夸过|吐槽)过?了?(?!\\s*[最得])\\s*[“\"]?([\\p{IsHan}]{1,6}?|[a-z]+)[”\"]?(?=的|了|过|$|[?,。\\s])");

    private Mention() {}

    /** Each word of what is mentioned is a condition of its own. */
    static String read(String rest, List<Filter> filters) {
        Matcher m = MENTIONED.matcher(rest);
        if (!m.find()) return rest;
        boolean denied = m.group(1) != null || m.group(4) != null;
        String words =
                m.group(2) != null ? m.group(2) : m.group(3) != null ? m.group(3) : m.group(5);
        List<String> each = List.of(words.strip().split("\\s+"));
        // Nobody can say of which of several words the denial is.
        if (denied && each.size() > 1) return rest;
        for (String word : each) {
            filters.add(
                    new Filter(
                            Filter.TEXT, denied ? Filter.Op.NOT_EQUAL : Filter.Op.CONTAINS, word));
        }
        return rest.substring(0, m.start()) + " " + rest.substring(m.end());
    }
}
