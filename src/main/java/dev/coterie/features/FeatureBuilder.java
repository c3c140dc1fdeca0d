package dev.coterie.features;

import dev.coterie.embed.Embeddings;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits the feature blocks on a data set.
 *
 * <p>Each block is divided by its first singular value, so that no block rules by its number of
 * columns, and then multiplied by its factor in the balance. A block without a chosen factor gets
 * equal variance; {@link FeatureModel#balanced} gives such blocks the shares they deserve.
 *
 * @param textComponents principal components kept of the text vectors; twice as many where no other
 *     block varies
 * @param balance factors chosen by a person; a block that is absent gets the automatic factor
 * @see <a href="https://doi.org/10.1016/0167-9473(94)90135-X">Escofier and Pagès, multiple factor
 *     analysis, 1994</a>
 */
public record FeatureBuilder(int textComponents, Map<Block, Double> balance) {
    /** Components of the text block beside other blocks. */
    public static final int TEXT_COMPONENTS = 64;

    /**
     * How many times as many components texts get where they are all there is, since then they may
     * have to tell many groups apart. More gained nothing on the data sets measured.
     */
    private static final int WHERE_ALONE = 2;

    /** Two columns tell of the same gaps where no more than this share of them differs. */
    private static final double MOST_APART = 0.01;

    private static final Logger log = LoggerFactory.getLogger(FeatureBuilder.class);

    public FeatureBuilder {
        balance = Map.copyOf(balance);
    }

    /**
     * @param customers in canonical order, so that sums do not depend on the order of the file
     * @param embeddings one row per {@code customers.texts()}
     * @return a model without blocks if nothing varies
     */
    public Fitted fit(CustomerTable customers, Optional<Embeddings> embeddings, Recipe recipe) {
        long start = System.nanoTime();
        var blocks = new ArrayList<FittedBlock>();
        fitEvents(customers).ifPresent(blocks::add);
        fitProfile(customers, recipe).ifPresent(blocks::add);
        blocks.removeIf(b -> leftOut(b.block()));
        int components = blocks.isEmpty() ? textComponents * WHERE_ALONE : textComponents;
        OptionalDouble likeness = OptionalDouble.empty();
        if (!leftOut(Block.TEXT) && embeddings.isPresent() && embeddings.get().rows() > 0) {
            var means = TextMeans.of(customers, embeddings.get());
            var spread = means.spread(embeddings.get(), customers);
            likeness = spread.correlation();
            fitText(means, spread.noise(), components).ifPresent(text -> blocks.add(0, text));
        }
        var variances = new EnumMap<Block, Double>(Block.class);
        var places = new ArrayList<double[][]>();
        for (FittedBlock block : blocks) {
            double[][] own = block.apply(customers, embeddings);
            variances.put(block.block(), variance(block, own));
            places.add(own);
        }
        var model = new FeatureModel(blocks, variances, balance, Map.of());
        log.info(
                "features: {} customers x {} features in {} ms",
                customers.customers(),
                model.features().size(),
                (System.nanoTime() - start) / 1_000_000);
        return new Fitted(model, new FeatureModel.Places(places), likeness);
    }

    /**
     * @param places of the customers that the model was fitted on
     * @param textLikeness how far two texts of one customer are more alike than texts of different
     *     ones, at most 1; about 0 if what customers write says nothing about them; empty where too
     *     few wrote twice
     */
    public record Fitted(
            FeatureModel model, FeatureModel.Places places, OptionalDouble textLikeness) {}

    private boolean leftOut(Block block) {
        return balance.getOrDefault(block, 1.0) == 0;
    }

    private static Optional<FittedBlock> fitText(TextMeans means, double noise, int most) {
        double[] rows = means.ofWriters();
        int d = means.dimensions();
        var components = PrincipalComponents.fit(rows, rows.length / d, d, most);
        if (components.components() == 0) return Optional.empty();
        return Optional.of(new FittedBlock.Text(components, noise));
    }

    private static Optional<FittedBlock> fitEvents(CustomerTable customers) {
        var events = customers.events();
        if (events.count() == 0) return Optional.empty();
        long latest = events.latestEpochSecond();
        boolean[] active = new boolean[customers.customers()];
        for (int customer : events.customer()) active[customer] = true;
        int with = 0;
        for (boolean a : active) if (a) with++;
        double without = 1 - (double) with / active.length;
        double[][] raw =
                Behaviour.of(events, customers.customers(), Behaviour.namesFor(events), latest)
                        .values();
        var names = new ArrayList<String>();
        var steps = new ArrayList<Recipe.NumberStep>();
        List<String> all = Behaviour.namesFor(events);
        for (int f = 0; f < all.size(); f++) {
            int feature = f;
            double[] column =
                    IntStream.range(0, raw.length)
                            .filter(c -> active[c])
                            .mapToDouble(c -> raw[c][feature])
                            .toArray();
            fitStep(all.get(f), column)
                    .ifPresent(
                            step -> {
                                names.add(step.column());
                                steps.add(step);
                            });
        }
        if (names.isEmpty() && without == 0) return Optional.empty();
        var unscaled = new FittedBlock.Events(names, steps, latest, without, 1);
        return Optional.of(
                new FittedBlock.Events(
                        List.copyOf(names),
                        List.copyOf(steps),
                        latest,
                        without,
                        firstSingular(unscaled.apply(customers, Optional.empty()))));
    }

    /** Median for missing, the outer 1 % clipped, z-score; empty if the column does not vary. */
    private static Optional<Recipe.NumberStep> fitStep(String name, double[] column) {
        double[] sorted = Arrays.stream(column).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) return Optional.empty();
        double median = sorted[sorted.length / 2];
        double low = sorted[(int) (0.01 * (sorted.length - 1))];
        double high = sorted[(int) Math.ceil(0.99 * (sorted.length - 1))];
        var clip = new Recipe.NumberStep(name, NumberColumn.Kind.NUMBER, median, low, high, 0, 1);
        double mean = 0;
        for (double v : column) mean += clip.apply(v);
        mean /= column.length;
        double squares = 0;
        for (double v : column) squares += Math.pow(clip.apply(v) - mean, 2);
        double deviation = Math.sqrt(squares / column.length);
        return deviation < 1e-9
                ? Optional.empty()
                : Optional.of(
                        new Recipe.NumberStep(
                                name,
                                NumberColumn.Kind.NUMBER,
                                median,
                                low,
                                high,
                                mean,
                                deviation));
    }

    private static Optional<FittedBlock> fitProfile(CustomerTable customers, Recipe recipe) {
        var indicators = new ArrayList<FittedBlock.Indicators>();
        for (Recipe.CategoryStep step : recipe.categories()) {
            var names = FittedBlock.Indicators.names(step);
            double[] shares = new double[names.size()];
            var column = FittedBlock.Profile.categoryColumn(customers, step.column());
            for (int position : FittedBlock.Indicators.positions(step, column)) {
                if (position >= 0) shares[position] += 1.0 / customers.customers();
            }
            indicators.add(new FittedBlock.Indicators(step, names, shares));
        }
        List<FittedBlock.Gap> gaps = gaps(customers, recipe);
        if (recipe.numbers().isEmpty() && indicators.isEmpty()) return Optional.empty();
        var unscaled = new FittedBlock.Profile(recipe.numbers(), List.copyOf(indicators), gaps, 1);
        double firstSingular = firstSingular(unscaled.apply(customers, Optional.empty()));
        return firstSingular < 1e-9
                ? Optional.empty()
                : Optional.of(
                        new FittedBlock.Profile(
                                recipe.numbers(), List.copyOf(indicators), gaps, firstSingular));
    }

    /** The numbers with a code whose gaps no other column tells of: twice would count double. */
    private static List<FittedBlock.Gap> gaps(CustomerTable customers, Recipe recipe) {
        var told = new ArrayList<boolean[]>();
        for (Recipe.CategoryStep step : recipe.categories()) {
            int[] codes = FittedBlock.Profile.categoryColumn(customers, step.column()).codes();
            boolean[] missing = new boolean[codes.length];
            for (int row = 0; row < missing.length; row++) missing[row] = codes[row] < 0;
            told.add(missing);
        }
        var gaps = new ArrayList<FittedBlock.Gap>();
        for (Recipe.NumberStep step : recipe.numbers()) {
            if (step.code().isEmpty()) continue;
            boolean[] missing = new FittedBlock.Gap(step, 0).missing(customers);
            if (told.stream().noneMatch(t -> alike(t, missing))) {
                double share = (double) count(missing) / missing.length;
                gaps.add(new FittedBlock.Gap(step, share));
            }
            told.add(missing);
        }
        return List.copyOf(gaps);
    }

    private static boolean alike(boolean[] a, boolean[] b) {
        int apart = 0;
        for (int row = 0; row < a.length; row++) if (a[row] != b[row]) apart++;
        return apart <= MOST_APART * count(b);
    }

    private static int count(boolean[] rows) {
        int count = 0;
        for (boolean row : rows) if (row) count++;
        return count;
    }

    private static double firstSingular(double[][] rows) {
        int d = rows.length == 0 ? 0 : rows[0].length;
        double[] flat = new double[rows.length * d];
        for (int i = 0; i < rows.length; i++) System.arraycopy(rows[i], 0, flat, i * d, d);
        var components = PrincipalComponents.fit(flat, rows.length, d, 1);
        return components.components() == 0 ? 0 : Math.sqrt(components.variances()[0]);
    }

    /** Total variance of a block whose first singular value was made 1. */
    private static double variance(FittedBlock block, double[][] places) {
        double sum = 0;
        for (double[] row : places) for (double v : row) sum += v * v;
        double firstVariance = block.firstSingular() * block.firstSingular();
        return sum / Math.max(1, places.length) / firstVariance;
    }
}
