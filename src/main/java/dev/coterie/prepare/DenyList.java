package dev.coterie.prepare;

import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of an import's personal columns, such as names and mail addresses. Where one of them
 * stands word for word in a text or is a category, a mark takes its place, so that no later stage
 * sees it: no embedding, no word, no quotation, no prompt. Upper and lower case count, since a name
 * in small letters is often an ordinary word.
 */
final class DenyList {
    static final String MARK = "[name]";

    private static final int SHORTEST = 3;
    private static final int SHORTEST_HAN = 2;
    private static final int LONGEST = 80;
    private static final int KEY = 2;

    private final Set<String> values = new HashSet<>();
    private final Map<String, List<String>> byStart = new HashMap<>();
    private long masked;

    DenyList(List<TableInput> tables) {
        for (TableInput table : tables) {
            for (ColumnSchema schema : table.with(Role.PERSONAL)) {
                table.column(schema).values().stream()
                        .map(String::strip)
                        .filter(DenyList::telling)
                        .forEach(values::add);
            }
        }
        for (String value : values) {
            byStart.computeIfAbsent(value.substring(0, KEY), k -> new ArrayList<>()).add(value);
        }
        // The whole name goes before its first part.
        byStart.values().forEach(list -> list.sort(Comparator.comparingInt(v -> -v.length())));
    }

    /** Numbers have masks of their own, and a letter or two would be found in every text. */
    private static boolean telling(String value) {
        boolean han = value.codePoints().anyMatch(DenyList::han);
        return value.length() >= (han ? SHORTEST_HAN : SHORTEST)
                && value.length() <= LONGEST
                && value.codePoints().anyMatch(Character::isLetter);
    }

    private static boolean han(int point) {
        return Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN;
    }

    /** Texts and categories in which something was masked so far. */
    long masked() {
        return masked;
    }

    /** The text with a mark for each value that stands in it as whole words. */
    String mask(String text) {
        if (byStart.isEmpty()) return text;
        StringBuilder out = null;
        int done = 0;
        for (int at = 0; at + KEY <= text.length(); at++) {
            String value = valueAt(text, at);
            if (value == null) continue;
            if (out == null) out = new StringBuilder();
            out.append(text, done, at).append(MARK);
            done = at + value.length();
            at = done - 1;
        }
        if (out == null) return text;
        masked++;
        return out.append(text.substring(done)).toString();
    }

    private String valueAt(String text, int at) {
        List<String> candidates = byStart.get(text.substring(at, at + KEY));
        if (candidates == null || inside(text, at)) return null;
        for (String value : candidates) {
            boolean whole = text.startsWith(value, at) && !inside(text, at + value.length());
            if (whole) return value;
        }
        return null;
    }

    /** True if a word goes on over this place; Han characters have no words of their own. */
    private static boolean inside(String text, int at) {
        if (at == 0 || at >= text.length()) return false;
        int before = text.codePointBefore(at);
        int after = text.codePointAt(at);
        return Character.isLetterOrDigit(before)
                && Character.isLetterOrDigit(after)
                && !han(before)
                && !han(after);
    }

    /** The column with one level for all values that are on the list. */
    CategoryColumn mask(CategoryColumn column) {
        if (column.levels().stream().noneMatch(values::contains)) return column;
        var places = new LinkedHashMap<String, Integer>();
        int[] to = new int[column.levels().size()];
        for (int level = 0; level < to.length; level++) {
            String value = column.levels().get(level);
            String shown = values.contains(value) ? MARK : value;
            if (values.contains(value)) masked++;
            Integer known = places.putIfAbsent(shown, places.size());
            to[level] = known == null ? places.size() - 1 : known;
        }
        int[] codes = Arrays.stream(column.codes()).map(c -> c < 0 ? c : to[c]).toArray();
        return new CategoryColumn(column.name(), List.copyOf(places.keySet()), codes);
    }
}
