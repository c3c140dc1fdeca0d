package dev.coterie.proof;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.words.PersonalData;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Puts customers' words into a prompt as data: between marks that are random for each prompt,
 * masked, bounded, and without what a model or a terminal could take for a command.
 */
public final class Spotlight {
    /** Most characters of one text in a prompt. */
    public static final int MOST_CHARACTERS = 300;

    private static final int LABEL_CHARACTERS = 80;
    private static final int SHINGLE = 4;
    private static final double SAME = 0.7;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> OPENINGS = beginnings(Spotlight::open);
    private static final List<String> CLOSINGS = beginnings(Spotlight::close);
    private static final Pattern CHAT_TOKEN =
            Pattern.compile(
                    "(?i)<\\|[^|>]{0,40}\\|>|<(?:eot|eos|bos|s)>|</s>|\\[/?INST]|<</?SYS>>"
                            + "|</?(?:system|assistant|user|tool|think)>");

    /** Characters that hide, turn or tag others; the joiner is looked at on its own. */
    private static final Pattern HIDDEN =
            Pattern.compile(
                    "[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cn}\\u200b\\u200c\\u200e\\u200f"
                            + "\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\x{e0000}-\\x{e01ef}]+");

    private static final Pattern STRAY_JOINER =
            Pattern.compile("(?<![\\p{So}\\p{Sk}\\ufe0f])\\u200d|\\u200d(?!\\p{So})");

    private final Language language;
    private final String mark;

    /**
     * @param language of the prompt
     */
    public Spotlight(Language language) {
        this(language, random());
    }

    private static String random() {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * @param language of the prompt
     * @param mark a word that customers cannot guess
     */
    public Spotlight(Language language, String mark) {
        this.language = language;
        this.mark = mark;
    }

    public String open() {
        return Message.of("describe.spotlight.open", "mark", mark).in(language);
    }

    public String close() {
        return Message.of("describe.spotlight.close", "mark", mark).in(language);
    }

    /** What every opening mark begins with, in any language. */
    static List<String> openings() {
        return OPENINGS;
    }

    /** What every closing mark begins with, in any language. */
    static List<String> closings() {
        return CLOSINGS;
    }

    /** The mark up to the word that differs from prompt to prompt. */
    private static List<String> beginnings(Function<Spotlight, String> mark) {
        return Arrays.stream(Language.values())
                .map(language -> mark.apply(new Spotlight(language, "|")))
                .map(shown -> shown.substring(0, shown.indexOf('|')))
                .toList();
    }

    /** A customer's text between the marks. */
    public String framed(String text) {
        return open() + shown(text).replace(mark, " ") + close();
    }

    /** A customer's text as the model sees it: what a quotation is compared with. */
    public static String shown(String text) {
        String plain = plain(PersonalData.mask(text));
        if (plain.length() <= MOST_CHARACTERS) return plain;
        boolean half = Character.isHighSurrogate(plain.charAt(MOST_CHARACTERS - 1));
        return plain.substring(0, half ? MOST_CHARACTERS - 1 : MOST_CHARACTERS).strip();
    }

    /** A name, a column or a value from the data: one short line without separators. */
    public static String label(String text) {
        String plain = plain(PersonalData.mask(text)).replaceAll("[{}<>\\[\\]|`]", " ");
        plain = plain.replaceAll("\\s+", " ").strip();
        return plain.length() <= LABEL_CHARACTERS
                ? plain
                : plain.substring(0, LABEL_CHARACTERS).strip() + "…";
    }

    /** One line without hidden characters, tokens of chat templates or marks of references. */
    public static String plain(String text) {
        String out = HIDDEN.matcher(text).replaceAll(" ");
        out = STRAY_JOINER.matcher(out).replaceAll("");
        out = CHAT_TOKEN.matcher(out).replaceAll(" ");
        for (String opening : OPENINGS) {
            String begin = opening.strip();
            out = out.replace(begin, "(" + begin.substring(1));
        }
        return out.replace("{{", "{ {").replace("}}", "} }").replaceAll("\\s+", " ").strip();
    }

    /** The texts without those that say almost the same as an earlier one. */
    public static List<String> distinct(List<String> texts) {
        var kept = new ArrayList<String>();
        var seen = new ArrayList<Set<String>>();
        for (String text : texts) {
            Set<String> shingles = shingles(text);
            if (seen.stream().anyMatch(s -> alike(s, shingles))) continue;
            seen.add(shingles);
            kept.add(text);
        }
        return kept;
    }

    /** True if two texts share most of their runs of four characters. */
    public static boolean alike(String a, String b) {
        return alike(shingles(a), shingles(b));
    }

    private static boolean alike(Set<String> a, Set<String> b) {
        long both = a.stream().filter(b::contains).count();
        return both >= SAME * Math.min(a.size(), b.size()) && both >= SAME * SAME * a.size();
    }

    private static Set<String> shingles(String text) {
        String own =
                Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}]", "");
        var out = new HashSet<String>();
        for (int i = 0; i + SHINGLE <= own.length(); i++) out.add(own.substring(i, i + SHINGLE));
        if (out.isEmpty()) out.add(own);
        return out;
    }
}
