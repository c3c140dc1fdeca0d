package dev.coterie.collect;

import dev.coterie.error.LimitException;
import dev.coterie.language.Message;

/** How limits are worded. */
final class LimitMessages {
    private LimitMessages() {}

    static LimitException columns(String file, int found, int limit) {
        return new LimitException(
                Message.of(
                        "collect.too_many_columns", "file", file, "found", found, "limit", limit));
    }

    /** {@code 32 kB}, {@code 1 MB}, or bytes where neither is even. */
    static String size(long bytes) {
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) return (bytes >> 20) + " MB";
        if (bytes >= 1 << 10 && bytes % (1 << 10) == 0) return (bytes >> 10) + " kB";
        return bytes + " B";
    }
}
