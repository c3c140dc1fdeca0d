package dev.coterie.chat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Rows of customers by what people and models call them. An id as the file spells it comes first,
 * then the one id that differs in case alone, then {@code cus_17}, which is row 17. Immutable.
 */
final class CustomerIds {
    private static final String HANDLE = "cus_\\d{1,9}";

    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> folded = new HashMap<>();

    /**
     * @param ids of rows 0..n-1
     */
    CustomerIds(List<String> ids) {
        Set<String> shared = new HashSet<>();
        for (int row = 0; row < ids.size(); row++) {
            exact.putIfAbsent(ids.get(row), row);
            String lower = ids.get(row).toLowerCase(Locale.ROOT);
            if (folded.putIfAbsent(lower, row) != null) shared.add(lower);
        }
        folded.keySet().removeAll(shared);
    }

    /** The row of a customer; empty if nobody or more than one may be meant. */
    OptionalInt row(String named) {
        Integer row = exact.get(named);
        if (row != null) return OptionalInt.of(row);
        String lower = named.toLowerCase(Locale.ROOT);
        row = folded.get(lower);
        if (row != null) return OptionalInt.of(row);
        if (!lower.matches(HANDLE)) return OptionalInt.empty();
        int handle = Integer.parseInt(lower.substring(4));
        return handle < exact.size() ? OptionalInt.of(handle) : OptionalInt.empty();
    }
}
