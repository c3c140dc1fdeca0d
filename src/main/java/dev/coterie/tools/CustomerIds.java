package dev.coterie.tools;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows of customers by what people and models call them. An id as the file spells it comes first,
 * then the one id that differs in case alone, then the id that the API gives. Immutable.
 */
public final class CustomerIds {
    private final Map<String, Integer> exact;
    private final Map<String, Integer> folded;
    private final Function<String, OptionalInt> given;

    private CustomerIds(
            Map<String, Integer> exact,
            Map<String, Integer> folded,
            Function<String, OptionalInt> given) {
        this.exact = exact;
        this.folded = folded;
        this.given = given;
    }

    /**
     * @param ids of rows 0..n-1
     */
    public static CustomerIds of(List<String> ids) {
        Map<String, Integer> exact = new HashMap<>();
        Map<String, Integer> folded = new HashMap<>();
        Set<String> shared = new HashSet<>();
        for (int row = 0; row < ids.size(); row++) {
            exact.putIfAbsent(ids.get(row), row);
            String lower = ids.get(row).toLowerCase(Locale.ROOT);
            if (folded.putIfAbsent(lower, row) != null) shared.add(lower);
        }
        folded.keySet().removeAll(shared);
        return new CustomerIds(exact, folded, id -> OptionalInt.empty());
    }

    /**
     * The same that know the ids of the API too.
     *
     * @param api the row of a customer by such an id
     */
    public CustomerIds or(Function<String, OptionalInt> api) {
        return new CustomerIds(exact, folded, api);
    }

    /** The row of a customer; empty if nobody or more than one may be meant. */
    public OptionalInt row(String named) {
        Integer row = exact.get(named);
        if (row != null) return OptionalInt.of(row);
        String lower = named.toLowerCase(Locale.ROOT);
        row = folded.get(lower);
        return row != null ? OptionalInt.of(row) : given.apply(lower);
    }
}
