package dev.coterie.features;

import dev.coterie.embed.Embeddings;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One block with everything that was fitted for it. A new kind of block is one more record here.
 */
sealed interface FittedBlock {
    Block block();

    List<Feature> features();

    /**
     * Standard deviation along the block's first principal axis: the divisor of multiple factor
     * analysis.
     */
    double firstSingular();

    /** Customers × features of this block, finite, before the block's factor. */
    double[][] apply(CustomerTable customers, Optional<Embeddings> embeddings);

    /**
     * The mean of a customer's text vectors along the principal axes, drawn towards the middle the
     * less a customer has written: the mean of n texts counts n / (n + noise). A customer without a
     * text stands in the middle.
     *
     * @param noise variance of the texts of one customer by the variance between customers
     * @see <a href="https://doi.org/10.2307/2529430">Henderson, best linear unbiased estimation and
     *     prediction under a selection model, 1975</a>
     */
    record Text(PrincipalComponents components, double noise) implements FittedBlock {
        @Override
        public Block block() {
            return Block.TEXT;
        }

        @Override
        public List<Feature> features() {
            return IntStream.rangeClosed(1, components.components())
                    .mapToObj(i -> "text_pc_" + i)
                    .map(name -> new Feature(name, Block.TEXT, "text"))
                    .toList();
        }

        @Override
        public double firstSingular() {
            return Math.sqrt(components.variances()[0]);
        }

        @Override
        public double[][] apply(CustomerTable customers, Optional<Embeddings> embeddings) {
            double[][] values = new double[customers.customers()][components.components()];
            if (embeddings.isEmpty()) return values;
            var means = TextMeans.of(customers, embeddings.get());
            int[] writers =
                    IntStream.range(0, values.length).filter(c -> means.counts()[c] > 0).toArray();
            double[][] places = components.project(means.values(), writers);
            for (int w = 0; w < writers.length; w++) {
                int count = means.counts()[writers[w]];
                double weight = count * (1 + noise) / (count + noise);
                for (int c = 0; c < places[w].length; c++) places[w][c] *= weight;
                values[writers[w]] = places[w];
            }
            return values;
        }
    }

    /**
     * Figures of the events, each filled, clipped and standardised. A customer without an event
     * stands in the middle of them.
     *
     * @param without share of customers without an event; if there are some, two indicators tell
     *     them from the others
     */
    record Events(
            List<String> names,
            List<Recipe.NumberStep> steps,
            long latest,
            double without,
            double firstSingular)
            implements FittedBlock {
        private static final List<String> INDICATORS = List.of("events=none", "events=some");

        @Override
        public Block block() {
            return Block.BEHAVIOUR;
        }

        @Override
        public List<Feature> features() {
            var features = new java.util.ArrayList<Feature>();
            for (String name : names) features.add(new Feature(name, Block.BEHAVIOUR, name));
            if (without > 0) {
                for (String name : INDICATORS) {
                    features.add(new Feature(name, Block.BEHAVIOUR, "events"));
                }
            }
            return List.copyOf(features);
        }

        @Override
        public double[][] apply(CustomerTable customers, Optional<Embeddings> embeddings) {
            double[][] raw =
                    Behaviour.of(customers.events(), customers.customers(), names, latest).values();
            boolean[] active = new boolean[raw.length];
            for (int customer : customers.events().customer()) active[customer] = true;
            double[][] values = new double[raw.length][features().size()];
            for (int row = 0; row < raw.length; row++) {
                if (active[row]) {
                    for (int f = 0; f < names.size(); f++) {
                        values[row][f] = steps.get(f).apply(raw[row][f]);
                    }
                }
                if (without > 0) {
                    values[row][names.size()] = indicator(!active[row], without);
                    values[row][names.size() + 1] = indicator(active[row], 1 - without);
                }
            }
            return values;
        }
    }

    /**
     * An indicator as in factor analysis of mixed data: centred, divided by the root of its share.
     */
    static double indicator(boolean on, double share) {
        return share == 0 ? 0 : ((on ? 1 : 0) - share) / Math.sqrt(share);
    }

