package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Language;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds attributes and conditions on them in a question, by the words people have for them. */
final class FieldReader {
    private static final Map<String, List<String>> ALIASES = aliases();

    /** "How many people shop with us": what follows is what they do, not a value. */
    private static final Pattern DOING =
            Pattern.compile("(?i)\\b(?:people|customers|clients|buyers|users|they|who|we|do)\\s+$");

    private static final Pattern OUTLIERS =
            Pattern.compile(
                    "(" + Denial.WORD + "\\s+(?:an?\\s+)?|不是|非)?(?:\\boutliers?\\b|离群点?|异常客户|异常点)");

    /** Columns of who left, and what people say of those who did. */
    private static final Pattern OF_LEAVING =
            Pattern.compile("churn|^left$|attrit|exited|cancel|流失|离开|注销|退订");

    private static final List<String> LEFT =
            List.of(
                    "churned",
                    "left us",
                    "have left",
                    "has left",
                    "stopped being customers",
                    "cancelled",
                    "canceled",
                    "quit",
                    "closed their account",
                    "closed their accounts",
                    "closed the account",
                    "closed an account",
                    "流失",
                    "离开",
                    "销户",
                    "注销");

    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");

    /** The two values of a column for the sex, and what people of it are called. */
    private static final List<List<String>> SEXES =
            List.of(
                    List.of("female", "females", "women", "woman", "女性", "女士", "女生", "女"),
                    List.of("male", "males", "men", "man", "男性", "男士", "男生", "男"));

    private static final String RATE = "\\s*(?:rates?\\b|率)";

    private static final Pattern NONE = Pattern.compile("(?i)no|none|never|否|无|没有");

    private static final String LACKING =
            "\\b(?:without(?: any| an?)?|(?:have|has|having|with|had|get|gets|use|uses) no|(?:do|does|did)(?: not|n't) (?:have|use|get)(?: any| an?)?)\\s+";

    private final Fields fields;

    FieldReader(Fields fields) {
        this.fields = fields;
    }

    /**
     * Conditions found in a text.
     *
     * @param rest the text without the words that made them
     */
    record Reading(List<Filter> filters, String rest) {}

    /** The reading without the words that ask for the mean of a number. */
    Reading withoutMean(Reading reading) {
        Optional<Attribute> number =
                feature(reading.rest(), Language.ENGLISH).filter(a -> !Fields.share(a));
        if (number.isEmpty()) return reading;
        String rest = QuestionForm.withoutMean(reading.rest());
        for (String term : terms(number.get())) rest = rest.replaceAll(border(term), " ");
        return new Reading(reading.filters(), rest);
    }

    /** A text without the words for an attribute. */
    String without(Attribute attribute, String text) {
        String out = text;
        for (String term : terms(attribute)) out = out.replaceAll(border(term), " ");
        return out;
    }

