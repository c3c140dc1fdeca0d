package dev.coterie.prepare;

import java.util.List;

/**
 * What a forecast predicts.
 *
 * @param name column name
 * @param kind classes or a number
 * @param classes the class values as spelled in the file, sorted; empty for a number
 * @param codes for classes: index per customer, -1 where unknown
 * @param values for a number: value per customer, NaN where unknown
 */
public record TargetColumn(
        String name, Kind kind, List<String> classes, int[] codes, double[] values) {
    /** Yes/no and class targets are {@code CLASSES}. */
    public enum Kind {
        CLASSES,
        NUMBER
    }
}
