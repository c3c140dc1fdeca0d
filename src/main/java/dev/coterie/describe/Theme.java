package dev.coterie.describe;

import dev.coterie.proof.Wilson;
import dev.coterie.words.Words;
import java.util.stream.LongStream;

/**
 * A word or phrase that members of a segment use more than others.
 *
 * @param word as people write it most often
 * @param customers distinct customers of the segment who use it
 * @param share of the segment's writers who use it
 * @param elsewhere share of the other writers
 * @param score c-TF-IDF weight
 * @param strength Cohen's h of the two shares
 * @param confidence how far the share surely exceeds the others', by how far it does, 0..1
 * @param tone mean rating, or where nobody rated balance of praise, of the segment's texts that use
 *     it, in standard deviations from that of all texts; NaN where too few are rated
 */
record Theme(
        String word,
        int customers,
        int writers,
        double share,
        double elsewhere,
        int otherWriters,
        double score,
        double strength,
        double confidence,
        double tone) {
    /** From these deviations on, those who mention a thing are happy or unhappy. */
    private static final double PLEASED = 0.25;

    private static final double DISPLEASED = -0.4;

    Theme toned(double newTone) {
        return new Theme(
                word,
                customers,
                writers,
                share,
                elsewhere,
                otherWriters,
                score,
                strength,
                confidence,
                newTone);
    }

    /** How the segment's texts that mention it rate, as against all texts. */
    Form.Tone feeling() {
        if (tone >= PLEASED) return Form.Tone.PLEASED;
        return tone <= DISPLEASED ? Form.Tone.DISPLEASED : Form.Tone.NEUTRAL;
    }

    boolean han() {
        return Words.han(word);
    }

    double lift() {
        double floor = 0.5 / (otherWriters + 1);
        return share / Math.max(elsewhere, floor);
    }

    /** Distinct customers of the others who use it. */
    long usersElsewhere() {
        return Math.round(elsewhere * otherWriters);
    }

    /** The fewest customers, of those who use it and those who do not, here or elsewhere; not 0. */
    long fewest() {
        long others = usersElsewhere();
        return LongStream.of(customers, writers - customers, others, otherWriters - others)
                .filter(n -> n > 0)
                .min()
                .orElse(0);
    }

    /** True if chance does not explain that more of the segment use it than of the others. */
    boolean surelyMore() {
        double[] here = Wilson.interval(share, writers);
        double[] there = Wilson.interval(elsewhere, otherWriters);
        return share - elsewhere > Math.hypot(share - here[0], there[1] - elsewhere);
    }
}
