package dev.coterie.eval;

/**
 * How far planted groups reach into each other.
 *
 * <p>Set so that a classifier that is told the truth of other customers, on all blocks, reaches an
 * adjusted Rand index of about 0.95, 0.85 and 0.7.
 */
enum Overlap {
    EASY(0.04, 0.25, 0.78),
    MEDIUM(0.10, 0.36, 0.64),
    HARD(0.18, 0.46, 0.50);

    /** Share of a customer's texts that are about another group's theme. */
    final double stray;

    /** Standard deviation of a habit within its group, on a natural logarithmic scale. */
    final double spread;

    /** Share of members who have their group's own value of a planted profile field. */
    final double focus;

    Overlap(double stray, double spread, double focus) {
        this.stray = stray;
        this.spread = spread;
        this.focus = focus;
    }
}