    /** The share attribute that a text names last among conditions that all hold. */
    Optional<Attribute> last(Reading reading, String text) {
        String plain = without(plain(text));
        Attribute best = null;
        int farthest = -1;
        for (Filter f : reading.filters()) {
            boolean number = fields.get(f.field()).filter(x -> !Fields.share(x)).isPresent();
            if (number) continue;
            Optional<Attribute> a = fields.get(f.field()).filter(Fields::share);
            if (a.isEmpty() || f.op() != Filter.Op.EQUAL) return Optional.empty();
            for (String term : terms(a.get())) {
                // "The churn rate of gold members" is of churn, whatever comes after it.
                if (Pattern.compile(border(term) + RATE).matcher(plain).find()) return a;
                int place = at(plain, term);
                if (place > farthest) {
                    farthest = place;
                    best = a.get();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** True if the one condition is that a share attribute holds. */
    static boolean only(Reading reading, Optional<Attribute> attribute) {
        return reading.filters().size() == 1
                && reading.filters().get(0).op() != Filter.Op.NOT_EQUAL
                && attribute.filter(Fields::share).isPresent()
                && holds(reading.filters().get(0), attribute.get());
    }

    /** True if a condition is that an attribute holds. */
    static boolean holds(Filter filter, Attribute attribute) {
        if (!filter.field().equals(Filter.ITEM)) return filter.field().equals(attribute.key());
        return attribute.key().startsWith(Fields.ITEM)
                && Bought.named(attribute.level(), filter.value());
    }

    /** The attribute that a condition is on; of a thing bought where there is only one such. */
    Optional<Attribute> of(Filter filter) {
        if (!filter.field().equals(Filter.ITEM)) return fields.get(filter.field());
        List<Attribute> things = fields.all().stream().filter(a -> holds(filter, a)).toList();
        return things.size() == 1 ? Optional.of(things.get(0)) : Optional.empty();
    }

    /** The attribute a text speaks of; the longest name wins. */
    Optional<Attribute> feature(String text, Language language) {
        String plain = plain(text);
        Attribute best = null;
        int most = 0;
        for (Attribute a : fields.all()) {
            for (String term : terms(a)) {
                if (term.length() > most && at(plain, term) >= 0) {
                    best = a;
                    most = term.length();
                }
            }
        }
        if (best == null) best = misspelt(plain);
        return Optional.ofNullable(best);
    }

    /** The category column a text speaks of, as in the file; the longest name wins. */
    Optional<String> column(String text, Language language) {
        String plain = plain(text);
        String best = null;
        int most = 0;
        for (Attribute a : fields.all()) {
            if (a.level().isEmpty()) continue;
            boolean item = a.key().startsWith(Fields.ITEM);
            for (String term : item ? Set.of(a.column()) : columnTerms(a)) {
                if (term.length() > most && at(plain, term) >= 0) {
                    best = a.column();
                    most = term.length();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** A column's name, and what it says last: "channel" of "preferred channel". */
    private static Set<String> columnTerms(Attribute a) {
        Set<String> terms = new LinkedHashSet<>();
        for (Language l : Language.values()) terms.add(plain(Fields.column(a, l)));
        terms.add(plain(a.column().replace('_', ' ')));
        for (String term : List.copyOf(terms)) {
            if (SlotReader.han(term)) {
                if (term.length() > 2) terms.add(term.substring(term.length() - 2));
                continue;
            }
            String last = term.substring(term.lastIndexOf(' ') + 1);
            terms.add(last);
            if (last.endsWith("y")) terms.add(last.substring(0, last.length() - 1) + "ies");
        }
        return terms;
    }

    /** True if a word stands in the name of a field or of one of its values. */
    boolean names(String word) {
        String stem = Fields.stem(word);
        for (Attribute a : fields.all()) {
            var terms = new ArrayList<>(terms(a));
            if (!a.level().isEmpty()) terms.addAll(columnTerms(a));
            for (String term : terms) {
                for (String part : term.split("[^\\p{L}]+")) {
                    if (Fields.stem(part).equals(stem)) return true;
                }
            }
        }
        return false;
    }

    private Attribute misspelt(String plain) {
        for (String word : plain.split("[^\\p{L}]+")) {
            if (word.length() < 5) continue;
            for (Attribute a : fields.all()) {
                for (String term : terms(a)) if (Spelling.same(word, term)) return a;
            }
        }
        return null;
    }

    /** What people call an attribute of its kind, in a language. */
    static List<String> spoken(Attribute a, Language language) {
        return ALIASES.getOrDefault(a.sense().name().toLowerCase(Locale.ROOT), List.of()).stream()
                .filter(word -> SlotReader.han(word) == (language == Language.CHINESE))
                .toList();
    }

    /** The words for an attribute in both languages, small letters. */
    private List<String> terms(Attribute a) {
        Set<String> terms = new LinkedHashSet<>();
        for (Language language : Language.values()) {
            if (a.level().isEmpty()) {
                terms.add(Fields.column(a, language));
                terms.add(Fields.label(a, language));
            } else {
                terms.add(Fields.level(a, language));
            }
        }
        terms.add(a.level().isEmpty() ? a.key().replace('_', ' ') : a.level());
        if (a.level().isEmpty()) {
            terms.addAll(
                    ALIASES.getOrDefault(a.sense().name().toLowerCase(Locale.ROOT), List.of()));
        }
        String level = plain(a.level());
        SEXES.stream().filter(sex -> sex.contains(level)).forEach(terms::addAll);
        if (Fields.share(a) && a.level().isEmpty()) terms.addAll(doing(a.column()));
        // "是否流失" is spoken of as "流失".
        for (String term : List.copyOf(terms)) {
            if (term.matches("是否\\p{IsHan}{2,}")) terms.add(term.substring(2));
        }
        return terms.stream()
                .map(FieldReader::plain)
                .map(t -> t.replaceAll("[“”]", "").strip())
                .filter(t -> t.length() > 2 || SlotReader.han(t))
                .toList();
    }

    /** "How many churned?" is a question of the column "Churn". */
    private static Set<String> doing(String column) {
        var forms = new LinkedHashSet<String>();
        String name = plain(column);
        if (name.matches("[a-z]{4,}")) {
            String stem = name.replaceAll("(?<=[a-z]{3})(?:ed|s)$", "");
            String open = stem.replaceAll("e$", "");
            forms.addAll(List.of(stem, stem + "s", open + "ed", open + "ing"));
        }
        if (OF_LEAVING.matcher(name).find()) forms.addAll(LEFT);
        return forms;
    }

    Reading filters(String text) {
        String digits = THOUSANDS.matcher(plain(text)).replaceAll("");
        String rest = without(Denial.turned(digits));
        var filters = new ArrayList<Filter>();
        rest = Mention.read(rest, filters);
        rest = Bought.read(rest, fields.items(), filters);
        for (Attribute a : fields.all()) rest = lacking(a, rest, filters);
        Matcher outliers = OUTLIERS.matcher(rest);
        if (outliers.find()) {
            var op = outliers.group(1) == null ? Filter.Op.EQUAL : Filter.Op.NOT_EQUAL;
            filters.add(new Filter(Filter.OUTLIER, op, "1"));
            rest = outliers.replaceAll(" ");
        }
        for (Attribute a : fields.all()) {
            if (Fields.share(a)) continue;
            rest = NumberConditions.read(a, terms(a), rest, filters);
        }
        for (Attribute a : fields.all()) {
            if (Fields.share(a)) rest = level(a, rest, text, filters);
        }
        return new Reading(filters, rest);
    }

    /** "Without internet service" is the level "No internet service", where a column has that. */
    private String without(String text) {
        String out = text;
        for (Attribute a : fields.all()) {
            String level = plain(a.level());
            if (level.startsWith("no ")) {
                String what = Pattern.quote(level.substring(3));
                out = out.replaceAll(LACKING + what + "(?![\\p{L}])", level);
            } else if (level.matches("(?:没有|无|未).{2,}")) {
                String what = Pattern.quote(level.replaceFirst("^(?:没有|无|未)", ""));
                out = out.replaceAll("(?:没有|没|无|未)(?:开通|使用|用|有)?" + what, level);
            }
        }
        return out;
    }

    /** "Without internet service" is the level "No" of the column "internet service". */
    private String lacking(Attribute a, String text, List<Filter> filters) {
        if (!NONE.matcher(a.level()).matches()) return text;
        for (Language language : Language.values()) {
            String column = plain(Fields.column(a, language));
            if (column.length() < 2) continue;
            String before = SlotReader.han(column) ? "(?:没有|没|无|未)(?:开通|使用|用)?" : LACKING;
            Matcher none = Pattern.compile(before + border(column)).matcher(text);
            if (!none.find()) continue;
            filters.add(new Filter(a.key(), Filter.Op.EQUAL, "1"));
            return text.substring(0, none.start()) + " " + text.substring(none.end());
        }
        return text;
    }

    private String level(Attribute a, String rest, String original, List<Filter> filters) {
        if (filters.stream().anyMatch(f -> f.field().equals(a.key()))) return rest;
        List<String> longest =
                terms(a).stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
        for (String term : longest) {
            Matcher place = Pattern.compile(border(term)).matcher(rest);
            if (!place.find()) continue;
            String before = rest.substring(0, place.start());
            boolean told = term.startsWith("no ") || a.level().isEmpty();
            if (!told && DOING.matcher(before).find()) continue;
            boolean not =
                    before.matches(
                            "(?s).*\\b(?:without|no|not|never|don't|doesn't|didn't|isn't|aren't|weren't|haven't)\\b(?:\\s+\\p{L}+){0,4}\\s*$|(?s).*(?:没有|没|不是|不|非|未)(?:订阅|来自|住在|在|用|使用|是)?\\s*$");
            filters.add(new Filter(a.key(), not ? Filter.Op.NOT_EQUAL : Filter.Op.EQUAL, "1"));
            String tail = rest.substring(place.end());
            String kept =
                    !not
                            ? before
                            : before.replaceAll(
                                            "\\b(?:without|no|not|never|don't|doesn't|didn't|isn't|aren't|weren't|haven't)\\b",
                                            "")
                                    .replaceAll(
                                            "(?:没有|没|不是|不|非|未)(?=(?:订阅|来自|住在|在|用|使用|是)?\\s*$)", "");
            return kept + " " + tail;
        }
        // A code such as DE counts only as it is written in the file.
        if (a.level().length() <= 2
                && a.level().matches("[A-Z0-9]+")
                && Pattern.compile("(?<![A-Za-z0-9])" + a.level() + "(?![A-Za-z0-9])")
                        .matcher(original)
                        .find()) {
            filters.add(new Filter(a.key(), Filter.Op.EQUAL, "1"));
            String code = a.level().toLowerCase(Locale.ROOT);
            return rest.replaceFirst("(?<![a-z0-9])" + code + "(?![a-z0-9])", " ");
        }
        return rest;
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .strip();
    }

    static String border(String term) {
        if (SlotReader.han(term)) {
            // "订阅了资讯" is the field "订阅资讯".
            if (term.length() < 3) return Pattern.quote(term);
            return term.codePoints()
                    .mapToObj(c -> Pattern.quote(Character.toString(c)))
                    .collect(Collectors.joining("[了过的]?"));
        }
        String quoted = Pattern.quote(term);
        return "(?<![\\p{L}])" + quoted + "s?(?![\\p{L}])";
    }

    static int at(String text, String term) {
        Matcher m = Pattern.compile(border(term)).matcher(text);
        return m.find() ? m.start() : -1;
    }

    private static Map<String, List<String>> aliases() {
        var aliases = new HashMap<String, List<String>>();
        try (var in = FieldReader.class.getResourceAsStream("fields.tsv");
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> l.split("\t"))
                    .forEach(l -> aliases.put(l[0], List.of(l[1].split("/"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return aliases;
    }
}
