package dev.coterie.tools;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Attribute;
import dev.coterie.describe.Attributes;
import dev.coterie.describe.Difference;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerText;
import dev.coterie.words.Stem;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The attributes of a run's customers and the words people have for them. Thread-safe. */
public final class Fields {
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}]+");
    private static final int OFTEN = 5;

    /** Begins the key of an attribute about one product. */
    public static final String ITEM = "item:";

    /** The column of those attributes: the things that events are about. */
    public static final String THINGS = "item";

    private final Map<String, Attribute> byKey = new LinkedHashMap<>();
    private final List<String> lowerTexts;
    private final List<CustomerText> texts;
    private final List<String> items;
    private final Map<Language, List<Named>> named = new EnumMap<>(Language.class);
    private Set<String> often = Set.of();

    /**
     * An attribute that stands for its column.
     *
     * @param vectors of the column's name and of what people call it
     */
    public record Named(Attribute attribute, List<float[]> vectors) {}

    public Fields(Analysis analysis) {
        for (Attribute a : Attributes.of(analysis.customers())) byKey.putIfAbsent(a.key(), a);
        for (Attribute a : Attributes.targets(analysis.customers())) byKey.putIfAbsent(a.key(), a);
        items = analysis.customers().events().items();
        texts = analysis.customers().texts();
        lowerTexts = texts.stream().map(t -> t.text().toLowerCase(Locale.ROOT)).toList();
    }

    /** The columns with the vectors of their names, in the order of the attributes. */
    public List<Named> vectors(Language language, Function<String, float[]> encode) {
        synchronized (named) {
            return named.computeIfAbsent(
                    language,
                    l -> {
                        var seen = new HashSet<String>();
                        var vectors = new ArrayList<Named>();
                        for (Attribute a : all()) {
                            String name = column(a, l);
                            if (a.key().startsWith(ITEM) || !seen.add(name)) continue;
                            var words = new ArrayList<>(FieldTerms.spoken(a, l));
                            words.add(name);
                            vectors.add(new Named(a, words.stream().map(encode).toList()));
                        }
                        return vectors;
                    });
        }
    }

    /** Words, or pairs of Han characters, that at least a few texts have: no typing errors. */
    public synchronized Set<String> writtenOften() {
        if (often.isEmpty()) {
            var counts = new HashMap<String, Integer>();
            for (String text : lowerTexts) {
                for (String word : WORDS.split(text)) {
                    if (!Words.han(word)) {
                        if (word.length() > 2) counts.merge(word, 1, Integer::sum);
                        continue;
                    }
                    for (int i = 0; i + 1 < word.length(); i++) {
                        counts.merge(word.substring(i, i + 2), 1, Integer::sum);
                    }
                }
            }
            counts.values().removeIf(n -> n < OFTEN);
            often = Set.copyOf(counts.keySet());
        }
        return often;
    }

    /** Names of the things that events are about. */
    public List<String> items() {
        return items;
    }

    public List<Attribute> all() {
        return new ArrayList<>(byKey.values());
    }

    public Optional<Attribute> get(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The attribute a text speaks of; the longest name wins. */
    public Optional<Attribute> spokenOf(String text) {
        String plain = FieldTerms.plain(text);
        Attribute best = null;
        int most = 0;
        for (Attribute a : all()) {
            for (String term : FieldTerms.terms(a)) {
                if (term.length() > most && FieldTerms.at(plain, term) >= 0) {
                    best = a;
                    most = term.length();
                }
            }
        }
        if (best == null) best = misspelt(plain);
        return Optional.ofNullable(best);
    }

    /** The category column a text speaks of, as in the file; the longest name wins. */
    public Optional<String> columnSpokenOf(String text) {
        String plain = FieldTerms.plain(text);
        String best = null;
        int most = 0;
        for (Attribute a : all()) {
            if (a.level().isEmpty()) continue;
            boolean item = a.key().startsWith(ITEM);
            for (String term : item ? Set.of(a.column()) : FieldTerms.columnTerms(a)) {
                if (term.length() > most && FieldTerms.at(plain, term) >= 0) {
                    best = a.column();
                    most = term.length();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private Attribute misspelt(String plain) {
        for (String word : plain.split("[^\\p{L}]+")) {
            if (word.length() < 5) continue;
            for (Attribute a : all()) {
                for (String term : FieldTerms.terms(a)) if (Spelling.same(word, term)) return a;
            }
        }
        return null;
    }

    /** The column in words, without a level. */
    public static String column(Attribute a, Language language) {
        Object term = a.label().arguments().get("column");
        return term instanceof Message m ? m.in(language).strip() : label(a, language);
    }

    /** The level in words, or empty. */
    public static String level(Attribute a, Language language) {
        Object term = a.label().arguments().get("level");
        if (term instanceof Message m) return m.in(language).strip();
        Object item = a.label().arguments().get("item");
        return item instanceof String s ? s : a.level();
    }

    public static String label(Attribute a, Language language) {
        return a.label().in(language).strip();
    }

    public static boolean share(Attribute a) {
        return a.kind() == Difference.Kind.SHARE;
    }

    /**
     * The words that a text must have to be about something. Chinese sets no spaces: what nobody
     * wrote in one piece is cut into pairs of characters that are common in the texts, and the
     * characters between them.
     */
    List<String> parts(String about) {
        boolean whole = !Words.han(about) || lowerTexts.stream().anyMatch(t -> t.contains(about));
        if (whole) return List.of(about.strip().split("\\s+"));
        var parts = new ArrayList<String>();
        Set<String> pairs = writtenOften();
        for (int at = 0; at < about.length(); ) {
            int end = Math.min(about.length(), at + 2);
            if (!pairs.contains(about.substring(at, end))) end = at + 1;
            String part = about.substring(at, end).strip();
            if (!part.isEmpty()) parts.add(part);
            at = end;
        }
        return parts;
    }

    /** Rows of the customers who wrote a text that contains a word. */
    boolean[] writersOf(String word, int customers) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        var out = new boolean[customers];
        for (int i = 0; i < lowerTexts.size(); i++) {
            if (contains(lowerTexts.get(i), lower)) out[texts.get(i).customer()] = true;
        }
        return out;
    }

    /** True if a text came with a rating. */
    public boolean rated() {
        return texts.stream().anyMatch(t -> !Double.isNaN(t.rating()));
    }

    /** Customers who gave such a rating with a text, at least once. */
    boolean[] ratersOf(DoublePredicate such, int customers) {
        var out = new boolean[customers];
        for (CustomerText text : texts) {
            boolean given = !Double.isNaN(text.rating()) && such.test(text.rating());
            if (given) out[text.customer()] = true;
        }
        return out;
    }

    boolean textContains(int text, String word) {
        return contains(lowerTexts.get(text), word.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * True if a text has the word or another form of it; Chinese has no word borders.
     *
     * @param text in small letters
     * @param word in small letters
     */
    public static boolean contains(String text, String word) {
        if (word.isEmpty()) return false;
        if (word.codePointAt(0) >= 0x2e80) return text.contains(word);
        if (word.indexOf(' ') >= 0) return phrase(text).contains(phrase(word));
        String stem = Stem.word(word);
        // The forms of a word differ at its end: "delivery" and "deliveries".
        String start = stem.substring(0, Math.max(1, stem.length() - 1));
        for (int at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
            if (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) continue;
            int end = at;
            while (end < text.length() && partOfWord(text, end)) end++;
            if (Stem.word(text.substring(at, end)).equals(stem)) return true;
        }
        return false;
    }

    /** True if the words stand in the name of an item. */
    public static boolean isNamed(String item, String words) {
        return contains(item.toLowerCase(Locale.ROOT), words.toLowerCase(Locale.ROOT));
    }

    private static String phrase(String words) {
        return " " + Stem.phrase(words.replaceAll("[^\\p{L}\\p{Nd}'’]+", " ")) + " ";
    }

    private static boolean partOfWord(String text, int at) {
        char c = text.charAt(at);
        boolean apostrophe = (c == '\'' || c == '’') && at + 1 < text.length();
        return Character.isLetterOrDigit(c)
                || apostrophe && Character.isLetter(text.charAt(at + 1));
    }

    /** The part of an English word that its forms share; a Chinese word as it is. */
    public static String stem(String word) {
        String w = word.strip().toLowerCase(Locale.ROOT);
        if (w.isEmpty() || w.codePointAt(0) >= 0x2e80 || w.length() < 5) return w;
        if (w.endsWith("ies")) return w.substring(0, w.length() - 3);
        for (String ending : List.of("ing", "ed", "es", "s", "y")) {
            if (w.endsWith(ending) && w.length() - ending.length() >= 4) {
                return w.substring(0, w.length() - ending.length());
            }
        }
        return w;
    }
}
