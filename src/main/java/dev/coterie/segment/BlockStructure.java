package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How much group structure each block carries: the automatic balance.
 *
 * <p>Mixtures of several sizes are fitted to all blocks together; the likeliest by the Bayesian
 * information criterion tells, for each block alone, how much better its clusters explain a
 * customer than one distribution for everyone does. A block of noise gains nothing, whatever its
 * number of columns; a block that everything hangs on gains most.
 *
 * @see <a href="https://doi.org/10.1214/aos/1176344136">Schwarz, estimating the dimension of a
 *     model, 1978</a>
 */
public record BlockStructure(Map<Block, Double> emphasis, long seed) {
    /** Numbers of clusters that are tried. */
    private static final List<Integer> SIZES = List.of(4, 8, 12);

    private static final int SAMPLE = 2000;

    /** No block is quite without a say, so that customers alike in all else differ by it. */
    private static final double LEAST_SHARE = 0.03;

    /** What the profile's likelihood counts: it says who someone is and rarely why. */
    private static final double PROFILE = 0.6;

    /**
     * Weights of the blocks' log-likelihoods. A chosen factor multiplies distances, so its square
     * multiplies the likelihood's logarithm.
     */
    static Map<Block, Double> weights(Map<Block, Double> emphasis) {
        var weights = new EnumMap<Block, Double>(Block.class);
        for (Block block : Block.values()) {
            double automatic = block == Block.PROFILE ? PROFILE : 1;
            Double chosen = emphasis.get(block);
            weights.put(block, chosen == null ? automatic : chosen * chosen);
        }
        return weights;
    }

    /**
     * Factors of the blocks' likelihoods that count each block as much more or less than by itself
     * as the share asked for is above or below the one found.
     *
     * @param asked share of each block, 0..1; one that is absent is left out
     * @param found what {@link #shares} gave, for the blocks that vary
     */
    public static Map<Block, Double> emphasis(Map<Block, Double> asked, Map<Block, Double> found) {
        double total = found.keySet().stream().mapToDouble(b -> asked.getOrDefault(b, 0.0)).sum();
        var automatic = weights(Map.of());
        var emphasis = new EnumMap<Block, Double>(Block.class);
        for (Block block : Block.values()) {
            double share = total == 0 ? 0 : asked.getOrDefault(block, 0.0) / total;
            double by = share / found.getOrDefault(block, 1.0);
            emphasis.put(block, Math.sqrt(automatic.get(block) * by));
        }
        return emphasis;
    }

    /**
     * @param features at least 4 rows
     * @return a share for each block that varies, together 1
     */
    public Map<Block, Double> shares(FeatureMatrix features) {
        int[] rows = MixtureSearch.sample(features.rows(), SAMPLE, new SplittableRandom(seed));
        var weights = weights(emphasis);
        var search = MixtureSearch.of(features, rows, weights, seed);
        var data = search.readRows().data();
        var shares = new EnumMap<Block, Double>(Block.class);
        if (data.blocks().size() < 2) {
            data.blocks().forEach(b -> shares.put(b, 1.0));
            return shares;
        }
        var one = search.best(1, MixtureSearch.Effort.QUICK);
        double perCluster = MixtureFit.parametersPerCluster(data, weights);
        double price = 0.5 * perCluster * Math.log(rows.length) / rows.length;
        double total = 0;
        double[] together = search.read(one.model()).blockLikelihood();
        double[] apart =
                SIZES.parallelStream()
                        .filter(k -> k <= rows.length / 4)
                        .map(k -> search.best(k, MixtureSearch.Effort.GOOD))
                        .max(
                                Comparator.comparingDouble(
                                        f -> f.likelihood() - price * f.model().clusters()))
                        .map(f -> search.read(f.model()).blockLikelihood())
                        .orElse(together);
        for (Block block : data.blocks()) {
            double gain = apart[block.ordinal()] - together[block.ordinal()];
            shares.put(block, Math.max(0, gain));
            total += Math.max(0, gain);
        }
        double all = total;
        double[] sum = {0};
        shares.replaceAll((b, gain) -> Math.max(LEAST_SHARE, all == 0 ? 1 : gain / all));
        shares.values().forEach(s -> sum[0] += s);
        shares.replaceAll((b, share) -> share / sum[0]);
        return shares;
    }
}
