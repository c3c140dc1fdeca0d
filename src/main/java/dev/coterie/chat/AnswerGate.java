package dev.coterie.chat;

import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.llm.Replies;
import dev.coterie.proof.Fact;
import dev.coterie.proof.NumberGate;
import dev.coterie.proof.Passage;
import dev.coterie.proof.ReplyGate;
import dev.coterie.tools.Desk;
import dev.coterie.tools.ToolResult;
import dev.coterie.words.PersonalData;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which sentences of a language model may be shown: each needs a known fact or a verified
 * quotation, no number of its own, no markup, the right segment and the right language.
 */
final class AnswerGate {
    private static final Pattern ANY_REFERENCE = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final Pattern QUOTED =
            Pattern.compile("[“「]([^”」]{2,})[”」]|\"([^\"]{2,})\"|«([^»]{2,})»");
    private static final Pattern MARKUP =
            Pattern.compile("<\\s*[a-zA-Z/!]|]\\s*\\(|://|javascript:|data:|[{}](?<!\\{\\{)|`");
    private static final Pattern SEGMENT =
            Pattern.compile("(?i)\\b(?:segments?|seg_)\\s*(\\d{1,3})\\b|客群\\s*(\\d{1,3})");

    private final Desk desk;
    private final Supplier<List<ToolResult>> results;
    private final Set<String> vocabulary;

    /**
     * @param question whose words an answer may take up
     * @param results what tools have found so far: where quotations may come from
     */
    AnswerGate(Desk desk, String question, Supplier<List<ToolResult>> results) {
        this.desk = desk;
        this.results = results;
        this.vocabulary = new HashSet<>(ReplyGate.words(question));
        desk.analysis().description().facts().values().stream()
                .flatMap(f -> NumberGate.phrases(f, desk.language()).stream())
                .forEach(p -> vocabulary.addAll(ReplyGate.words(p)));
        for (SegmentProfile s : desk.segments()) {
            s.words().forEach(w -> vocabulary.addAll(ReplyGate.words(w.word())));
            s.wordings().values().forEach(w -> vocabulary.addAll(ReplyGate.words(w.name())));
        }
        desk.fields().all().forEach(a -> vocabulary.addAll(ReplyGate.words(a.key())));
    }

    /** Why a sentence was refused. */
    enum Fault {
        /** No reference and no quotation. */
        UNFOUNDED,
        NUMBER,
        QUOTATION,
        REFERENCE,
        SEGMENT,
        /** A direction, a unit or a rank that the cited facts do not bear out. */
        CLAIM,
        MARKUP,
        /** A person, a brand or a rule of ours that is no part of the data. */
        NAME,
        LANGUAGE
    }

    /** Text without thoughts and without characters that hide or turn others. */
    static String cleaned(String text) {
        return ReplyGate.cleaned(Replies.spoken(text));
    }

    /** Empty if the sentence may be shown. */
    Optional<Fault> fault(String sentence) {
        var cited = new ArrayList<Fact>();
        Matcher references = ANY_REFERENCE.matcher(sentence);
        while (references.find()) {
            Optional<Fact> fact = desk.book().get(references.group(1).strip());
            if (fact.isEmpty()) return Optional.of(Fault.REFERENCE);
            cited.add(fact.get());
        }
        String plain = ANY_REFERENCE.matcher(sentence).replaceAll(" ");
        if (MARKUP.matcher(plain).find()) return Optional.of(Fault.MARKUP);
        if (!plain.matches("(?s).*\\p{L}.*")) return Optional.of(Fault.UNFOUNDED);
        var verified = new ArrayList<String>();
        var numbered = new ArrayList<String>();
        boolean quotes = false;
        Matcher quoted = QUOTED.matcher(plain);
        while (quoted.find()) {
            String passage = passage(quoted);
            boolean spoken = spoken(passage);
            if (!spoken && !term(passage, cited)) return Optional.of(Fault.QUOTATION);
            boolean telling = spoken && Passage.telling(passage);
            quotes |= telling;
            verified.add(passage);
            if (telling) numbered.add(passage);
        }
        if (cited.isEmpty() && !quotes) return Optional.of(Fault.UNFOUNDED);
        Set<Integer> segments = segments(plain);
        for (Fact f : cited) numbered.add(f.label().in(desk.language()));
        for (SegmentProfile s : desk.segments()) {
            s.wordings().values().forEach(w -> numbered.add(w.name()));
        }
        verified.addAll(numbered);
        String rest = SEGMENT.matcher(sentence).replaceAll(m -> known(m) ? " " : m.group());
        if (!NumberGate.clean(rest, numbered)) return Optional.of(Fault.NUMBER);
        boolean wrong =
                !segments.isEmpty()
                        && cited.stream()
                                .anyMatch(f -> f.segment() != 0 && !segments.contains(f.segment()));
        if (wrong) return Optional.of(Fault.SEGMENT);
        if (ReplyGate.falseClaim(sentence, desk.book().all(), desk.language())) {
            return Optional.of(Fault.CLAIM);
        }
        if (Overreach.in(sentence, desk.book()::get)) return Optional.of(Fault.CLAIM);
        if (stranger(plain, verified) || ReplyGate.echo(plain)) return Optional.of(Fault.NAME);
        return foreign(plain, verified) ? Optional.of(Fault.LANGUAGE) : Optional.empty();
    }

