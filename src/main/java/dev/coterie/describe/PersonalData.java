package dev.coterie.describe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Structured personal data in texts: mail, phone, card and id numbers, IBAN, addresses of nets. */
public final class PersonalData {
    private static final Pattern ANY =
            Pattern.compile(
                    "(?<mail>[\\p{L}\\p{N}._%+-]{1,64}\\s?[@＠]\\s?[\\p{L}\\p{N}-]{1,63}(?:[.．][\\p{L}\\p{N}-]{1,63}){1,4})"
                            + "|(?<iban>\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\\b)"
                            + "|(?<id>(?<!\\d)\\d{17}[\\dXx](?!\\d))"
                            + "|(?<ip>(?<!\\d)(?:\\d{1,3}\\.){3}\\d{1,3}(?!\\d))"
                            + "|(?<number>(?<![\\d.,])[+＋(（]?\\d(?:[ ().\\-]{0,2}\\d){8,18}(?!\\d))");

    private PersonalData() {}

    public static boolean found(String text) {
        return ANY.matcher(narrow(text)).find();
    }

    /** The text with each find replaced by a mark such as [mail]. */
    public static String mask(String text) {
        Matcher matcher = ANY.matcher(narrow(text));
        var out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            out.append(text, end, matcher.start());
            boolean mail = matcher.group("mail") != null;
            boolean number = matcher.group("number") != null;
            out.append(mail ? "[mail]" : number ? "[number]" : "[id]");
            end = matcher.end();
        }
        return out.append(text.substring(end)).toString();
    }

    /** Full-width digits as narrow ones, character by character so that positions stay. */
    private static String narrow(String text) {
        var out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c >= '０' && c <= '９') out.setCharAt(i, (char) ('0' + c - '０'));
        }
        return out.toString();
    }
}
