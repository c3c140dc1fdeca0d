package dev.coterie.rule;

import dev.coterie.rule.RuleSample.Split;
import dev.coterie.rule.RuleSample.Test;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One field of every customer and the conditions that can be made of it. */
sealed interface RuleColumn
        permits RuleColumn.Numbers, RuleColumn.Flags, RuleColumn.Categories, Writings.Asked {
    RuleField field();

    /** Whether a customer fulfils a condition on this field; false where the value is missing. */
    boolean holds(Condition condition, int customer);

    /**
     * The questions worth asking, whatever the segment.
     *
     * @param customers rows of the customer table
     */
    List<Split> splits(int[] customers);

    /** Those that depend on who the members are. */
    default List<Split> splits(int[] customers, Rows members) {
        return List.of();
    }

    static Test test(RuleColumn column, Condition condition, int[] customers) {
        return new Test(
                condition,
                Rows.where(customers.length, i -> column.holds(condition, customers[i])));
    }

    /**
     * A number, share or count of days, cut at up to 31 quantiles.
     *
     * @param values one per customer, NaN where missing
     */
    record Numbers(RuleField field, double[] values) implements RuleColumn {
        private static final int CUTS = 32;

        /** Limits are told as finely as a scale of this many steps over nearly all values. */
        private static final double STEPS = 200;

        @Override
        public boolean holds(Condition condition, int customer) {
            double v = values[customer];
            if (condition instanceof Condition.Given given) return given.yes() != Double.isNaN(v);
            if (condition instanceof Condition.AtMost at) return v <= at.limit();
            return condition instanceof Condition.Above above && v > above.limit();
        }

        @Override
        public List<Split> splits(int[] customers) {
            double[] known =
                    Arrays.stream(customers)
                            .mapToDouble(c -> values[c])
                            .filter(v -> !Double.isNaN(v))
                            .sorted()
                            .toArray();
            var splits = new ArrayList<Split>();
            if (field.code().isPresent()) {
                var given = test(this, new Condition.Given(field, true), customers);
                var none = test(this, new Condition.Given(field, false), customers);
                splits.add(new Split(given, Optional.of(none)));
            }
            double before = Double.NaN;
            int grain = grain(known);
            for (int q = 1; q < CUTS && known.length > 0; q++) {
                double cut = known[(int) ((long) (known.length - 1) * q / CUTS)];
                if (field.kind() != RuleField.Kind.DATE) cut = Readable.shortened(cut, grain);
                // Nobody is above the largest value, so it parts nobody from anybody.
                if (cut == before || cut < known[0] || cut >= known[known.length - 1]) continue;
                before = cut;
                var low = test(this, new Condition.AtMost(field, cut), customers);
                var high = test(this, new Condition.Above(field, cut), customers);
                splits.add(new Split(low, Optional.of(high)));
            }
            return splits;
        }

        /** The power of ten below which a difference no longer matters to a reader. */
        private static int grain(double[] sorted) {
            if (sorted.length == 0) return 0;
            double low = sorted[sorted.length / 20];
            double high = sorted[sorted.length - 1 - sorted.length / 20];
            double range = high > low ? high - low : sorted[sorted.length - 1] - sorted[0];
            return range > 0 ? (int) Math.floor(Math.log10(range / STEPS)) : 0;
        }
    }

    /** A yes/no column: 1, 0 or NaN. */
    record Flags(RuleField field, double[] values) implements RuleColumn {
        @Override
        public boolean holds(Condition condition, int customer) {
            return condition instanceof Condition.Flag flag
                    && values[customer] == (flag.yes() ? 1 : 0);
        }

        @Override
        public List<Split> splits(int[] customers) {
            return List.of(
                    new Split(
                            test(this, new Condition.Flag(field, true), customers),
                            Optional.of(test(this, new Condition.Flag(field, false), customers))));
        }
    }

    /**
     * A category: single levels and up to three that members prefer.
     *
     * @param levels most frequent first
     * @param codes index of each customer's level, -1 where missing
     */
    record Categories(RuleField field, List<String> levels, int[] codes) implements RuleColumn {
        private static final int MOST_LEVELS = 60;

        @Override
        public boolean holds(Condition condition, int customer) {
            return codes[customer] >= 0
                    && condition instanceof Condition.OneOf one
                    && one.levels().contains(levels.get(codes[customer]));
        }

        @Override
        public List<Split> splits(int[] customers) {
            int[] counts = counts(customers, null);
            var splits = new ArrayList<Split>();
            for (int l : frequent(counts)) {
                List<Integer> rest = rest(counts, List.of(l));
                splits.add(split(customers, List.of(l), rest));
            }
            return splits;
        }

        @Override
        public List<Split> splits(int[] customers, Rows members) {
            int[] counts = counts(customers, null);
            int[] right = counts(customers, members);
            // Smoothed towards the whole, so that a rare level is not first by chance.
            double share = (double) members.count() / Math.max(1, customers.length);
            List<Integer> preferred =
                    Arrays.stream(frequent(counts))
                            .boxed()
                            .sorted(
                                    Comparator.comparingDouble(
                                            (Integer l) ->
                                                    -(right[l] + 5 * share) / (counts[l] + 5)))
                            .toList();
            var splits = new ArrayList<Split>();
            for (int n = 2; n <= Condition.MOST_VALUES && n < preferred.size(); n++) {
                List<Integer> chosen = preferred.subList(0, n);
                splits.add(split(customers, chosen, rest(counts, chosen)));
            }
            return splits;
        }

        private Split split(int[] customers, List<Integer> chosen, List<Integer> rest) {
            Optional<Test> others =
                    rest.isEmpty() || rest.size() > Condition.MOST_VALUES
                            ? Optional.empty()
                            : Optional.of(test(this, oneOf(rest), customers));
            return new Split(test(this, oneOf(chosen), customers), others);
        }

        private Condition oneOf(List<Integer> chosen) {
            return new Condition.OneOf(field, chosen.stream().sorted().map(levels::get).toList());
        }

        private int[] counts(int[] customers, Rows among) {
            var counts = new int[levels.size()];
            for (int i = 0; i < customers.length; i++) {
                int code = codes[customers[i]];
                if (code >= 0 && (among == null || among.has(i))) counts[code]++;
            }
            return counts;
        }

        /** Levels are sorted by frequency; those of few customers would single them out. */
        private static int[] frequent(int[] counts) {
            return IntStream.range(0, counts.length)
                    .filter(l -> counts[l] >= RuleSample.LEAST_SELECTED)
                    .limit(MOST_LEVELS)
                    .toArray();
        }

        private static List<Integer> rest(int[] counts, List<Integer> chosen) {
            return IntStream.range(0, counts.length)
                    .filter(l -> !chosen.contains(l))
                    .limit(Condition.MOST_VALUES + 1L)
                    .boxed()
                    .toList();
        }
    }
}