    /** True if it names a person or a brand that the data does not. */
    private boolean stranger(String sentence, List<String> verified) {
        String own = sentence;
        for (String passage : verified) own = own.replace(passage, " ");
        return ReplyGate.stranger(own, vocabulary);
    }

    private static String passage(Matcher quoted) {
        for (int g = 1; g <= 3; g++) if (quoted.group(g) != null) return quoted.group(g).strip();
        return "";
    }

    /** True if a customer wrote it, in a text that a tool or the run has brought up. */
    private boolean spoken(String passage) {
        String wanted = passage.replaceAll("[.。…]+$", "");
        boolean found =
                results.get().stream()
                        .flatMap(r -> r.quotes().stream())
                        .anyMatch(q -> Passage.in(q.text(), wanted));
        if (found) return true;
        return desk.segments().stream()
                .flatMap(s -> s.quotes().stream())
                .anyMatch(q -> Passage.in(PersonalData.mask(q.text()), wanted));
    }

    /** True if it is a segment's name, one of its words, or part of a cited fact's label. */
    private boolean term(String passage, List<Fact> cited) {
        String lower = passage.toLowerCase(Locale.ROOT);
        for (Fact f : cited) {
            if (f.label().in(desk.language()).toLowerCase(Locale.ROOT).contains(lower)) return true;
        }
        for (SegmentProfile s : desk.segments()) {
            if (s.wordings().values().stream().anyMatch(w -> w.name().equalsIgnoreCase(passage))) {
                return true;
            }
            if (s.words().stream().anyMatch(w -> w.word().equalsIgnoreCase(passage))) return true;
        }
        return false;
    }

    private boolean known(java.util.regex.MatchResult m) {
        int number = Integer.parseInt(m.group(1) == null ? m.group(2) : m.group(1));
        return number >= 1 && number <= desk.segments().size();
    }

    /** Numbers of the segments that a sentence names. */
    private Set<Integer> segments(String sentence) {
        var named = new HashSet<Integer>();
        Matcher m = SEGMENT.matcher(sentence);
        while (m.find()) named.add(Integer.parseInt(m.group(1) == null ? m.group(2) : m.group(1)));
        String plain = Normalizer.normalize(sentence, Normalizer.Form.NFKC);
        for (SegmentProfile s : desk.segments()) {
            s.wordings().values().stream()
                    .filter(w -> SegmentName.in(w.name(), plain).find())
                    .forEach(w -> named.add(s.number()));
        }
        return named;
    }

    /** True if the sentence, names and quotations apart, is not in the answer's language. */
    private boolean foreign(String sentence, List<String> verified) {
        String own = sentence;
        for (String passage : verified) own = own.replace(passage, " ");
        int han = 0;
        for (int i = 0; i < own.length(); i++) {
            if (Character.UnicodeScript.of(own.charAt(i)) == Character.UnicodeScript.HAN) han++;
        }
        long latin = Pattern.compile("\\p{IsLatin}{2,}").matcher(own).results().count();
        if (desk.language() == Language.CHINESE) return latin * 2 > han;
        return han > latin;
    }
}
