package dev.coterie.collect;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words by which files say "no value", and the two by which they say yes and no. */
public final class MissingWords {
    private static final int LONGEST = 16;
    private static final Set<String> ANYWHERE =
            Set.of(
                    "na",
                    "n/a",
                    "#n/a",
                    "n.a.",
                    "null",
                    "nan",
                    "nil",
                    "unknown",
                    "missing",
                    "(blank)",
                    "(null)",
                    "<na>",
                    "not available",
                    "-",
                    "--",
                    "---",
                    "?",
                    "??",
                    ".",
                    "#null!",
                    "#div/0!",
                    "#value!",
                    "#ref!",
                    "#name?",
                    "#num!",
                    "\\n",
                    "未知",
                    "不详",
                    "缺失",
                    "无数据",
                    "空值",
                    "空");
    private static final Set<String> AMONG_NUMBERS = Set.of("none", "无", "没有");
    private static final Set<String> YES = Set.of("yes", "y", "true", "t", "1", "1.0", "是", "有");
    private static final Set<String> NO = Set.of("no", "n", "false", "f", "0", "0.0", "否", "无");

    private MissingWords() {}

    /** True for a blank cell and for words such as {@code N/A}, {@code unknown}, {@code 未知}. */
    public static boolean isMissing(String cell) {
        String word = word(cell);
        return word.isEmpty() || word.length() <= LONGEST && ANYWHERE.contains(word);
    }

    /** The same where numbers, dates or ids are expected; there {@code None} is missing too. */
    public static boolean isMissingMeasure(String cell) {
        return isMissing(cell) || AMONG_NUMBERS.contains(word(cell));
    }

    /** 1 for yes, 0 for no, empty for anything else. */
    public static Optional<Integer> yesNo(String cell) {
        if (cell.length() > LONGEST) return Optional.empty();
        String word = word(cell);
        if (YES.contains(word)) return Optional.of(1);
        return NO.contains(word) ? Optional.of(0) : Optional.empty();
    }

    private static String word(String cell) {
        // Long cells are no such words; they need not be copied to find that out.
        if (cell.length() > 64) return cell.isBlank() ? "" : cell;
        return cell.strip().toLowerCase(Locale.ROOT);
    }
}
