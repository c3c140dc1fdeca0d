package dev.coterie.chat;

import com.ibm.icu.text.Transliterator;
import dev.coterie.describe.Attribute;
import dev.coterie.describe.Wording;
import dev.coterie.language.Language;
import dev.coterie.tools.Desk;
import dev.coterie.tools.FieldTerms;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Spelling;
import dev.coterie.words.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns a question as it was typed into one that can be read: short and spoken forms written out,
 * typing errors set right. An English word is corrected to the nearest one that questions, fields
 * or texts have, if it begins alike; Chinese characters to those of a field or of a question's word
 * that sound the same. Immutable.
 */
final class LooseWords {
    private static final Pattern WORD = Pattern.compile("[\\p{L}'’]+");
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{Nd}'’_-]+");
    private static final Pattern ENDING =
            Pattern.compile("(?:来着|的说|[阿啊呀呗哦哈嘛啦哟噢])+(?=[\\s?？。!！]*$)");

    /** Begins the id that the API gives a customer, which need not have a digit. */
    static final String CUSTOMER = "cus_";

    private static final int SHORTEST = 5;
    private static final int LONGEST_SOUND = 6;
    private static final Map<Language, Map<String, String>> SPOKEN =
            Map.of(Language.ENGLISH, read("loose.en.tsv"), Language.CHINESE, read("loose.zh.tsv"));
    private static final Transliterator SOUND =
            Transliterator.getInstance("Han-Latin; Latin-ASCII; Lower");

    private final Language language;
    private final Pattern kept;
    private final Set<String> right = new HashSet<>();
    private final Set<String> texts;
    private final Map<String, String> bySound = new HashMap<>();

    /**
     * @param questions words that questions are made of
     * @param fields the run's attributes and what its customers write
     * @param names of its segments
     */
    LooseWords(Language language, Set<String> questions, Fields fields, Collection<String> names) {
        this.language = language;
        right.addAll(questions);
        for (Attribute a : fields.all()) {
            for (Language l : Language.values()) {
                add(Fields.column(a, l));
                add(Fields.level(a, l));
            }
            add(a.column().replace('_', ' '));
            FieldTerms.terms(a).forEach(this::add);
        }
        names.forEach(this::add);
        String whole =
                names.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(SegmentName::pattern)
                        .collect(Collectors.joining("|"));
        kept = Pattern.compile("(?iu)[“\"「][^”\"」]*[”\"」]" + (whole.isEmpty() ? "" : "|" + whole));
        texts = fields.writtenOften();
        if (language == Language.CHINESE) {
            for (String word : right) {
                if (word.length() < 2 || word.length() > LONGEST_SOUND) continue;
                if (!Words.han(word)) continue;
                bySound.merge(sound(word), word, (a, b) -> a.compareTo(b) <= 0 ? a : b);
            }
        }
    }

    /** Of a run. */
    static LooseWords of(Desk desk, IntentMatcher matcher) {
        return new LooseWords(
                desk.language(),
                matcher.questionWords(),
                desk.fields(),
                desk.segments().stream()
                        .flatMap(s -> s.wordings().values().stream())
                        .map(Wording::name)
                        .toList());
    }

    private void add(String words) {
        Matcher m = WORD.matcher(words.toLowerCase(Locale.ROOT));
        while (m.find()) right.add(m.group());
    }

