package dev.coterie.chat;

import java.util.Locale;
import java.util.Optional;

/** What a question can want. The order is that of the suggestions when none fits. */
enum Intent {
    LARGEST,
    DIFFERENT,
    COMPARE,
    QUOTES,
    LIST,
    SMALLEST,
    SIZE,
    BEST_VALUE,
    VALUE,
    COUNT,
    FEATURE,
    DISTRIBUTION,
    SIMILAR,
    CUSTOMER,
    /** Which customers they are, in an order or of a segment. */
    CUSTOMERS,
    OUTLIERS,
    STABILITY,
    TREND,
    /** Which segment has grown, which one run cannot tell. */
    GROWTH,
    /** How the segments stand to each other. */
    RELATED,
    /** Why there are as many segments as there are. */
    REASON,
    MAP,
    HELP,
    DRIVERS,
    FORECAST,
    ASSIGN,
    WHAT_IF,
    BRIEF,
    MAKE_BRIEF,
    /** Asks for something no run holds. */
    OUTSIDE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Intent> of(String word) {
        for (Intent intent : values()) if (intent.word().equals(word)) return Optional.of(intent);
        return Optional.empty();
    }

    /** True if the question may hold any word, as a topic, a field or a name. */
    boolean open() {
        return this == QUOTES
                || this == COUNT
                || this == FEATURE
                || this == DISTRIBUTION
                || this == TREND
                || this == SIMILAR
                || this == CUSTOMER;
    }

    /** True if an answer can speak of several segments at once. */
    boolean takesMany() {
        return this == SIZE
                || this == VALUE
                || this == COMPARE
                || this == LARGEST
                || this == SMALLEST
                || this == BEST_VALUE
                || this == LIST;
    }
}