    /**
     * Profile numbers by their recipe, categories as indicators divided by the square root of their
     * share, and last two indicators for each gap: who has no value, and who has.
     */
    record Profile(
            List<Recipe.NumberStep> numbers,
            List<Indicators> categories,
            List<Gap> gaps,
            double firstSingular)
            implements FittedBlock {
        @Override
        public Block block() {
            return Block.PROFILE;
        }

        @Override
        public List<Feature> features() {
            var features = new java.util.ArrayList<Feature>();
            numbers.forEach(n -> features.add(new Feature(n.column(), Block.PROFILE, n.column())));
            categories.forEach(c -> features.addAll(c.features()));
            gaps.forEach(g -> features.addAll(g.features()));
            return List.copyOf(features);
        }

        @Override
        public double[][] apply(CustomerTable customers, Optional<Embeddings> embeddings) {
            double[][] values = new double[customers.customers()][features().size()];
            int column = 0;
            for (Recipe.NumberStep step : numbers) {
                double[] raw = numberColumn(customers, step.column()).values();
                for (int row = 0; row < values.length; row++) {
                    values[row][column] = step.apply(raw[row]);
                }
                column++;
            }
            for (Indicators indicators : categories) {
                indicators.fill(values, column, categoryColumn(customers, indicators.column()));
                column += indicators.names().size();
            }
            for (Gap gap : gaps) {
                boolean[] missing = gap.missing(customers);
                for (int row = 0; row < values.length; row++) {
                    values[row][column] = indicator(missing[row], gap.share());
                    values[row][column + 1] = indicator(!missing[row], 1 - gap.share());
                }
                column += 2;
            }
            return values;
        }

        static NumberColumn numberColumn(CustomerTable customers, String name) {
            return customers.numbers().stream()
                    .filter(c -> c.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no number column " + name));
        }

        static CategoryColumn categoryColumn(CustomerTable customers, String name) {
            return customers.categories().stream()
                    .filter(c -> c.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no category column " + name));
        }
    }

    /**
     * A number whose code says that there is no value, which tells customers apart by itself.
     *
     * @param share of customers without a value
     */
    record Gap(Recipe.NumberStep step, double share) {
        private static final String GIVEN = "(given)";

        List<Feature> features() {
            String column = step.column();
            return java.util.stream.Stream.of(Indicators.MISSING, GIVEN)
                    .map(level -> new Feature(column + "=" + level, Block.PROFILE, column))
                    .toList();
        }

        boolean[] missing(CustomerTable customers) {
            double[] values = Profile.numberColumn(customers, step.column()).values();
            boolean[] missing = new boolean[values.length];
            for (int row = 0; row < missing.length; row++) missing[row] = step.missing(values[row]);
            return missing;
        }
    }

    /**
     * The indicators of one category.
     *
     * @param names levels, then {@code (missing)} and {@code (other)} where the recipe has them
     * @param shares share of customers with each, which centres and scales it as in factor analysis
     *     of mixed data
     */
    record Indicators(Recipe.CategoryStep step, List<String> names, double[] shares) {
        static final String MISSING = "(missing)";
        static final String OTHER = "(other)";

        String column() {
            return step.column();
        }

        List<Feature> features() {
            return names.stream()
                    .map(level -> new Feature(column() + "=" + level, Block.PROFILE, column()))
                    .toList();
        }

        static List<String> names(Recipe.CategoryStep step) {
            var names = new java.util.ArrayList<>(step.levels());
            if (step.missing()) names.add(MISSING);
            if (step.other()) names.add(OTHER);
            return List.copyOf(names);
        }

        /** Which indicator each customer has, or -1 for none. */
        static int[] positions(Recipe.CategoryStep step, CategoryColumn column) {
            var names = names(step);
            int[] ofLevel = new int[column.levels().size()];
            for (int l = 0; l < ofLevel.length; l++) {
                int found = step.levels().indexOf(column.levels().get(l));
                ofLevel[l] = found >= 0 ? found : names.indexOf(OTHER);
            }
            int[] positions = new int[column.codes().length];
            for (int row = 0; row < positions.length; row++) {
                int code = column.codes()[row];
                positions[row] = code >= 0 ? ofLevel[code] : names.indexOf(MISSING);
            }
            return positions;
        }

        void fill(double[][] values, int from, CategoryColumn column) {
            int[] positions = positions(step, column);
            for (int row = 0; row < values.length; row++) {
                for (int i = 0; i < shares.length; i++) {
                    values[row][from + i] = indicator(positions[row] == i, shares[i]);
                }
            }
        }
    }
}
