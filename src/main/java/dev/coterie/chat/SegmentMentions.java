package dev.coterie.chat;

import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Wording;
import dev.coterie.language.Language;
import dev.coterie.tools.Desk;
import dev.coterie.tools.SegmentTools;
import dev.coterie.tools.Spelling;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the segments that a question names: by name, by number, or as the largest. */
final class SegmentMentions {
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
    private static final Pattern LARGEST =
            Pattern.compile(
                    "(?i)\\b(?:largest|biggest) (?:segment|group|cluster|one)\\b|最大的?(?:一个)?(?:客群|群)|人数最多的(?:客群|群)");
    private static final Pattern SMALLEST =
            Pattern.compile(
                    "(?i)\\bsmallest (?:segment|group|cluster|one)\\b|最小的?(?:一个)?(?:客群|群)|人数最少的(?:客群|群)");

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

    /** Stands for a segment while the text is read. */
    static final String MARK = "§";

    private final Desk desk;

    SegmentMentions(Desk desk) {
        this.desk = desk;
    }

    /** True if a segment is plainly meant by its name: in quotation marks, or spelt as a name. */
    boolean plain(String text) {
        for (SegmentProfile s : desk.segments()) {
            for (Wording wording : s.wordings().values()) {
                Matcher name = SegmentName.in(wording.name(), text);
                if (name.find() && meant(text, name.start(), name.end())) return true;
            }
        }
        return false;
    }

    /**
     * Replaces the segments that a text names, by name or number, by marks.
     *
     * @param numbers takes the numbers told, known or not
     * @param maybe takes the segments one of whom may be meant
     */
    String read(String named, boolean byName, Set<Integer> numbers, List<Integer> maybe) {
        String text = byName ? names(named, numbers, maybe) : named;
        text = numbered(text, SEGMENTS, numbers);
        text = numbered(text, CHINESE, numbers);
        if (numbers.isEmpty()) text = numbered(text, BARE_PAIR, numbers);
        if (numbers.isEmpty()) text = numbered(text, CHINESE_PAIR, numbers);
        Matcher some = FIRST_OF.matcher(text);
        if (numbers.isEmpty() && some.find()) {
            String many = some.group(1) == null ? some.group(2) : some.group(1);
            new SegmentTools(desk)
                    .ordered(SegmentTools.Order.SIZE).stream()
                            .limit(Numerals.value(many).orElse(0))
                            .forEach(s -> numbers.add(s.number()));
            boolean chinese = desk.language() == Language.CHINESE;
            String word = chinese ? "客群" : " segments ";
            text = text.substring(0, some.start()) + word + text.substring(some.end());
        }
        return text;
    }

    private static boolean meant(String text, int start, int end) {
        boolean beside =
                BEFORE_NAME.matcher(text.substring(0, start)).find()
                        || AFTER_NAME.matcher(text.substring(end)).find();
        // A capital within the sentence makes a name of it.
        return beside || start > 0 && Character.isUpperCase(text.charAt(start));
    }

    /** The segment meant by "the largest" or "the smallest". */
    OptionalInt superlative(String text) {
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
            String marks = told > 1 ? MARK + (Words.han(text) ? "和" : " and ") + MARK : MARK;
            // "the second one" speaks of a segment only through the word after it.
            matcher.appendReplacement(out, Matcher.quoteReplacement(" " + marks + " "));
        }
        matcher.appendTail(out);
        return out.toString();
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
            out = out.substring(0, p.start()) + " " + MARK + " " + out.substring(p.end());
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
        if (Words.han(name)) {
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
}
