package dev.coterie.describe;

/**
 * A word or phrase that members of a segment use more than others.
 *
 * @param word as people write it most often
 * @param customers distinct customers of the segment who use it
 * @param share of the segment's writers who use it
 * @param elsewhere share of the other writers
 * @param score c-TF-IDF weight
 * @param strength Cohen's h of the two shares
 */
record Theme(
        String word,
        int customers,
        int writers,
        double share,
        double elsewhere,
        int otherWriters,
        double score,
        double strength) {
    boolean han() {
        return Words.han(word);
    }

    double lift() {
        double floor = 0.5 / (otherWriters + 1);
        return share / Math.max(elsewhere, floor);
    }
}
