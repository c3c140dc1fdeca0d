package dev.coterie.chat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a question wants to hear about. */
final class TopicReader {
    private TopicReader() {}

    private static final int LONGEST_TOPIC = 60;

    private static final List<Pattern> TOPICS =
            List.of(
                    Quoted.DOUBLE,
                    Quoted.SINGLE,
                    Pattern.compile(
                            "(?i)\\b(?:about|regarding|concerning|mention(?:s|ing|ed)?|praising|praise|criticising|unhappy with|happy with|complain(?:s|ts|ing|ed)?(?: about)?|discuss(?:es|ing)?|opinions? on|feedback on|comments? on|quotes? on|reviews? on|texts? on|think of|say (?:on|of)|feel about|word)\\s+(?:the\\s+|their\\s+|our\\s+)?([^?.!,§]{2,60})"),
                    Pattern.compile("关于\\s*([^§,。?的]{1,20}?)\\s*(?:的|方面|有什么|说了什么|有哪些|怎么|$|[?,。])"),
                    Pattern.compile(
                            "(?:怎么|如何)(?:看待|评价|看|说|讲)\\s*([^§,。?的]{1,20}?)\\s*(?:的|呢|$|[?,。])"),
                    Pattern.compile(
                            "(?:提到|说到|谈到|谈论|抱怨|吐槽|夸奖|夸|评价|提及|说起)了?\\s*([^§,。?的]{1,20}?)\\s*(?:的|了|吗|$|[?,。])"),
                    Pattern.compile(
                            "对(?:于)?\\s*([^§,。?的]{1,20}?)\\s*(?:有什么|有哪些|怎么|的(?:看法|评价|意见|反馈)|满意|不满)"));
    private static final Pattern TAIL =
            Pattern.compile(
                    "(?i)\\s*\\b(?:in|from|by|for|within|of|among|inside)?\\s*(?:the\\s+)?(?:§|segment|group|customers?|people|them|they|it)\\b.*$|(?:^|\\s+)(?:please|the most|most|more|often|a lot|at all)$|\\s*(?:in|from|by|for|within|among|of)\\s*$");

    private static final Pattern NO_TOPIC =
            Pattern.compile(
                    "(?i)about|it|them|this|that|customers?|他们|客户|得?最[多少].*|.*(?:什么|哪些|哪里|有没有|多少|谁).*");

    /** The topic of a text, or nothing. */
    static String topic(String text) {
        for (Pattern pattern : TOPICS) {
            Matcher matcher = pattern.matcher(text);
            if (!matcher.find()) continue;
            String topic = matcher.group(1).replace(SegmentMentions.MARK, " ").strip();
            topic = TAIL.matcher(topic).replaceAll("").strip();
            topic = topic.replaceAll("(?i)^(?:the|a|an|their|its|our)\\s+", "").strip();
            if (topic.isEmpty() || topic.length() > LONGEST_TOPIC) continue;
            if (!NO_TOPIC.matcher(topic).matches()) {
                return topic;
            }
        }
        return "";
    }
}
