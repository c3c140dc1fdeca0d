package dev.coterie.chat;

import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Wording;
import dev.coterie.language.Language;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the segments, customers and topics that a question names. */
final class SlotReader {
    private static final String NUMBER = "(\\d{1,3}|" + Numerals.ENGLISH + ")";
    private static final Pattern SEGMENTS =
            Pattern.compile(
                    "(?i)\\b(?:segments?|segs?|groups?|clusters?)[_\\s]*(?:no\\.?|number|#)?\\s*"
                            + NUMBER
                            + "\\b((?:\\s*(?:,\\s*and|,|and|or|with|to|vs\\.?|versus|&|against|from)\\s*(?:the\\s+)?(?:segment\\s*)?"
                            + NUMBER
                            + "\\b)*)|#"
                            + NUMBER);
    private static final Pattern BARE_PAIR =
            Pattern.compile(
                    "(?i)\\b(?:compare|difference|differ)\\D{0,20}?"
                            + NUMBER
                            + "(?:\\s*(?:,\\s*and|,|and|with|to|vs\\.?|versus|&|against|from)\\s*"
                            + NUMBER
                            + "\\b)+|\\b"
                            + NUMBER
                            + "\\s*(?:vs\\.?|versus)\\s*"
                            + NUMBER
                            + "\\b");
    private static final Pattern CHINESE =
            Pattern.compile(
                    "(?:客群|分群|群组|群体|细分|第)\\s*([0-9]{1,3}|"
                            + Numerals.HAN
                            + ")(?:\\s*(?:个|号))?(?:\\s*(?:客群|群体|群|组))?((?:\\s*(?:和|与|跟|、|,|对比|对)\\s*(?:客群|第)?\\s*(?:[0-9]{1,3}|"
                            + Numerals.HAN
                            + ")(?![个位名种]))*)|([0-9]{1,3}|"
                            + Numerals.HAN
                            + ")\\s*号\\s*(?:客群|群|组)?");
    private static final Pattern CHINESE_PAIR =
            Pattern.compile(
                    "(?:比较|对比|区别|差异|比一比|相比)\\D{0,6}?[0-9]{1,3}(?:\\s*(?:和|与|跟|、|,)\\s*[0-9]{1,3})+"
                            + "|[0-9]{1,3}(?:\\s*(?:和|与|跟|、|,)\\s*[0-9]{1,3})+(?=.{0,4}(?:比较|对比|区别|差异|不同|有什么))");
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
    private static final Pattern LARGEST =
            Pattern.compile(
                    "(?i)\\b(?:largest|biggest) (?:segment|group|cluster|one)\\b|最大的?(?:一个)?(?:客群|群)|人数最多的(?:客群|群)");
    private static final Pattern SMALLEST =
            Pattern.compile(
                    "(?i)\\bsmallest (?:segment|group|cluster|one)\\b|最小的?(?:一个)?(?:客群|群)|人数最少的(?:客群|群)");
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

    private static final Pattern BEFORE_NAME =
            Pattern.compile("(?i)(?:[“\"「‘']|\\b(?:segment|group|cluster)|客群)\\s*$");
    private static final Pattern AFTER_NAME =
            Pattern.compile(
                    "(?i)^\\s*(?:[”\"」’']|(?:segment|group|cluster)\\b|(?:这个|那个|的)?(?:客群|群体))");

    /** "Compare the first three segments". */
    private static final Pattern FIRST_OF =
            Pattern.compile(
                    "(?i)(?=.*(?:compar|differ|比|区别|差异|不同)).*?\\b(?:first|top|largest|biggest) (\\d|"
                            + Numerals.ENGLISH
                            + ") (?:segments|groups|clusters)\\b|(?=.*(?:compar|differ|比|区别|差异|不同)).*?(?:前|最大的) ?(\\d|"
                            + Numerals.HAN
                            + ") ?(?:个|大)?(?:客群|群)");

