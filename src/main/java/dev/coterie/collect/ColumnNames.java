package dev.coterie.collect;

import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes column names distinct, named and harmless, and says which were changed. */
record ColumnNames(List<String> names, List<Notice> notices) {
    private static final int LONGEST = 120;
    private static final Set<String> DANGEROUS =
            Set.of("__proto__", "prototype", "constructor", "hasownproperty", "tostring");

    static ColumnNames of(List<String> header, String file) {
        var names = new ArrayList<String>();
        var notices = new ArrayList<Notice>();
        Set<String> original = new HashSet<>();
        for (String name : header) original.add(tidy(name));
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String wanted = tidy(header.get(i));
            String name = wanted;
            if (wanted.isEmpty() || DANGEROUS.contains(wanted.toLowerCase(Locale.ROOT))) {
                name = free("column_" + (i + 1), taken, original);
            } else if (taken.contains(wanted)) {
                name = numbered(wanted, taken, original);
            }
            taken.add(name);
            names.add(name);
            if (!name.equals(header.get(i).strip())) {
                notices.add(renamed(file, i + 1, wanted, name));
            }
        }
        return new ColumnNames(names, notices);
    }

    private static Notice renamed(String file, int position, String from, String to) {
        String key = from.isEmpty() ? "collect.column_named" : "collect.column_renamed";
        return Notice.warning(
                Message.of(
                        key,
                        "file",
                        file,
                        "position",
                        Integer.toString(position),
                        "from",
                        from,
                        "to",
                        to),
                1);
    }

    private static String numbered(String name, Set<String> taken, Set<String> original) {
        for (int n = 2; ; n++) {
            String next = name + "_" + n;
            if (!taken.contains(next) && !original.contains(next)) return next;
        }
    }

    private static String free(String name, Set<String> taken, Set<String> original) {
        boolean used = taken.contains(name) || original.contains(name);
        return used ? numbered(name, taken, original) : name;
    }

    private static String tidy(String name) {
        String tidy = name.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
        if (tidy.length() <= LONGEST) return tidy;
        int end = Character.isHighSurrogate(tidy.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return tidy.substring(0, end);
    }
}
