package dev.coterie.eval;

import dev.coterie.language.Language;
import java.util.List;
import java.util.function.Predicate;

/** How the gold questions were answered. */
public record ChatOutcome(List<Verdict> verdicts) {
    public ChatOutcome {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * One answer, judged.
     *
     * @param abstained it says that the data does not hold it, or asks back
     * @param wrongFigure it states a figure that is not the run's or not what was asked for
     * @param stoodIn the narrator answered because the language model could not
     * @param calls tools with their arguments
     */
    public record Verdict(
            String id,
            Language language,
            GoldQuestion.Kind kind,
            String question,
            boolean right,
            boolean abstained,
            boolean wrongFigure,
            boolean stoodIn,
            String calls,
            String answer) {
        public boolean answerable() {
            return kind != GoldQuestion.Kind.UNANSWERABLE;
        }
    }

    /** How many verdicts are of a sort. */
    public long count(Predicate<Verdict> which) {
        return verdicts.stream().filter(which).count();
    }

    /** Share of right answers among those of a sort; 1 if there are none. */
    public double right(Predicate<Verdict> which) {
        long all = count(which);
        return all == 0 ? 1 : (double) count(which.and(Verdict::right)) / all;
    }

    /** Share of answerable questions answered right. */
    public double answered() {
        return right(Verdict::answerable);
    }

    /** Share of unanswerable questions that were not answered. */
    public double refused() {
        return right(v -> !v.answerable());
    }
}
