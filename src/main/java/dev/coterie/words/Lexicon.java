package dev.coterie.words;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Common words of shops and services in English and Chinese, from {@code glossary.tsv}: what a word
 * is (a product, an aspect, an act) and what it is called in the other language.
 */
public final class Lexicon {
    private static final Map<String, Entry> ENGLISH = new HashMap<>();
    private static final Map<String, Entry> CHINESE = new HashMap<>();

    /** Columns and values by their whole name; most of the words mean something else in a text. */
    private static final Map<String, String> LABELS = new HashMap<>();

    static {
        read();
    }

    /** What a word can do in a name. */
    public enum Kind {
        /** A thing one buys: dress, hotel. */
        PRODUCT,
        /** A side of a product or service that one can praise or blame: fit, delivery. */
        ASPECT,
        /** An act: arrive; its English form here is the noun. */
        ACT,
        /** A state that stands before a noun: lost, pending. */
        QUALITY,
        /** A word for columns and values only. */
        COLUMN,
        /** A value of a category only. */
        VALUE
    }

    /**
     * @param english first alias, the form for names
     * @param chinese first alias, or empty
     * @param canonical true if the first alias is said whatever alias was written
     * @param users what those who buy a product are called, where buyers is not the word
     */
    public record Entry(
            String english, String chinese, Kind kind, boolean canonical, Message users) {
        public String in(Language language) {
            return language == Language.CHINESE ? chinese : english;
        }

        /** The word for a name: as written where that is in the language, unless it is an act. */
        public String naming(String written, Language language) {
            boolean own = Words.han(written) == (language == Language.CHINESE);
            boolean thing = kind == Kind.PRODUCT || kind == Kind.ASPECT;
            if (!own || !thing || canonical) return in(language);
            boolean sameWord = Stem.phrase(written).equals(Stem.phrase(english));
            return sameWord ? english : written;
        }
    }

    private Lexicon() {}

    /** The entry of a word or phrase in either language. */
    public static Optional<Entry> find(String word) {
        if (Words.han(word)) return Optional.ofNullable(CHINESE.get(word));
        return Optional.ofNullable(ENGLISH.get(Stem.phrase(word)))
                .filter(e -> !e.english().equals("shorts") || word.endsWith("s")); // not: too short
    }

    /** A column's name as a message: translated where every part of it is known. */
    public static Message column(String column) {
        String own = Humanise.column(column);
        if (Words.han(own)) {
            String english = find(own).map(Entry::english).orElse("“" + own + "”");
            return term(english, own);
        }
        return term(
                find(own).filter(Entry::canonical).map(Entry::english).orElse(own),
                spent(own).or(() -> translated(own)).orElse(" " + own + " "));
    }

    private static Optional<String> spent(String column) {
        return Humanise.spending(column).flatMap(Lexicon::translated).map(t -> t + "花费");
    }

    /** A category's value as a message. */
    public static Message level(String level, boolean proper) {
        String own = Humanise.level(level, proper);
        if (Words.han(own)) {
            String english = find(own).map(Entry::english).orElse("“" + own + "”");
            return term(english, own);
        }
        return term(own, translated(own).orElse(" " + own + " "));
    }

    /** A text that reads differently in each language. */
    public static Message term(String english, String chinese) {
        return Message.of("describe.term", "en", english, "zh", chinese);
    }

    private static Optional<String> translated(String english) {
        Entry whole = ENGLISH.get(Stem.phrase(english));
        if (whole != null && !whole.chinese.isEmpty()) return Optional.of(whole.chinese);
        String label =
                LABELS.get(english.toLowerCase(Locale.ROOT).replaceAll("[ .-]+", " ").strip());
        if (label != null) return Optional.of(label);
        var parts = new ArrayList<String>();
        for (String word : english.replaceAll("[()]", "").split("[ -]+")) {
            Entry entry = ENGLISH.get(Stem.phrase(word));
            if (entry == null || entry.chinese.isEmpty()) return Optional.empty();
            parts.add(entry.chinese);
        }
        return Optional.of(String.join("", parts));
    }

    private static void read() {
        WordList.lines("glossary.tsv").forEach(Lexicon::add);
        for (String line : WordList.lines("labels.tsv")) {
            String[] fields = line.split("\t");
            for (String english : fields[0].split("/")) LABELS.put(english, fields[1]);
        }
    }

    private static Message users(String[] fields) {
        String[] said = (fields.length > 3 ? fields[3] : "/").split("/", -1);
        return term(said[0], said[1]);
    }

    private static void add(String line) {
        String[] fields = line.split("\t");
        List<String> english = List.of(fields[0].split("/"));
        List<String> chinese = fields[1].isBlank() ? List.of() : List.of(fields[1].split("/"));
        Kind kind =
                switch (fields[2].strip().replace("!", "")) {
                    case "p" -> Kind.PRODUCT;
                    case "a" -> Kind.ASPECT;
                    case "v" -> Kind.ACT;
                    case "q" -> Kind.QUALITY;
                    case "c" -> Kind.COLUMN;
                    default -> Kind.VALUE;
                };
        var entry =
                new Entry(
                        english.get(0),
                        chinese.isEmpty() ? "" : chinese.get(0),
                        kind,
                        fields[2].contains("!"),
                        users(fields));
        for (String e : english) ENGLISH.putIfAbsent(Stem.phrase(e), entry);
        for (String c : chinese) CHINESE.putIfAbsent(c, entry);
    }
}