    /** A name is meant from this share of its words on. */
    private static final double MOSTLY = 0.6;

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
        for (SegmentProfile s : desk.segments()) {
            for (Wording wording : s.wordings().values()) {
                Matcher name = SegmentName.in(wording.name(), text);
                if (name.find() && meant(text, name.start(), name.end())) return Optional.empty();
            }
        }
        return Optional.of(read(question, false));
    }

    private static boolean meant(String text, int start, int end) {
        boolean beside =
                BEFORE_NAME.matcher(text.substring(0, start)).find()
                        || AFTER_NAME.matcher(text.substring(end)).find();
        // A capital within the sentence makes a name of it.
        return beside || start > 0 && Character.isUpperCase(text.charAt(start));
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
        if (byName) text = names(text, numbers, maybe);
        text = numbered(text, SEGMENTS, numbers);
        text = numbered(text, CHINESE, numbers);
        if (numbers.isEmpty()) text = numbered(text, BARE_PAIR, numbers);
        if (numbers.isEmpty()) text = numbered(text, CHINESE_PAIR, numbers);
        int k = desk.segments().size();
        Matcher some = FIRST_OF.matcher(text);
        if (numbers.isEmpty() && some.find()) {
            String many = some.group(1) == null ? some.group(2) : some.group(1);
            new SegmentTools(desk)
                    .ordered(SegmentTools.Order.SIZE).stream()
                            .limit(Numerals.value(many).orElse(0))
                            .forEach(s -> numbers.add(s.number()));
            text = replace(text, some.start(), some.end(), word(" segments ", "客群"));
        }
        var known = numbers.stream().filter(n -> n >= 1 && n <= k).toList();
        return new Slots(
                known,
                EVERYONE.matcher(original).find(),
                superlative(original),
                known.size() < numbers.size(),
                customer,
                missing,
                topic(text),
                FOLLOW.matcher(original).find(),
                reference(original),
                maybe,
                text.replace(MARK, word("segment 1", "客群 1")));
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

    /** Stands for a segment while the text is read. */
    private static final String MARK = "§";

    private String word(String english, String chinese) {
        return desk.language() == Language.CHINESE ? chinese : english;
    }

    private static String replace(String text, int start, int end, String by) {
        return text.substring(0, start) + by + text.substring(end);
    }

    private OptionalInt superlative(String text) {
        if (LARGEST.matcher(text).find()) return number(SegmentTools.Order.SIZE, 0);
        if (SMALLEST.matcher(text).find()) {
            return number(SegmentTools.Order.SIZE, desk.segments().size() - 1);
        }
        return OptionalInt.empty();
    }

    static String withoutSuperlative(String text, String by) {
        String once = LARGEST.matcher(text).replaceAll(by);
        return SMALLEST.matcher(once).replaceAll(by).replaceAll("(?i)\\bthe (?=segment 1)", "");
    }

    private OptionalInt number(SegmentTools.Order order, int place) {
        var ordered = new SegmentTools(desk).ordered(order);
        return place < 0 || place >= ordered.size()
                ? OptionalInt.empty()
                : OptionalInt.of(ordered.get(place).number());
    }

    private static String numbered(String text, Pattern pattern, Set<Integer> numbers) {
        Matcher matcher = pattern.matcher(text);
        var out = new StringBuilder();
        while (matcher.find()) {
            int told = 0;
            Matcher values =
                    Pattern.compile(
                                    "(?i)\\d{1,3}|"
                                            + Numerals.HAN
                                            + "|\\b(?:"
                                            + Numerals.ENGLISH
                                            + ")\\b")
                            .matcher(matcher.group());
            for (; values.find(); told++) Numerals.value(values.group()).ifPresent(numbers::add);
            String marks = told > 1 ? MARK + (han(text) ? "和" : " and ") + MARK : MARK;
            // "the second one" speaks of a segment only through the word after it.
            matcher.appendReplacement(out, Matcher.quoteReplacement(" " + marks + " "));
        }
        matcher.appendTail(out);
        return out.toString();
    }

    static boolean han(String text) {
        return text.codePoints()
                .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }

    /** Replaces the segments' names, whole or nearly so, by marks. */
    private String names(String text, Set<Integer> numbers, List<Integer> maybe) {
        record Place(int start, int end, int number) {}
        var places = new ArrayList<Place>();
        for (SegmentProfile s : desk.segments()) {
            for (Wording wording : s.wordings().values()) {
                Matcher name = SegmentName.in(wording.name(), text);
                if (name.find()) places.add(new Place(name.start(), name.end(), s.number()));
            }
        }
        // A longer name may hold a shorter one: the longer wins.
        places.sort((a, b) -> (b.end() - b.start()) - (a.end() - a.start()));
        var chosen = new ArrayList<Place>();
        for (Place p : places) {
            if (chosen.stream().noneMatch(c -> p.start() < c.end() && c.start() < p.end())) {
                chosen.add(p);
            }
        }
        chosen.sort((a, b) -> a.start() - b.start());
        for (Place p : chosen) numbers.add(p.number());
        String out = text;
        for (int i = chosen.size() - 1; i >= 0; i--) {
            Place p = chosen.get(i);
            out = replace(out, p.start(), p.end(), " " + MARK + " ");
        }
        if (chosen.isEmpty()) {
            List<Integer> near = nearly(text.toLowerCase(Locale.ROOT));
            if (near.size() == 1) numbers.add(near.get(0));
            else maybe.addAll(near);
        }
        return out.replaceAll("[“\"「]\\s*" + MARK + "\\s*[”\"」]", MARK);
    }

    /** The segments most of whose name's words stand in the text, typos allowed. */
    private List<Integer> nearly(String lower) {
        var best = new ArrayList<Integer>();
        double most = MOSTLY;
        for (SegmentProfile s : desk.segments()) {
            double share = 0;
            for (Wording wording : s.wordings().values()) {
                share = Math.max(share, shared(wording.name().toLowerCase(Locale.ROOT), lower));
            }
            if (share > most) {
                most = share;
                best.clear();
            }
            if (share > MOSTLY && share == most) best.add(s.number());
        }
        return best;
    }

    private static double shared(String name, String text) {
        if (han(name)) {
            int longest = 0;
            for (int i = 0; i < name.length(); i++) {
                for (int j = i + longest + 1; j <= name.length(); j++) {
                    if (text.contains(name.substring(i, j))) longest = j - i;
                }
            }
            return longest >= 4 ? (double) longest / name.length() : 0;
        }
        List<String> words = List.of(text.split("[^\\p{L}]+"));
        int total = 0;
        int held = 0;
        for (String word : name.split("[^\\p{L}]+")) {
            if (word.length() < 4) continue;
            total++;
            if (words.stream().anyMatch(w -> Spelling.same(w, word))) held++;
        }
        return held < 2 ? 0 : (double) held / total;
    }

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
                    "(?i)about|it|them|this|that|customers?|他们|客户|.*(?:什么|哪些|哪里|有没有|多少|谁).*");

    private static String topic(String text) {
        for (Pattern pattern : TOPICS) {
            Matcher matcher = pattern.matcher(text);
            if (!matcher.find()) continue;
            String topic = matcher.group(1).replace(MARK, " ").strip();
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
