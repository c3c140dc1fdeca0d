package dev.coterie.describe;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.language.Message;
import java.util.Locale;
import java.util.Optional;

/**
 * How a segment differs from everyone else in one attribute.
 *
 * @param attribute stable name: {@code age}, {@code country=DE}, {@code recency_days}, {@code
 *     word:delivery}
 * @param label the attribute in words
 * @param kind a mean, a median or a share
 * @param segmentValue mean, median or share within the segment
 * @param otherValue mean, median or share of everyone else
 * @param effect standardised difference (Cohen's d) for a mean, that of the ranks for a median; log
 *     lift for a share; positive means higher here
 * @param low lower end of the 95 % interval of the difference segmentValue - otherValue
 * @param high upper end
 * @param n customers of the segment with a value
 * @param missing share of the segment without a value, 0..1
 * @param segmentFact id of the fact with segmentValue
 * @param otherFact id of the fact with otherValue
 * @param spread how the segment's values lie about their median; empty for a mean and a share
 */
public record Difference(
        String attribute,
        Message label,
        Kind kind,
        double segmentValue,
        double otherValue,
        double effect,
        double low,
        double high,
        long n,
        double missing,
        String segmentFact,
        String otherFact,
        Optional<Spread> spread) {
    public Difference {
        if (spread == null) spread = Optional.empty(); // older runs are stored without it
    }

    /** What is compared. */
    public enum Kind {
        MEAN,
        /** Of values that a few large ones draw apart, so that their mean is typical of nobody. */
        MEDIAN,
        SHARE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The middle half of a segment's values, and their mean.
     *
     * @param low first quartile
     * @param high third quartile
     * @param mean what the values come to per customer, though not what is typical
     */
    public record Spread(double low, double high, double mean) {}

    /** The same difference with other facts behind it. */
    Difference citing(String own, String other) {
        return new Difference(
                attribute,
                label,
                kind,
                segmentValue,
                otherValue,
                effect,
                low,
                high,
                n,
                missing,
                own,
                other,
                spread);
    }

    /** Share divided by share; empty for means and medians, and where nobody else has it. */
    public Optional<Double> lift() {
        boolean shares = kind == Kind.SHARE && otherValue > 0;
        return shares ? Optional.of(segmentValue / otherValue) : Optional.empty();
    }
}
