package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.rule.SegmentRule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster with a profile and a name.
 *
 * @param number 1..k
 * @param size customers, outliers included
 * @param share of all customers, 0..1
 * @param outliers customers of it that are far from its centre
 * @param stability mean bootstrap Jaccard, 0..1
 * @param value value of its customers' events, if the data has amounts
 * @param differences against everyone else, most telling first
 * @param outcomes what forecasts are made of, against everyone else: segments are found without it
 * @param words most distinctive first
 * @param quotes typical first, then opposing
 * @param facts ids of the facts that speak of it
 * @param wordings one per language
 * @param rule that finds its members; empty if there is no other segment to tell them from
 * @param tried how well its description does on members it has not seen
 * @param untried why that is not known; empty if it is
 */
public record SegmentProfile(
        int number,
        long size,
        double share,
        long outliers,
        double stability,
        Optional<Value> value,
        List<Difference> differences,
        List<Difference> outcomes,
        List<DistinctiveWord> words,
        List<Quote> quotes,
        List<String> facts,
        Map<Language, Wording> wordings,
        Optional<SegmentRule> rule,
        Optional<NameScore> tried,
        Optional<Message> untried) {
    public SegmentProfile {
        differences = List.copyOf(differences);
        words = List.copyOf(words);
        quotes = List.copyOf(quotes);
        facts = List.copyOf(facts);
        wordings = Map.copyOf(wordings);
        // Older runs are stored without them.
        outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
        if (tried == null) tried = Optional.empty();
        if (untried == null) untried = Optional.empty();
    }

    /** The same customers under another number. */
    SegmentProfile numbered(int other) {
        return with(other, differences, outcomes, facts, wordings, tried, untried);
    }

    /** The same figures with other facts behind them. */
    SegmentProfile citing(
            List<Difference> others,
            List<Difference> otherOutcomes,
            List<String> ids,
            Map<Language, Wording> reworded) {
        return with(number, others, otherOutcomes, ids, reworded, tried, untried);
    }

    /** The same under another name, in every language. */
    SegmentProfile called(String name) {
        SegmentProfile named = this;
        for (var wording : wordings.entrySet()) {
            named = named.worded(wording.getKey(), wording.getValue().named(name));
        }
        return named;
    }

    /** The same in other words of one language. */
    SegmentProfile worded(Language language, Wording other) {
        var reworded = new EnumMap<Language, Wording>(wordings);
        reworded.put(language, other);
        return with(number, differences, outcomes, facts, reworded, tried, untried);
    }

    /** The same with what the try gave. */
    SegmentProfile tried(NameScore score) {
        return with(
                number,
                differences,
                outcomes,
                facts,
                wordings,
                Optional.of(score),
                Optional.empty());
    }

    /** The same with what the blind check found of another wording. */
    SegmentProfile triedAs(SegmentProfile other) {
        return with(number, differences, outcomes, facts, wordings, other.tried, other.untried);
    }

    /** The same with why its description could not be tried. */
    SegmentProfile untried(Message reason) {
        return with(
                number,
                differences,
                outcomes,
                facts,
                wordings,
                Optional.empty(),
                Optional.of(reason));
    }

    private SegmentProfile with(
            int otherNumber,
            List<Difference> otherDifferences,
            List<Difference> otherOutcomes,
            List<String> otherFacts,
            Map<Language, Wording> otherWordings,
            Optional<NameScore> score,
            Optional<Message> reason) {
        return new SegmentProfile(
                otherNumber,
                size,
                share,
                outliers,
                stability,
                value,
                otherDifferences,
                otherOutcomes,
                words,
                quotes,
                otherFacts,
                otherWordings,
                rule,
                score,
                reason);
    }

    public Wording wording(Language language) {
        return wordings.get(language);
    }

    /**
     * What the segment's customers spent, in the data's own currency.
     *
     * @param total sum of the event values
     * @param perCustomer total by size
     * @param shareOfTotal of all customers' total; 0 if that is not positive
     * @param median of what each customer spent; empty in runs of an earlier version
     */
    public record Value(
            double total, double perCustomer, double shareOfTotal, Optional<Double> median) {
        /** How far mean and median may lie apart, by the larger, and be told as one. */
        private static final double ALIKE = 0.1;

        public Value {
            if (median == null) median = Optional.empty();
        }

        /** The median where the mean is typical of nobody, because a few customers carry it. */
        public Optional<Double> typical() {
            return median.filter(m -> Math.abs(perCustomer - m) > ALIKE * larger(m));
        }

        private double larger(double other) {
            return Math.max(Math.abs(perCustomer), Math.abs(other));
        }
    }
}