    private static Map<String, String> read(String file) {
        var spoken = new LinkedHashMap<String, String>();
        try (var in = LooseWords.class.getResourceAsStream(file);
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> l.split("\t", 2))
                    .sorted((a, b) -> b[0].length() - a[0].length())
                    .forEach(l -> spoken.put(l[0], l[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return spoken;
    }

    /** The question in plain words; segments' names and what stands in quotation marks stay. */
    String plain(String question) {
        String text = Normalizer.normalize(question, Normalizer.Form.NFKC).strip();
        var out = new StringBuilder();
        int from = 0;
        for (Matcher m = kept.matcher(text); m.find(); from = m.end()) {
            out.append(words(text.substring(from, m.start()))).append(m.group());
        }
        return out.append(words(text.substring(from))).toString();
    }

    private String words(String text) {
        return language == Language.CHINESE ? chinese(text) : english(text);
    }

    private String english(String text) {
        return TOKEN.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(id(m.group()) ? m.group() : words(m)));
    }

    /** True for what may be the id of a customer: its letters are no words. */
    private static boolean id(String token) {
        return token.startsWith(CUSTOMER) || token.codePoints().anyMatch(Character::isDigit);
    }

    private String words(MatchResult token) {
        return WORD.matcher(token.group())
                .replaceAll(m -> Matcher.quoteReplacement(corrected(m.group())));
    }

    private String corrected(String word) {
        String lower = word.toLowerCase(Locale.ROOT).replace('’', '\'');
        String spoken = SPOKEN.get(language).get(lower.replace("'", ""));
        if (spoken != null) return spoken;
        boolean known =
                word.length() < SHORTEST - 1
                        || lower.contains("'")
                        || right.contains(lower)
                        || texts.contains(lower)
                        || inflected(lower);
        if (known) return word;
        if (word.length() < SHORTEST) return shortened(lower).orElse(word);
        String near = nearest(lower, right);
        if (near.isEmpty()) near = nearest(lower, texts);
        return near.isEmpty() ? word : near;
    }

    /** The word of questions that one of four letters leaves a letter out of: grup, brif. */
    private Optional<String> shortened(String word) {
        return right.stream()
                .filter(w -> w.length() == SHORTEST && Spelling.distance(w, word) == 1)
                .filter(w -> w.charAt(0) == word.charAt(0))
                .filter(w -> w.charAt(SHORTEST - 1) == word.charAt(word.length() - 1))
                .min(String::compareTo);
    }

    /** True for another form of a known word. */
    private boolean inflected(String word) {
        String stem = Fields.stem(word);
        return right.contains(stem) || right.contains(stem + "e") || right.contains(stem + "y");
    }

    private static String nearest(String word, Set<String> among) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : among) {
            if (candidate.charAt(0) != word.charAt(0) || !Spelling.same(candidate, word)) continue;
            int distance = Spelling.distance(candidate, word);
            boolean better = distance < least || distance == least && candidate.compareTo(best) < 0;
            if (better) {
                best = candidate;
                least = distance;
            }
        }
        return best;
    }

    private String chinese(String text) {
        String out = ENDING.matcher(text).replaceAll("");
        for (var spoken : SPOKEN.get(Language.CHINESE).entrySet()) {
            out = out.replace(spoken.getKey(), spoken.getValue());
        }
        for (int length = LONGEST_SOUND; length >= 2; length--) {
            for (int at = 0; at + length <= out.length(); at++) {
                String window = out.substring(at, at + length);
                if (!window.codePoints().allMatch(LooseWords::han)) continue;
                String word = bySound.get(sound(window));
                boolean meant = word == null || right.contains(window) || texts.contains(window);
                if (meant) continue;
                out = out.substring(0, at) + word + out.substring(at + length);
            }
        }
        return out;
    }

    private static boolean han(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    private static String sound(String han) {
        return SOUND.transliterate(han);
    }

    /** Words of questions that patterns read and no example of an intent holds. */
    static final List<String> ENGLISH_WORDS =
            List.of(
                    "likely",
                    "leave",
                    "leaving",
                    "churn",
                    "churned",
                    "churning",
                    "forecast",
                    "predict",
                    "drives",
                    "driving",
                    "reasons",
                    "causes",
                    "brief",
                    "briefs",
                    "campaign",
                    "members",
                    "member",
                    "account",
                    "accounts",
                    "twice",
                    "double",
                    "suppose",
                    "imagine",
                    "happen",
                    "happens",
                    "three",
                    "seven",
                    "eight",
                    "eleven",
                    "twelve",
                    "third",
                    "fourth",
                    "fifth",
                    "sixth",
                    "seventh",
                    "eighth",
                    "triple",
                    "thrice",
                    "halve",
                    "spend",
                    "spends",
                    "often");

    /** Words that Chinese questions are made of; no example has word borders. */
    static final List<String> CHINESE_WORDS =
            List.of(
                    "客群", "客户", "顾客", "人数", "规模", "最大", "最小", "平均", "多少", "区别", "不同", "比较", "对比",
                    "评价", "评论", "抱怨", "原话", "稳定", "离群", "趋势", "地图", "价值", "消费", "收入", "特点", "相似",
                    "年龄", "分布", "占比", "比例", "一共", "总共", "订单", "有什么", "怎么样", "哪个", "最多", "最少", "最高",
                    "最低", "流失", "可能", "预测", "原因", "影响", "简报");
}
