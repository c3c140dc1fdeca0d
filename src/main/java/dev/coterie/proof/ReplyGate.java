package dev.coterie.proof;

import dev.coterie.language.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which sentences of a language model about one segment may stay. A sentence needs a
 * reference to a known fact or a verified quotation; it may hold no number of its own, no markup,
 * no invented quotation, no person or brand that the facts do not name, no piece of our prompt.
 */
public final class ReplyGate {
    private static final Pattern QUOTED =
            Pattern.compile("[“「]([^”」]{2,})[”」]|\"([^\"]{2,})\"|«([^»]{2,})»");
    private static final Pattern MARKUP =
            Pattern.compile(
                    "<\\s*[a-zA-Z/!]|]\\s*\\(|!\\[|://|(?i:javascript|data):\\S|[{}`|]|^\\s*[=@]");
    private static final Pattern HIDDEN =
            Pattern.compile(
                    "[\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff"
                            + "\\x{e0000}-\\x{e01ef}]");
    private static final Pattern SCRIPT =
            Pattern.compile("(?is)<(script|style)\\b[^>]*>.*?</\\1\\s*>");
    private static final Pattern TAG =
            Pattern.compile(
                    "(?i)</?(?:a|b|body|br|div|em|form|h[1-6]|html|i|iframe|img|input|li|link|meta"
                            + "|object|ol|p|script|span|strong|style|svg|table|td|tr|u|ul|video)"
                            + "(?:\\s[^<>]*)?/?>");
    private static final Pattern IMAGE = Pattern.compile("!\\[[^\\]\n]*]\\([^)\n]*\\)");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]\n]*)]\\([^)\n]*\\)");
    private static final Pattern ANY_REFERENCE = Pattern.compile("\\{\\{([^{}]*)}}");

    /** A capital inside a sentence, or a word in capitals. */
    private static final Pattern CAPITAL =
            Pattern.compile("(?<=[\\p{L},;’'] )\\p{Lu}[\\p{L}'’-]{2,}|(?<!\\p{L})\\p{Lu}{3,}");

    private static final Set<String> CALENDAR =
            Set.of(
                    "monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "saturday",
                    "sunday",
                    "january",
                    "february",
                    "march",
                    "april",
                    "may",
                    "june",
                    "july",
                    "august",
                    "september",
                    "october",
                    "november",
                    "december",
                    "christmas",
                    "easter");
    private static final Set<ClaimGate.Fault> OF_MEANING =
            Set.of(
                    ClaimGate.Fault.UNIT,
                    ClaimGate.Fault.COMPARISON,
                    ClaimGate.Fault.DIRECTION,
                    ClaimGate.Fault.RANK);
    private static final int LONGEST = 400;

    private final Language language;
    private final Map<String, Fact> facts;
    private final List<String> sayings;
    private final Set<String> vocabulary;
    private final ClaimGate claims;

    /**
     * @param segment number of the segment that the text is about
     * @param ledger the run's facts by id: what a figure must outdo to be the highest
     * @param citable ids of those that may be cited
     * @param sayings customers' texts that may be quoted, as they are stored
     * @param vocabulary words of the data besides those of the facts: names of segments, values
     */
    public ReplyGate(
            Language language,
            int segment,
            Map<String, Fact> ledger,
            Collection<String> citable,
            Collection<String> sayings,
            Collection<String> vocabulary) {
        this.language = language;
        this.facts = new LinkedHashMap<>(ledger);
        this.facts.keySet().retainAll(Set.copyOf(citable));
        this.claims = new ClaimGate(ledger, segment, List.of(), language);
        this.sayings = sayings.stream().map(Spotlight::shown).toList();
        this.vocabulary = new HashSet<>();
        vocabulary.forEach(this::learn);
        for (Fact f : facts.values()) {
            NumberGate.phrases(f, language).forEach(this::learn);
            learn(f.filter().in(language));
        }
    }

    /** Why a sentence was refused. */
    public enum Fault {
        UNFOUNDED,
        NUMBER,
        QUOTATION,
        REFERENCE,
        CLAIM,
        NAME,
        MARKUP,
        ECHO,
        LANGUAGE,
        LENGTH;

        /** Under which the sentence stands that tells the model. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is left of a text.
     *
     * @param fault what most of the removed sentences lacked
     */
    public record Kept(List<String> sentences, List<String> removed, Optional<Fault> fault) {}

    /** The sentences of a text that may stay, in order and once each. */
    public Kept keep(String text) {
        var kept = new ArrayList<String>();
        var removed = new ArrayList<String>();
        var faults = new EnumMap<Fault, Integer>(Fault.class);
        for (String sentence : sentences(cleaned(text))) {
            Optional<Fault> fault = fault(sentence, true);
            if (fault.isEmpty()) {
                if (!kept.contains(sentence)) kept.add(sentence);
                continue;
            }
            removed.add(sentence);
            faults.merge(fault.get(), 1, Integer::sum);
        }
        Optional<Fault> most =
                faults.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        return new Kept(kept, removed, most);
    }

    /**
     * @param founded true if the sentence needs a reference or a quotation
     * @return empty if the sentence may be shown
     */
    public Optional<Fault> fault(String sentence, boolean founded) {
        var cited = new ArrayList<Fact>();
        Matcher references = ANY_REFERENCE.matcher(sentence);
        while (references.find()) {
            Fact fact = facts.get(references.group(1).strip());
            if (fact == null) return Optional.of(Fault.REFERENCE);
            cited.add(fact);
        }
        String plain = ANY_REFERENCE.matcher(sentence).replaceAll(" ");
        if (!plain.matches("(?s).*\\p{L}.*")) return Optional.of(Fault.UNFOUNDED);
        var verified = new ArrayList<String>();
        var allowed = new ArrayList<String>();
        boolean spoken = false;
        Matcher quoted = QUOTED.matcher(plain);
        while (quoted.find()) {
            String passage = passage(quoted);
            boolean said = said(passage);
            if (!said && !term(passage, cited)) return Optional.of(Fault.QUOTATION);
            boolean telling = said && Passage.telling(passage);
            spoken |= telling;
            verified.add(passage);
            if (telling) allowed.add(passage);
        }
        String own = plain;
        for (String passage : verified) own = own.replace(passage, " ");
        if (MARKUP.matcher(own).find()) return Optional.of(Fault.MARKUP);
        if (founded && cited.isEmpty() && !spoken) return Optional.of(Fault.UNFOUNDED);
        if (sentence.length() > LONGEST) return Optional.of(Fault.LENGTH);
        for (Fact f : cited) allowed.addAll(NumberGate.phrases(f, language));
        if (!NumberGate.clean(sentence, allowed)) return Optional.of(Fault.NUMBER);
        if (Trend.wrong(sentence, facts) || !claims.check(sentence, List.of(), allowed).isEmpty()) {
            return Optional.of(Fault.CLAIM);
        }
        if (stranger(own, vocabulary)) return Optional.of(Fault.NAME);
        if (PromptEcho.in(own)) return Optional.of(Fault.ECHO);
        for (Fact f : cited) {
            for (String phrase : NumberGate.phrases(f, language)) own = own.replace(phrase, " ");
        }
        return foreign(own, language) ? Optional.of(Fault.LANGUAGE) : Optional.empty();
    }

    private boolean said(String passage) {
        String wanted = Spotlight.plain(passage).replaceAll("[.。…]+$", "");
        return sayings.stream().anyMatch(s -> Passage.in(s, wanted));
    }

    private boolean term(String passage, List<Fact> cited) {
        String lower = passage.toLowerCase(Locale.ROOT);
        return cited.stream()
                .anyMatch(f -> f.label().in(language).toLowerCase(Locale.ROOT).contains(lower));
    }

    private void learn(String phrase) {
        words(phrase).forEach(vocabulary::add);
    }

    /** The words of a phrase in small letters, as {@link #stranger} compares them. */
    public static List<String> words(String phrase) {
        return List.of(phrase.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"));
    }

    /**
     * True if a sentence outside its quotations holds a capitalised word that the data does not:
     * most likely a person, a brand or a shouted order.
     *
     * @param vocabulary words in small letters
     */
    public static boolean stranger(String sentence, Set<String> vocabulary) {
        return CAPITAL.matcher(sentence)
                .results()
                .map(m -> m.group().toLowerCase(Locale.ROOT).replaceAll("['’]s$", ""))
                .anyMatch(w -> !vocabulary.contains(w) && !CALENDAR.contains(w));
    }

    /**
     * True if a sentence claims of its facts what they do not bear out: a direction, a unit, a
     * rank, a side. Sentences about several segments are looked at for directions only.
     *
     * @param facts the ledger, by id
     */
    public static boolean falseClaim(String sentence, Map<String, Fact> facts, Language language) {
        if (Trend.wrong(sentence, facts)) return true;
        List<Integer> segments =
                References.ids(sentence).stream()
                        .map(facts::get)
                        .filter(f -> f != null && f.segment() > 0)
                        .map(Fact::segment)
                        .distinct()
                        .toList();
        if (segments.size() != 1) return false;
        return new ClaimGate(facts, segments.get(0), List.of(), language)
                .check(sentence, List.of(), List.of()).stream()
                        .map(ClaimGate.Finding::fault)
                        .anyMatch(f -> OF_MEANING.contains(f));
    }

    /** True if a sentence repeats our prompt. */
    public static boolean echo(String sentence) {
        return PromptEcho.in(sentence);
    }

    private static String passage(Matcher quoted) {
        for (int g = 1; g <= 3; g++) if (quoted.group(g) != null) return quoted.group(g).strip();
        return "";
    }

    /** True if a text, names and quotations apart, is not in the language asked for. */
    public static boolean foreign(String own, Language language) {
        long han =
                own.codePoints()
                        .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                        .count();
        long latin = Pattern.compile("\\p{IsLatin}{2,}").matcher(own).results().count();
        return language == Language.CHINESE ? latin * 2 > han : han > latin;
    }

    /** Text without characters that hide or turn others, tags, images and the targets of links. */
    public static String cleaned(String text) {
        String out = HIDDEN.matcher(text).replaceAll("");
        out = SCRIPT.matcher(out).replaceAll(" ");
        out = TAG.matcher(out).replaceAll(" ");
        out = IMAGE.matcher(out).replaceAll(" ");
        return LINK.matcher(out).replaceAll("$1");
    }

    /** Sentences of a text; a quotation of several sentences stays in one piece. */
    public static List<String> sentences(String text) {
        var out = new ArrayList<String>();
        var open = new StringBuilder();
        for (String sentence : NumberGate.sentences(text)) {
            if (open.length() > 0) open.append(' ');
            open.append(sentence);
            if (!balanced(open)) continue;
            out.add(open.toString());
            open.setLength(0);
        }
        if (open.length() > 0) out.add(open.toString());
        return out;
    }

    /** True if every quotation that begins in the text also ends in it. */
    public static boolean balanced(CharSequence text) {
        int plain = 0;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') plain++;
            if (c == '“' || c == '「' || c == '«') depth++;
            if (c == '”' || c == '」' || c == '»') depth--;
        }
        return plain % 2 == 0 && depth <= 0;
    }
}
