package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.tools.CustomerOrder;
import dev.coterie.tools.Fields;
import dev.coterie.words.Sense;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the figure that a question wants single customers put in order by, as in "which customers
 * spend the most?".
 */
final class OrderReader {
    private static final String TOP =
            "\\btop (?:\\d{1,2}\\b|"
                    + Numerals.ENGLISH
                    + "\\b)?|\\b(?:first|best) (?:\\d{1,2}|"
                    + Numerals.ENGLISH
                    + ")\\b|前 ?(?:\\d{1,2}|"
                    + Numerals.HAN
                    + ") ?(?:名|位|个)?";
    private static final Pattern HOW_MANY =
            Pattern.compile(
                    "(?i)(?:\\b(?:top|first|best)|前) ?(\\d{1,2}|"
                            + Numerals.ENGLISH
                            + "|"
                            + Numerals.HAN
                            + ")|\\b(\\d{1,2}|"
                            + Numerals.ENGLISH
                            + ") (?:customers|clients|buyers|shoppers|members)\\b|(\\d{1,2}|"
                            + Numerals.HAN
                            + ") ?(?:名|位|个)(?:客户|顾客|用户|会员)");

    private static final Pattern RECENCY =
            Pattern.compile(
                    "(?i)\\b(?:(?:have|has|had|did|do) ?(?:not|n't) (?:ordered|bought|purchased|shopped|visited|order|buy|purchase|shop|visit)(?: (?:anything|from us|with us|here))* (?:recently|lately|(?:for|in) (?:a|some) (?:very )?(?:long )?(?:while|time)|for long|in ages|the longest)"
                            + "|(?:are |have gone )?(?:inactive|dormant|quiet)|longest (?:ago|inactive))\\b"
                            + "|(?:最近|近来|近期|很久|好久|长时间|许久|最久)(?:都)?(?:没有?|未)(?:再)?(?:来|有)?(?:过)?(?:买|下单|购买|消费|光顾)?(?:过|了)?(?:东西|单)?|不活跃");
    private static final Pattern FREQUENCY =
            Pattern.compile(
                    "(?i)\\b(?:buy|order|purchase|shop)s?(?: from us| with us)? (?:the )?(?:most|least)(?: often| frequently)?\\b|\\b(?:most|fewest) (?:orders|purchases)\\b"
                            + "|(?:买|购买|下单|来)(?:得|的次数|次数)?最(?:多|勤|频繁|少)|(?:订单|订单数|购买次数|下单次数)最(?:多|少)");
    private static final Pattern WORTH =
            Pattern.compile(
                    "(?i)\\b(?:(?:most|least) (?:valuable|important|profitable)|(?:highest|lowest)[- ](?:value|spending)|best|biggest|big spenders?"
                            + "|sp(?:end|ends|ent) (?:the )?(?:most|least)(?: money)?|(?:is |are )?worth (?:the )?(?:most|least)|(?:bring|brings) in (?:the )?most(?: money| revenue)?|pays? (?:the )?most)\\b"
                            + "|最(?:值钱|有价值|重要|优质|好)|价值(?:最高|最大|最低)|(?:花钱|花的钱|花费|消费|消费额|消费金额|累计消费|贡献|花)(?:得)?最(?:多|高|大|少|低)|最(?:舍得|能|爱)花钱");
    private static final Pattern EXTREME =
            Pattern.compile(
                    "(?i)\\b(?:the )?(?:most|highest|largest|oldest|longest|least|fewest|lowest|youngest|smallest|shortest|newest)\\b|最(?:年长|年轻|多|高|大|久|长|老|少|低|小|短|新)");
    private static final Pattern LOWEST =
            Pattern.compile(
                    "(?i)\\b(?:least|fewest|lowest|youngest|smallest|shortest|newest)\\b|最(?:年轻|少|低|小|短|新)");

    /** Words that ask for a list and say nothing of who is to stand in it. */
    private static final Pattern LISTING =
            Pattern.compile(
                    "(?i)\\b(?:list|name|show|give|me|all|my|our|i|should|by|with|on|of|the|who|are|is|in)\\b|列出|列一下|列举|列个|名单|清单|列表|我的|按|应该|先");

    private OrderReader() {}

    /**
     * An order that was found.
     *
     * @param rest the question without the words for it
     */
    record Wanted(CustomerOrder order, String rest) {}

    /**
     * @param text small letters, without the words of its conditions
     * @return empty if it wants no order, or one by a figure that the data does not have
     */
    static Optional<Wanted> in(String text, Fields fields, FieldReader reader) {
        boolean lowest = LOWEST.matcher(text).find();
        if (RECENCY.matcher(text).find()) return by(Sense.RECENCY, false, text, RECENCY, fields);
        if (FREQUENCY.matcher(text).find()) {
            return by(Sense.FREQUENCY, lowest, text, FREQUENCY, fields);
        }
        if (WORTH.matcher(text).find()) return by(Sense.TOTAL, lowest, text, WORTH, fields);
        boolean top = Pattern.compile("(?i)" + TOP).matcher(text).find();
        if (!top && !EXTREME.matcher(text).find()) return Optional.empty();
        Optional<Attribute> named = fields.spokenOf(text).filter(a -> !Fields.share(a));
        if (named.isEmpty() && top) return by(Sense.TOTAL, false, text, EXTREME, fields);
        return named.map(
                a ->
                        new Wanted(
                                new CustomerOrder(a, lowest),
                                bare(EXTREME.matcher(reader.without(a, text)).replaceAll(" "))));
    }

    private static Optional<Wanted> by(
            Sense sense, boolean lowest, String text, Pattern words, Fields fields) {
        return fields.all().stream()
                .filter(a -> a.sense() == sense)
                .findFirst()
                .map(
                        a ->
                                new Wanted(
                                        new CustomerOrder(a, lowest),
                                        bare(words.matcher(text).replaceAll(" "))));
    }

    /** A text without the words that only ask for a list. */
    static String bare(String text) {
        String once = Pattern.compile("(?i)" + TOP).matcher(text).replaceAll(" ");
        once = HOW_MANY.matcher(once).replaceAll(" ");
        return LISTING.matcher(once).replaceAll(" ");
    }

    /** How many customers a question asks for. */
    static OptionalInt howMany(String text) {
        Matcher many = HOW_MANY.matcher(text);
        if (!many.find()) return OptionalInt.empty();
        return Stream.of(many.group(1), many.group(2), many.group(3))
                .filter(Objects::nonNull)
                .map(Numerals::value)
                .findFirst()
                .orElseThrow();
    }
}
