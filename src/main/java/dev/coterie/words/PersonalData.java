package dev.coterie.words;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Structured personal data in texts, English and Chinese: mail (also spelled out), phone numbers of
 * China, the US and Europe, ID cards (with checksum), IBAN (mod 97), card numbers (Luhn), addresses
 * of nets, tokens in links, number plates; and names and postal addresses as far as {@link
 * NamePatterns} finds them. Masking is never complete: say “masked”, not “anonymous”.
 */
public final class PersonalData {
    private static final String SEP = "[\\s().\\-－–—/·]{0,3}";

    /**
     * One kind.
     *
     * @param mark what stands in its place
     * @param pattern whose first group, where it has one, is the find
     * @param sure what a find must pass besides
     * @param worth a cheap look at the whole text
     */
    private record Kind(
            String mark, Pattern pattern, Predicate<String> sure, Predicate<String> worth) {
        Kind(String mark, Pattern pattern, Predicate<String> sure) {
            this(mark, pattern, sure, text -> true);
        }
    }

    private static Kind kind(String mark, String pattern) {
        return new Kind(mark, Pattern.compile(pattern), find -> true);
    }

    /** In order: the first that fits takes its place. */
    private static final List<Kind> STRUCTURED =
            List.of(
                    kind(
                            "mail",
                            "[\\p{L}\\p{N}._%+-]{1,64}\\s{0,2}@\\s{0,2}[\\p{L}\\p{N}-]{1,63}"
                                    + "(?:\\s?[.]\\s?[\\p{L}\\p{N}-]{1,63}){1,4}"),
                    kind(
                            "mail",
                            "(?i)[\\w%+-]+(?:(?:\\.|\\s?[(\\[]?\\s?(?:dot|点)\\s?[)\\]]?\\s?)[\\w%+-]+){0,3}"
                                    + "\\s{0,2}[(\\[]?\\s?(?:\\bat\\b|艾特|圈a)\\s?[)\\]]?\\s{0,2}"
                                    + "[a-z0-9-]+(?:\\s{0,2}[(\\[]?\\s?(?:\\bdot\\b|点|\\.)\\s?[)\\]]?\\s{0,2}"
                                    + "[a-z0-9-]+){0,3}\\s{0,2}[(\\[]?\\s?(?:\\bdot\\b|点|\\.)\\s?[)\\]]?\\s{0,2}"
                                    + "(?:com|net|org|invalid|test|example|info|cn|de|uk|edu|io|co|fr|eu)\\b"),
                    kind("link", "(?i)\\b(?:https?|ftp)://[^\\s，。]{4,}|\\bwww\\.[^\\s，。]{4,}"),
                    new Kind(
                            "iban",
                            Pattern.compile(
                                    "(?i)(?<![A-Z0-9])[A-Z]{2}\\s?\\d\\s?\\d(?:[\\s-]?[A-Z0-9]){10,30}(?![A-Z0-9])"),
                            PersonalData::iban),
                    new Kind(
                            "id",
                            Pattern.compile("(?<!\\d)\\d(?:[\\s-]?\\d){16}[\\s-]?[\\dXx](?!\\d)"),
                            PersonalData::idCard),
                    new Kind(
                            "card",
                            Pattern.compile("(?<!\\d)\\d(?:[\\s\\-.]{0,2}\\d){12,18}(?!\\d)"),
                            PersonalData::luhn),
                    kind("id", "(?<!\\d)\\d{3}-\\d{2}-\\d{4}(?!\\d)"),
                    new Kind(
                            "ip",
                            Pattern.compile("(?<![\\d.])(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\d.]*\\d)"),
                            PersonalData::ip),
                    kind(
                            "ip",
                            "(?i)(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}){1,4}(?![0-9a-f:])"),
                    kind(
                            "phone",
                            "(?<!\\d)(?:\\+|00)?\\s?86"
                                    + SEP
                                    + "1[3-9](?:"
                                    + SEP
                                    + "\\d){9}(?!\\d)"),
                    kind("phone", "(?<![\\d.])1[3-9](?:" + SEP + "\\d){9}(?!\\d)"),
                    kind(
                            "phone",
                            "(?<![\\d.])(?:\\+|00)" + SEP + "[1-9](?:" + SEP + "\\d){7,14}(?!\\d)"),
                    kind(
                            "phone",
                            "(?<![\\d.])\\(?[2-9]\\d{2}\\)?[\\s.\\-]{1,2}\\d{3}[\\s.\\-]{1,2}\\d{4}(?!\\d)"),
                    kind("phone", "(?<![\\d.,])\\(?0\\d(?:" + SEP + "\\d){7,11}(?!\\d)"),
                    kind(
                            "plate",
                            "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
                                    + "[A-HJ-NP-Z][\\s·.•-]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"),
                    kind(
                            "plate",
                            "(?i:(?:plates?|registration|licen[cs]e|kennzeichen|car)[^.\\n]{0,24}?)"
                                    + "(?<![A-Z0-9])[A-ZÄÖÜ]{1,3}[\\s-]?[A-Z0-9]{1,3}[\\s-]?\\d{2,4}[A-Z]{0,3}(?![A-Z0-9])"),
                    kind("number", "(?<![\\d.,])[+(]?\\d(?:" + SEP + "\\d){8,18}(?!\\d)"));

