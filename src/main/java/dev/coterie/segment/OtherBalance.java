package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How customers would be grouped if one block of features counted more or less. The same search is
 * made twice on a sample, with the weights as they are and with the one that is asked for, so that
 * what the sample itself changes can be told from what the weight does.
 *
 * @param rows of the feature matrix, ascending
 * @param groups of these rows under the changed weight, 0..k-1, the largest first
 * @param asItIs adjusted Rand index of the segments and the search with the weights as they are
 * @param asAsked the same with the changed weight
 */
public record OtherBalance(int[] rows, int[] groups, double asItIs, double asAsked) {
    private static final int ROWS = 1500;

    /** The blocks whose weight can be changed: none unless a mixture has several. */
    public static Set<Block> blocks(Segmentation now) {
        Set<Block> blocks = weights(now.model()).keySet();
        return now.k() < 2 || blocks.size() < 2 ? Set.of() : blocks;
    }

    /**
     * @param block one of {@link #blocks}
     * @param factor of its weight, above 0
     */
    public static OtherBalance of(
            FeatureMatrix features, Segmentation now, Block block, double factor, long seed) {
        var random = new SplittableRandom(seed);
        int[] rows = MixtureSearch.sample(features.rows(), Math.max(ROWS, now.k()), random);
        int[] segments = IntStream.of(rows).map(row -> now.labels()[row]).toArray();
        Map<Block, Double> weights = weights(now.model());
        int[] same = groups(features, rows, now.k(), weights, seed);
        weights.merge(block, factor, (weight, by) -> weight * by);
        int[] other = groups(features, rows, now.k(), weights, seed);
        return new OtherBalance(
                rows,
                bySize(other, now.k()),
                Agreement.adjustedRand(segments, same),
                Agreement.adjustedRand(segments, other));
    }

    private static int[] groups(
            FeatureMatrix features, int[] rows, int k, Map<Block, Double> weights, long seed) {
        return MixtureSearch.of(features, rows, weights, seed)
                .best(k, MixtureSearch.Effort.FULL)
                .labels();
    }

    private static Map<Block, Double> weights(ClusterModel model) {
        var weights = new EnumMap<Block, Double>(Block.class);
        if (model instanceof MixtureModel mixture) {
            mixture.numbers().forEach(part -> weights.put(part.block(), part.weight()));
            mixture.levels().forEach(part -> weights.put(part.block(), part.weight()));
        }
        return weights;
    }

    private static int[] bySize(int[] labels, int k) {
        int[] sizes = new int[k];
        for (int label : labels) sizes[label]++;
        int[] place = new int[k];
        int[] order =
                IntStream.range(0, k)
                        .boxed()
                        .sorted(Comparator.comparingInt((Integer c) -> -sizes[c]))
                        .mapToInt(c -> c)
                        .toArray();
        for (int i = 0; i < k; i++) place[order[i]] = i;
        return IntStream.of(labels).map(label -> place[label]).toArray();
    }
}
