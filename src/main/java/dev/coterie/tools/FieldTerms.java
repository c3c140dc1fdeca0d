package dev.coterie.tools;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Language;
import dev.coterie.words.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words people have for an attribute, and where they stand in a text. */
public final class FieldTerms {
    private FieldTerms() {}

    private static final Map<String, List<String>> ALIASES = aliases();

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

    /** Values of a column for the sex or for where people buy, and what they are called besides. */
    private static final List<List<String>> CALLED =
            List.of(
                    List.of("shop", "store", "门店", "实体店"),
                    List.of("web", "website", "网站", "官网"),
                    List.of("female", "females", "women", "woman", "女性", "女士", "女生", "女"),
                    List.of("male", "males", "men", "man", "男性", "男士", "男生", "男"));

    /** A column's name, and what it says last: "channel" of "preferred channel". */
    public static Set<String> columnTerms(Attribute a) {
        Set<String> terms = new LinkedHashSet<>();
        for (Language l : Language.values()) terms.add(plain(Fields.column(a, l)));
        terms.add(plain(a.column().replace('_', ' ')));
        for (String term : List.copyOf(terms)) {
            if (Words.han(term)) {
                if (term.length() > 2) terms.add(term.substring(term.length() - 2));
                continue;
            }
            String last = term.substring(term.lastIndexOf(' ') + 1);
            terms.add(last);
            if (last.endsWith("y")) terms.add(last.substring(0, last.length() - 1) + "ies");
        }
        return terms;
    }

    /** What people call an attribute of its kind, in a language. */
    static List<String> spoken(Attribute a, Language language) {
        return ALIASES.getOrDefault(a.sense().name().toLowerCase(Locale.ROOT), List.of()).stream()
                .filter(word -> Words.han(word) == (language == Language.CHINESE))
                .toList();
    }

    /** The words for an attribute in both languages, small letters. */
    public static List<String> terms(Attribute a) {
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
        CALLED.stream().filter(names -> names.contains(level)).forEach(terms::addAll);
        if (Fields.share(a) && a.level().isEmpty()) terms.addAll(doing(a.column()));
        // "是否流失" is spoken of as "流失".
        for (String term : List.copyOf(terms)) {
            if (term.matches("是否\\p{IsHan}{2,}")) terms.add(term.substring(2));
        }
        return terms.stream()
                .map(FieldTerms::plain)
                .map(t -> t.replaceAll("[“”]", "").strip())
                .filter(t -> t.length() > 2 || Words.han(t))
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

    public static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .strip();
    }

    public static String border(String term) {
        if (Words.han(term)) {
            // "订阅了资讯" is the field "订阅资讯".
            if (term.length() < 3) return Pattern.quote(term);
            return term.codePoints()
                    .mapToObj(c -> Pattern.quote(Character.toString(c)))
                    .collect(Collectors.joining("[了过的]?"));
        }
        String quoted = Pattern.quote(term);
        return "(?<![\\p{L}])" + quoted + "s?(?![\\p{L}])";
    }

    public static int at(String text, String term) {
        Matcher m = Pattern.compile(border(term)).matcher(text);
        return m.find() ? m.start() : -1;
    }

    private static Map<String, List<String>> aliases() {
        var aliases = new HashMap<String, List<String>>();
        try (var in = FieldTerms.class.getResourceAsStream("fields.tsv");
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
