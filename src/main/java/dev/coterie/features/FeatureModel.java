package dev.coterie.features;

import dev.coterie.embed.Embeddings;
import dev.coterie.prepare.CustomerTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fitted way from customers to features. Immutable and thread-safe.
 *
 * <p>{@link #transform} gives new customers exactly the numbers that the data set's own customers
 * have.
 */
public final class FeatureModel {
    private final List<FittedBlock> blocks;
    private final Map<Block, Double> variances;
    private final Map<Block, Double> chosen;
    private final Map<Block, Double> factors;
    private final Map<Block, Double> shares;

    /**
     * @param variances total variance of each block whose first singular value was made 1
     * @param chosen factors that a person chose
     * @param deserved shares of variance for the other blocks; one that is absent counts 1
     */
    FeatureModel(
            List<FittedBlock> blocks,
            Map<Block, Double> variances,
            Map<Block, Double> chosen,
            Map<Block, Double> deserved) {
        this.blocks = List.copyOf(blocks);
        this.variances = Map.copyOf(variances);
        this.chosen = Map.copyOf(chosen);
        var found = new EnumMap<Block, Double>(Block.class);
        variances.forEach(
                (block, variance) -> {
                    double automatic = Math.sqrt(deserved.getOrDefault(block, 1.0) / variance);
                    found.put(block, chosen.getOrDefault(block, automatic));
                });
        this.factors = Map.copyOf(found);
        this.shares = Map.copyOf(shares(variances, found));
    }

    private static Map<Block, Double> shares(
            Map<Block, Double> variances, Map<Block, Double> factors) {
        var shares = new EnumMap<Block, Double>(Block.class);
        variances.forEach((block, v) -> shares.put(block, v * Math.pow(factors.get(block), 2)));
        double total = shares.values().stream().mapToDouble(v -> v).sum();
        shares.replaceAll((block, share) -> total == 0 ? 0 : share / total);
        return shares;
    }

    /**
     * The same blocks, those without a chosen factor at other shares of the variance.
     *
     * @param deserved above 0, relative to each other
     */
    public FeatureModel balanced(Map<Block, Double> deserved) {
        return new FeatureModel(blocks, variances, chosen, deserved);
    }

    /** The features in the order of the matrix's columns. */
    public List<Feature> features() {
        return blocks.stream().flatMap(b -> b.features().stream()).toList();
    }

    /** The factor of each block after it was scaled to a first singular value of 1. */
    public Map<Block, Double> balance() {
        var balance = new EnumMap<Block, Double>(Block.class);
        blocks.forEach(b -> balance.put(b.block(), factors.get(b.block())));
        return balance;
    }

    /** The share of all variance that each block has in the matrix, 0..1, together 1. */
    public Map<Block, Double> shares() {
        return shares;
    }

    /**
     * Where customers stand in each block before the balance, which is quick to change.
     *
     * @param blocks customers × features, one a block
     */
    public record Places(List<double[][]> blocks) {
        public Places {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * @param customers with the same columns as those the model was fitted on
     * @param embeddings one row per {@code customers.texts()}; needed if the model has a text block
     */
    public FeatureMatrix transform(CustomerTable customers, Optional<Embeddings> embeddings) {
        var places = blocks.stream().map(b -> b.apply(customers, embeddings)).toList();
        return matrix(new Places(places), customers.customers());
    }

    /** The features of customers whose places in the blocks are known. */
    public FeatureMatrix matrix(Places places, int customers) {
        int columns = features().size();
        double[] values = new double[customers * columns];
        int column = 0;
        for (int b = 0; b < blocks.size(); b++) {
            FittedBlock block = blocks.get(b);
            double factor = factors.get(block.block()) / block.firstSingular();
            int width = block.features().size();
            for (int row = 0; row < customers; row++) {
                double[] place = places.blocks().get(b)[row];
                int at = row * columns + column;
                for (int j = 0; j < width; j++) values[at + j] = place[j] * factor;
            }
            column += width;
        }
        return new FeatureMatrix(features(), customers, values);
    }
}
