package dev.coterie.predict;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.language.Message;
import java.util.Locale;

/**
 * What a reason or an importance is about.
 *
 * @param column column name as in the file; empty where the kind says all
 * @param detail the word for {@link Kind#WORD}, otherwise empty
 */
public record FeatureName(Kind kind, String column, String detail) {
    /** Where a feature comes from. */
    public enum Kind {
        NUMBER,
        CATEGORY,
        /** One word or pair of words of a text column. */
        WORD,
        /** All words of a text column together. */
        WORDS,
        /** The embeddings of all texts of a customer. */
        MEANING,
        /** Characters a customer wrote in a text column. */
        TEXT_LENGTH,
        EVENT_COUNT,
        EVENT_DAYS_SINCE_LAST,
        EVENT_DAYS_SINCE_FIRST,
        EVENT_DAYS_BETWEEN,
        /** Share of the events in the last 90 days of the data. */
        EVENT_RECENT_SHARE,
        EVENT_VALUE_SUM,
        EVENT_VALUE_MEAN,
        /** Share of the events whose value is negative. */
        EVENT_RETURN_SHARE,
        EVENT_ITEMS;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static FeatureName of(Kind kind, String column) {
        return new FeatureName(kind, column, "");
    }

    static FeatureName of(Kind kind) {
        return new FeatureName(kind, "", "");
    }

    /** The name for people. */
    public Message label() {
        return Message.of("predict.feature_" + kind.word(), "column", column, "detail", detail);
    }

    /** A stable name for programs: the column itself where a column has one feature. */
    public String key() {
        return switch (kind) {
            case NUMBER, CATEGORY -> column;
            case WORD -> column + ":" + detail;
            case WORDS, TEXT_LENGTH -> column + ":" + kind.word();
            default -> kind.word();
        };
    }
}
