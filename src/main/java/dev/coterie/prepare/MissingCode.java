package dev.coterie.prepare;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A number that stands for no value, as in days since a contact that never was: −1.
 *
 * <p>That there is none tells groups apart as well as any value does, but no mean, distance or
 * limit may count the code as a number.
 */
public final class MissingCode {
    private static final Set<Double> CODES = Set.of(-1.0, -9.0, -99.0, -999.0, -9999.0);

    /** Less often it may be a slip. */
    private static final double LEAST_SHARE = 0.02;

    private MissingCode() {}

    /**
     * The code of a column: its only negative number, if that is one people use so, stands there
     * often and zero or more is all there is beside it.
     *
     * @param values NaN where missing
     */
    public static OptionalDouble of(double[] values) {
        double least = Arrays.stream(values).filter(v -> v < 0).min().orElse(0);
        if (!CODES.contains(least)) return OptionalDouble.empty();
        long known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).count();
        long coded = Arrays.stream(values).filter(v -> v == least).count();
        long negative = Arrays.stream(values).filter(v -> v < 0).count();
        long levels = Arrays.stream(values).filter(v -> v >= 0).distinct().limit(3).count();
        boolean scale = levels < 3; // -1, 0 and 1 are points of a scale
        boolean code = coded == negative && coded >= LEAST_SHARE * known && !scale;
        return code ? OptionalDouble.of(least) : OptionalDouble.empty();
    }
}
