package dev.coterie.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names of columns and values of files as people would say them. */
public final class Humanise {
    private static final int MOST_MASKED = 4096;
    private static final Map<String, String> MASKED = new ConcurrentHashMap<>();

    /** Endings of column names that say how it is stored, not what it is. */
    private static final Set<String> TECHNICAL = Set.of("ind", "flag", "yn", "bool", "cd");

    /** Beginnings that say that it is a count or an amount, which the words after it say too. */
    private static final Set<String> COUNT = Set.of("num", "nr", "cnt");

    private static final String SPENDING = "spending on ";

    /** What of a date: {@code Account closed on}. */
    private static final Set<String> DATED = Set.of("on", "at");

    private static final Set<String> PERIODS = Set.of("day", "week", "month", "year");
    private static final Set<String> AMOUNT = Set.of("mnt", "amt");

    private Humanise() {}

    /** Identifiers and codes tell people apart but say nothing about them. */
    public static boolean meaningless(String column) {
        List<String> words = words(column);
        if (words.isEmpty()) return true;
        String last = words.get(words.size() - 1);
        return Set.of("id", "code", "uuid", "index", "编号", "编码").contains(last);
    }

    /** The words of a column name in lower case: {@code MonthlyCharges} is monthly, charges. */
    public static List<String> words(String column) {
        var words = new ArrayList<String>();
        for (String w : spaced(column).split(" ")) {
            if (!w.isEmpty()) words.add(w.toLowerCase(Locale.ROOT));
        }
        return words;
    }

    /** {@code MonthlyCharges} as monthly charges; acronyms keep their capitals. */
    public static String column(String column) {
        var out = new ArrayList<String>();
        String[] words = spaced(column).split(" ");
        for (String w : words) {
            if (w.isEmpty()) continue;
            if (TECHNICAL.contains(w.toLowerCase(Locale.ROOT)) && !out.isEmpty()) continue;
            out.add(acronym(w) && words.length > 1 ? w : w.toLowerCase(Locale.ROOT));
        }
        boolean prefixed = out.size() > 1;
        if (prefixed && COUNT.contains(out.get(0))) out.remove(0);
        else if (prefixed && AMOUNT.contains(out.get(0))) out.set(0, SPENDING.strip());
        smooth(out);
        return out.isEmpty() ? column.strip() : String.join(" ", out);
    }

    /** Deal purchases, web visits a month, account closed. */
    private static void smooth(List<String> words) {
        if (words.size() < 2) return;
        int last = words.size() - 1;
        if (DATED.contains(words.get(last))) {
            words.remove(last);
            return;
        }
        boolean counted = English.counted(words.get(last));
        boolean plain = !words.get(last - 1).matches(".*[sui]s");
        if (counted && plain) words.set(last - 1, English.product(words.get(last - 1)));
        boolean often = English.counted(words.get(last - 1));
        if (often && PERIODS.contains(words.get(last))) words.add(last, "a");
    }

    /** A value of a category inside a sentence: a capitalised common word loses its capital. */
    public static String level(String level, boolean proper) {
        String clean =
                masked(level)
                        .strip()
                        .replaceAll("[|{}]", " ")
                        .replace('_', ' ')
                        .replaceAll("\\s+", " ");
        if (clean.length() > 60) clean = clean.substring(0, 57).strip() + "…";
        if (proper || clean.isEmpty()) return clean;
        String first = clean.split("[ -]", 2)[0];
        boolean mixed =
                first.length() > 1
                        && !first.substring(1).equals(first.substring(1).toLowerCase(Locale.ROOT));
        if (mixed && (!acronym(first) || first.length() <= 4)) return clean;
        if (clean.equals(clean.toUpperCase(Locale.ROOT))) return clean.toLowerCase(Locale.ROOT);
        return Character.toLowerCase(clean.charAt(0)) + clean.substring(1);
    }

    /** A Chinese membership with its grade, each said once: 基础会员, not 基础会员等级. */
    public static String grade(String level, String column) {
        String plain = column.replaceAll("(等级|级别)$", "");
        return level.endsWith(plain) ? level : level + plain;
    }

    /** What an amount was spent on: wines in {@code MntWines}; empty for any other column. */
    public static Optional<String> spending(String column) {
        String said = column(column);
        return said.startsWith(SPENDING)
                ? Optional.of(said.substring(SPENDING.length()))
                : Optional.empty();
    }

    private static boolean acronym(String word) {
        return word.length() > 1
                && word.equals(word.toUpperCase(Locale.ROOT))
                && !word.equals(word.toLowerCase(Locale.ROOT));
    }

    /** Labels are few and shown again and again, and masking one takes as long as naming it. */
    private static String masked(String label) {
        if (MASKED.size() >= MOST_MASKED) MASKED.clear();
        return MASKED.computeIfAbsent(label, PersonalData::mask);
    }

    private static String spaced(String column) {
        // Masked while a mail address still looks like one.
        return masked(column)
                .strip()
                .replaceAll("[_.\\-/]+", " ")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .replaceAll("(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .replaceAll("[|{}]", " ")
                .replaceAll("\\s+", " ");
    }
}
