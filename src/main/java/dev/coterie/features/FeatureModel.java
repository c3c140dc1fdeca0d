package dev.coterie.features;

import dev.coterie.embed.Embeddings;
import dev.coterie.prepare.CustomerTable;
import java.util.ArrayList;
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
    private final Map<Block, Double> factors;
    private final Map<Block, Double> shares;

    FeatureModel(List<FittedBlock> blocks, Map<Block, Double> factors, Map<Block, Double> shares) {
        this.blocks = List.copyOf(blocks);
        this.factors = Map.copyOf(factors);
        this.shares = Map.copyOf(shares);
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
     * @param customers with the same columns as those the model was fitted on
     * @param embeddings one row per {@code customers.texts()}; needed if the model has a text block
     */
    public FeatureMatrix transform(CustomerTable customers, Optional<Embeddings> embeddings) {
        var parts = new ArrayList<double[][]>();
        for (FittedBlock block : blocks) parts.add(block.apply(customers, embeddings));
        int columns = features().size();
        double[] values = new double[customers.customers() * columns];
        for (int row = 0; row < customers.customers(); row++) {
            int column = row * columns;
            for (int b = 0; b < blocks.size(); b++) {
                double factor = factors.get(blocks.get(b).block()) / blocks.get(b).firstSingular();
                for (double value : parts.get(b)[row]) values[column++] = value * factor;
            }
        }
        return new FeatureMatrix(features(), customers.customers(), values);
    }
}
