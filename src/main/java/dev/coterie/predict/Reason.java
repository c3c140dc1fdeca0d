package dev.coterie.predict;

/**
 * One thing that pushed a prediction, against the average customer of the training data.
 *
 * @param value the customer's own value as text; empty where missing or where it has none to show
 * @param effect for two classes the change of the log-odds of the last class, for several that of
 *     the predicted class, for a number the change in the target's own unit
 */
public record Reason(FeatureName feature, String value, double effect) {}
