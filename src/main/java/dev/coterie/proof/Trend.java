package dev.coterie.proof;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks sentences that say a figure rose or fell from one cited fact to another. */
final class Trend {
    private static final String FACT = "\\{\\{\\s*(f\\d{1,6})\\s*}}[^{}.;]{0,12}?";
    private static final Pattern ENGLISH =
            Pattern.compile(
                    "(?i)\\b(?:(rose|risen|rises|rising|grew|grown|grows|increased|increases"
                            + "|climbed|up)|(fell|fallen|falls|falling|dropped|drops|decreased"
                            + "|decreases|declined|shrank|down))\\b[^{}.;]{0,40}?(?:to "
                            + FACT
                            + "\\bfrom "
                            + FACT
                            + "|from "
                            + FACT
                            + "\\bto "
                            + FACT
                            + ")");
    private static final Pattern CHINESE =
            Pattern.compile(
                    "[从由]" + FACT + "(?:(上升|增长|增加|提高|升)|(下降|减少|降低|跌|降))[^{}。；]{0,4}?" + FACT);

    private Trend() {}

    static boolean wrong(String sentence, Map<String, Fact> facts) {
        Matcher english = ENGLISH.matcher(sentence);
        while (english.find()) {
            boolean toFirst = english.group(3) != null;
            String to = toFirst ? english.group(3) : english.group(6);
            String from = toFirst ? english.group(4) : english.group(5);
            if (wrong(english.group(1) != null, from, to, facts)) return true;
        }
        Matcher chinese = CHINESE.matcher(sentence);
        while (chinese.find()) {
            boolean up = chinese.group(2) != null;
            if (wrong(up, chinese.group(1), chinese.group(4), facts)) return true;
        }
        return false;
    }

    private static boolean wrong(boolean up, String from, String to, Map<String, Fact> facts) {
        Fact before = facts.get(from);
        Fact after = facts.get(to);
        if (before == null || after == null) return false;
        return up ? after.value() <= before.value() : after.value() >= before.value();
    }
}