    /** Structured forms first, of which names and addresses may be a part. */
    private static final List<Kind> KINDS =
            Stream.of(
                            STRUCTURED.stream(),
                            NamePatterns.ADDRESSES.stream().map(w -> named("address", w)),
                            NamePatterns.NAMES.stream().map(w -> named("name", w)))
                    .flatMap(k -> k)
                    .toList();

    private static Kind named(String mark, NamePatterns.Way way) {
        return new Kind(mark, way.pattern(), way.sure(), way.worth());
    }

    private PersonalData() {}

    /** True if the text holds what {@link #mask} would hide. */
    public static boolean found(String text) {
        String narrow = narrow(text);
        return KINDS.stream()
                .anyMatch(
                        k ->
                                k.worth().test(narrow)
                                        && k.pattern()
                                                .matcher(narrow)
                                                .results()
                                                .anyMatch(
                                                        m ->
                                                                k.sure()
                                                                        .test(
                                                                                m.group(
                                                                                        m
                                                                                                .groupCount()))));
    }

    /** The text with each find replaced by a mark such as [mail]. */
    public static String mask(String text) {
        String out = text;
        for (Kind kind : KINDS) out = masked(out, kind);
        return out;
    }

    private static String masked(String text, Kind kind) {
        String narrow = narrow(text);
        if (!kind.worth().test(narrow)) return text;
        Matcher matcher = kind.pattern().matcher(narrow);
        StringBuilder out = null;
        int end = 0;
        while (matcher.find()) {
            int find = matcher.groupCount();
            if (!kind.sure().test(matcher.group(find))) continue;
            if (out == null) out = new StringBuilder();
            out.append(text, end, matcher.start(find)).append('[').append(kind.mark()).append(']');
            end = matcher.end(find);
        }
        return out == null ? text : out.append(text.substring(end)).toString();
    }

    /** Full-width forms as narrow ones, character by character so that positions stay. */
    private static String narrow(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char narrow = c >= '！' && c <= '～' ? (char) (c - '！' + '!') : c == '\u3000' ? ' ' : c;
            if (narrow == c) continue;
            if (out == null) out = new StringBuilder(text);
            out.setCharAt(i, narrow);
        }
        return out == null ? text : out.toString();
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }

    /**
     * Luhn's sum.
     *
     * @see <a href="https://www.iso.org/standard/70484.html">ISO/IEC 7812-1</a>
     */
    private static boolean luhn(String text) {
        String digits = digits(text);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int d = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? d : d * 2 > 9 ? d * 2 - 9 : d * 2;
        }
        return sum % 10 == 0;
    }

    /** Check character of a Chinese ID card, GB 11643: weights 2^(17-i) mod 11. */
    private static boolean idCard(String text) {
        String id = text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (id.charAt(i) - '0') * (1 << (17 - i)) % 11;
        }
        return "10X98765432".charAt(sum % 11) == id.charAt(17);
    }

    /** The remainder of ISO 13616 is 1; what follows the account number in a text is left out. */
    private static boolean iban(String text) {
        String account = text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        if (account.length() < 15 || account.length() > 34) return false;
        var number = new StringBuilder();
        for (char c : (account.substring(4) + account.substring(0, 4)).toCharArray()) {
            number.append(Character.getNumericValue(c));
        }
        return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }

    private static boolean ip(String text) {
        for (String part : text.split("\\.")) if (Integer.parseInt(part) > 255) return false;
        return true;
    }
}
