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
 * @param kind a mean or a share
 * @param segmentValue mean or share within the segment
 * @param otherValue mean or share of everyone else
 * @param effect standardised difference (Cohen's d) for a mean; log lift for a share; positive
 *     means higher here
 * @param low lower end of the 95 % interval of the difference segmentValue - otherValue
 * @param high upper end
 * @param n customers of the segment with a value
 * @param missing share of the segment without a value, 0..1
 * @param segmentFact id of the fact with segmentValue
 * @param otherFact id of the fact with otherValue
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
        String otherFact) {
    /** What is compared. */
    public enum Kind {
        MEAN,
        SHARE;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
                other);
    }

    /** Share divided by share; empty for means, and where nobody else has it. */
    public Optional<Double> lift() {
        boolean shares = kind == Kind.SHARE && otherValue > 0;
        return shares ? Optional.of(segmentValue / otherValue) : Optional.empty();
    }
}
