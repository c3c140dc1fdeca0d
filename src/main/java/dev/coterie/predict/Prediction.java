package dev.coterie.predict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a forecast says of one customer.
 *
 * @param prediction the likeliest class, spelled as in the training file; empty for a number target
 * @param probabilities class to probability for every class of the target, in the classes' order,
 *     together 1; empty for a number target
 * @param value the predicted number; NaN for a class target
 * @param interval for a number: where nine out of ten held-out customers' values lay
 * @param reasons what pushed it, strongest first
 * @param outOfRange number columns whose value lies outside anything seen in training
 */
public record Prediction(
        String id,
        Optional<String> prediction,
        Map<String, Double> probabilities,
        double value,
        Optional<Interval> interval,
        List<Reason> reasons,
        List<String> outOfRange) {
    public Prediction {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        reasons = List.copyOf(reasons);
        outOfRange = List.copyOf(outOfRange);
    }

    /** From low to high, both included. */
    public record Interval(double low, double high) {}

    /** The predicted class or number as text, for a file. */
    public String text() {
        return prediction.orElseGet(() -> Double.toString(value));
    }
}
