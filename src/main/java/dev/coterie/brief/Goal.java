package dev.coterie.brief;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a brief is to bring about. */
public enum Goal {
    RETAIN,
    WIN_BACK,
    GROW,
    ACQUIRE;

    /** As requests and briefs spell it, such as {@code win_back}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of all of them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Goal::word).toList();
    }
}
