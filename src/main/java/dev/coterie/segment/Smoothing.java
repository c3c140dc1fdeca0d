package dev.coterie.segment;

/**
 * How far rows are drawn towards their neighbours before they are clustered.
 *
 * @param neighbours nearest other rows that each row looks at; 0 leaves the rows as they are
 * @param weight of the neighbours' mean direction, relative to 1 for the row's own
 */
public record Smoothing(int neighbours, double weight) {
    public static final Smoothing NONE = new Smoothing(0, 0);

    public Smoothing {
        if (neighbours < 0 || !(weight >= 0)) {
            throw new IllegalArgumentException("neighbours and weight start at 0");
        }
    }

    /** The same weight on at most this many neighbours. */
    Smoothing within(int most) {
        return most < 1 ? NONE : new Smoothing(Math.min(neighbours, most), weight);
    }
}
