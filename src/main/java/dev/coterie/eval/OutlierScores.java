package dev.coterie.eval;

import java.util.List;

/**
 * How well outliers meet planted noise; counts of customers.
 *
 * @param flagged called outliers
 * @param planted belong to no group
 * @param both are both
 */
public record OutlierScores(int flagged, int planted, int both) {
    /** Share of the flagged that are planted noise, 0..1; 0 where none is flagged. */
    public double precision() {
        return (double) both / Math.max(1, flagged);
    }

    /** Share of the planted noise that is flagged, 0..1; 0 where none is planted. */
    public double recall() {
        return (double) both / Math.max(1, planted);
    }

    /** The same over several data sets. */
    static OutlierScores sum(List<OutlierScores> scores) {
        return new OutlierScores(
                scores.stream().mapToInt(OutlierScores::flagged).sum(),
                scores.stream().mapToInt(OutlierScores::planted).sum(),
                scores.stream().mapToInt(OutlierScores::both).sum());
    }
}
