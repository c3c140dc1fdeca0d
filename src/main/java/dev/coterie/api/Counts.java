package dev.coterie.api;

import java.util.Map;
import java.util.Optional;

/** Withholds small counts, so that no aggregate speaks of a handful of people. */
record Counts(int threshold) {
    /** The count, or {@code {"lt": 10}}; zero tells about nobody and is shown. */
    Object of(long count) {
        return small(count) ? Map.of("lt", threshold) : count;
    }

    boolean small(long count) {
        return count > 0 && count < threshold;
    }

    /** Count and share together: a share would give the count away. */
    Map<String, Object> withShare(long count, long of) {
        Optional<Double> share =
                small(count) || of == 0 ? Optional.empty() : Optional.of((double) count / of);
        return Body.of("count", of(count), "share", share);
    }
}
