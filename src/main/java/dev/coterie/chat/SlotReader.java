package dev.coterie.chat;

import dev.coterie.language.Language;
import dev.coterie.tools.CustomerIds;
import dev.coterie.tools.Desk;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the segments, customers and topics that a question names. */
final class SlotReader {
    private static final Pattern CUSTOMER =
            Pattern.compile(
                    "(?i)(?:customers?|client|buyer|shopper|客户|顾客|用户|会员)\\s*(?:no\\.?|number|id|#|编号)?\\s*([\\p{Alnum}][\\p{Alnum}_-]*)");

    /** What stands before customers that are counted, and after a number that measures them. */
    private static final Pattern COUNTED =
            Pattern.compile(
                    "(?i)(?:\\b(?:how many|number of|count(?: of)?|share of|percentage of)(?: \\p{L}+)?|多少[个位名]?|几[个位名])\\s*$");

    private static final Pattern MEASURED =
            Pattern.compile(
                    "(?i)^\\s*(?:岁|个|天|次|元|年|单|分|及?以[上下]|%|years?\\b|days?\\b|orders?\\b|or (?:older|younger|more|less)\\b|and (?:over|under|older|younger)\\b|\\+)");

    private static final Pattern TOKEN = Pattern.compile("[\\p{Alnum}][\\p{Alnum}_-]*");
    private static final Pattern EVERYONE =
            Pattern.compile(
                    "(?i)\\b(?:everyone|everybody|the rest|the others?|all (?:the )?(?:other )?customers|average|overall|all others)\\b|其他人|所有人|所有客户|全部客户|全体|整体|平均|其他客户|大家");
    private static final Pattern FOLLOW =
            Pattern.compile(
                    "(?i)^(?:and|what about|how about|and what about|and how about|same for|now|then|also|about|only|just)\\b|^(?:那么?|还有|再看看?|换成|接下来|其中)|呢\\s*[?？]?$");
    private static final Pattern BACK =
            Pattern.compile(
                    "(?i)\\b(?:they|them|their|it|these|those|this segment|that segment|this group|that group|this one|that one|these customers|those customers|these people|those people)\\b|他们|她们|它们|这个客群|该客群|这些客户|这些人|那些人|这群人|那群人|这群|该群");
    private static final Pattern BOTH =
            Pattern.compile(
                    "(?i)\\b(?:(?:of )?the two|the two of them|both(?: of them)?|either(?: of them)?|of these two|these two)\\b|这两个|那两个|两个|两者|二者|俩");
    private static final Pattern FORMER =
            Pattern.compile(
                    "(?i)\\b(?:the )?(?:first|former)(?: one| segment| group)?\\b|前者|前一个|前面那个|第一个");
    private static final Pattern LATTER =
            Pattern.compile(
                    "(?i)\\b(?:the )?(?:second|latter|last)(?: one| segment| group)\\b|\\bthe latter\\b|后者|后一个|后面那个|第二个");

    private final Desk desk;
    private final CustomerIds ids;

    SlotReader(Desk desk, CustomerIds ids) {
        this.desk = desk;
        this.ids = ids;
    }

    Slots read(String question) {
        return read(question, true);
    }

    /**
     * The question with the words of segments' names as mere words: "customers without a contract"
     * may be a condition.
     *
     * @return empty if a segment is plainly meant: its name stands in quotation marks, beside the
     *     word for a segment, or is spelt as a name
     */
    Optional<Slots> literal(String question) {
        String text = Normalizer.normalize(question, Normalizer.Form.NFKC).strip();
        if (new SegmentMentions(desk).plain(text)) return Optional.empty();
        return Optional.of(read(question, false));
    }

    private Slots read(String question, boolean byName) {
        String text = Normalizer.normalize(question, Normalizer.Form.NFKC).strip();
        String original = text;
        Set<Integer> numbers = new LinkedHashSet<>();
        OptionalInt customer = OptionalInt.empty();
        Optional<String> missing = Optional.empty();
        Matcher named = CUSTOMER.matcher(text);
        if (named.find() && called(text, named)) {
            customer = ids.row(named.group(1));
            if (customer.isEmpty()) missing = Optional.of(named.group(1));
            text = replace(text, named.start(), named.end(), word("customer 100", "客户 100"));
        } else {
            Matcher tokens = TOKEN.matcher(text);
            while (tokens.find() && customer.isEmpty()) {
                String token = tokens.group();
                // A bare number is a segment's or a limit's, not an id.
                if (token.matches("\\d{1,3}")) continue;
                customer = ids.row(token);
                if (customer.isEmpty()) continue;
                text = replace(text, tokens.start(), tokens.end(), word("customer 100", "客户 100"));
                tokens = TOKEN.matcher("");
            }
        }
        var maybe = new ArrayList<Integer>();
        var mentions = new SegmentMentions(desk);
        text = mentions.read(text, byName, numbers, maybe);
        int k = desk.segments().size();
        var known = numbers.stream().filter(n -> n >= 1 && n <= k).toList();
        return new Slots(
                known,
                EVERYONE.matcher(original).find(),
                mentions.superlative(original),
                known.size() < numbers.size(),
                customer,
                missing,
                TopicReader.topic(text),
                FOLLOW.matcher(original).find(),
                reference(original),
                maybe,
                text.replace(SegmentMentions.MARK, word("segment 1", "客群 1")));
    }

    /** True if what follows "customer" is an id, and not an age or another number of theirs. */
    private boolean called(String text, Matcher named) {
        String id = named.group(1);
        if (id.startsWith(LooseWords.CUSTOMER)) return true;
        if (!id.matches(".*\\d.*")) return false;
        if (!id.matches("[\\d-]+")) return true;
        boolean counted =
                COUNTED.matcher(text.substring(0, named.start())).find()
                        || MEASURED.matcher(text.substring(named.end())).find();
        return !counted && (id.matches("\\d+") || ids.row(id).isPresent());
    }

    private static Slots.Reference reference(String text) {
        if (BOTH.matcher(text).find()) return Slots.Reference.BOTH;
        if (FORMER.matcher(text).find()) return Slots.Reference.FIRST;
        if (LATTER.matcher(text).find()) return Slots.Reference.SECOND;
        return BACK.matcher(text).find() ? Slots.Reference.BACK : Slots.Reference.NONE;
    }

    /** The text with its references replaced by a segment. */
    static String referred(String text, String by) {
        String out = text;
        for (Pattern p : List.of(BOTH, FORMER, LATTER, BACK)) out = p.matcher(out).replaceFirst(by);
        return out;
    }

    private String word(String english, String chinese) {
        return desk.language() == Language.CHINESE ? chinese : english;
    }

    private static String replace(String text, int start, int end, String by) {
        return text.substring(0, start) + by + text.substring(end);
    }
}
