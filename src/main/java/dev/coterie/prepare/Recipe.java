package dev.coterie.prepare;

import dev.coterie.language.Message;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The cleaning as fitted on a data set, so that a new customer gets exactly the same.
 *
 * @param numbers one per profile number that becomes a feature
 * @param categories one per profile category that becomes a feature
 * @param latestEpochSecond the data set's latest time; ages of new customers are counted from it
 *     too
 * @param spellings how the columns write numbers and dates
 * @param steps every step in the order applied, for people to read
 */
public record Recipe(
        List<NumberStep> numbers,
        List<CategoryStep> categories,
        long latestEpochSecond,
        Spellings spellings,
        List<Step> steps) {
    public Recipe {
        numbers = List.copyOf(numbers);
        categories = List.copyOf(categories);
        steps = List.copyOf(steps);
    }

    /** A recipe of columns whose spelling is not known: each cell is read by itself. */
    public Recipe(
            List<NumberStep> numbers,
            List<CategoryStep> categories,
            long latestEpochSecond,
            List<Step> steps) {
        this(numbers, categories, latestEpochSecond, Spellings.NONE, steps);
    }

    /**
     * New customers with the same columns as the table that this recipe was fitted on, read with
     * the same parsers. Their numbers are as given; {@link NumberStep#apply} fills and scales them.
     *
     * @param fitted the table this recipe was fitted on
     */
    public Applied apply(CustomerTable fitted, List<CustomerInput> inputs) {
        return new NewCustomers(fitted, this, inputs).apply();
    }

    /**
     * How a number becomes a feature: a missing value, and a code that stands for none, becomes the
     * median, then the value is clipped to [low, high], then shifted and divided. Where there is a
     * code, an indicator beside the number tells who has no value.
     *
     * @param scale standard deviation after clipping (z-score) or range (min-max); never 0
     * @param code empty where every number means itself
     */
    public record NumberStep(
            String column,
            NumberColumn.Kind kind,
            double median,
            double low,
            double high,
            double shift,
            double scale,
            OptionalDouble code) {
        /** A step of a number without a code. */
        public NumberStep(
                String column,
                NumberColumn.Kind kind,
                double median,
                double low,
                double high,
                double shift,
                double scale) {
            this(column, kind, median, low, high, shift, scale, OptionalDouble.empty());
        }

        /** True if the value is none. */
        public boolean missing(double value) {
            return Double.isNaN(value) || code.isPresent() && value == code.getAsDouble();
        }

        public double apply(double value) {
            double filled = missing(value) ? median : value;
            return (Math.min(high, Math.max(low, filled)) - shift) / scale;
        }
    }

    /**
     * How a category becomes features: one indicator a level, an explicit level for missing, one
     * for levels too rare or never seen.
     *
     * @param levels the levels that have an indicator, most frequent first
     * @param missing true if there is an indicator for missing
     * @param other true if there is an indicator for the remaining levels
     */
    public record CategoryStep(String column, List<String> levels, boolean missing, boolean other) {
        public CategoryStep {
            levels = List.copyOf(levels);
        }
    }

    /**
     * One line of the recipe as shown to people.
     *
     * @param key a stable word such as {@code merge_duplicates}
     * @param column the column it touches, if one
     * @param rows rows or cells it changed
     */
    public record Step(String key, Optional<String> column, Message description, long rows) {}
}
