package dev.coterie.features;

import dev.coterie.embed.Embeddings;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.Recipe;
import java.util.List;
import java.util.Optional;

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
     * The mean of a customer's text vectors along the principal axes. A customer without a text
     * stands in the middle.
     */
    record Text(PrincipalComponents components) implements FittedBlock {
        @Override
        public Block block() {
            return Block.TEXT;
        }

        @Override
        public List<Feature> features() {
            return java.util.stream.IntStream.rangeClosed(1, components.components())
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
            for (int row = 0; row < values.length; row++) {
                if (means.counts()[row] > 0) values[row] = components.project(means.row(row));
            }
            return values;
        }
    }

    /** Figures of the events, each filled, clipped and standardised. */
    record Events(
            List<String> names, List<Recipe.NumberStep> steps, long latest, double firstSingular)
            implements FittedBlock {
        @Override
        public Block block() {
            return Block.BEHAVIOUR;
        }

        @Override
        public List<Feature> features() {
            return names.stream().map(name -> new Feature(name, Block.BEHAVIOUR, name)).toList();
        }

        @Override
        public double[][] apply(CustomerTable customers, Optional<Embeddings> embeddings) {
            double[][] raw =
                    Behaviour.of(customers.events(), customers.customers(), names, latest).values();
            double[][] values = new double[raw.length][names.size()];
            for (int row = 0; row < raw.length; row++) {
                for (int f = 0; f < values[row].length; f++) {
                    values[row][f] = steps.get(f).apply(raw[row][f]);
                }
            }
            return values;
        }
    }

    /**
     * Profile numbers by their recipe, categories as indicators divided by the square root of their
     * share.
     */
    record Profile(
            List<Recipe.NumberStep> numbers, List<Indicators> categories, double firstSingular)
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
                    double indicator = positions[row] == i ? 1 : 0;
                    values[row][from + i] =
                            shares[i] == 0 ? 0 : (indicator - shares[i]) / Math.sqrt(shares[i]);
                }
            }
        }
    }
}
