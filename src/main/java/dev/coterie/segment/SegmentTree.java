package dev.coterie.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One Ward tree over the micro-clusters: within each cluster they join first, then the clusters
 * join, so that the fitted clusters are the tree's cut at their own number.
 *
 * <p>Leaves are the micro-clusters 0..leaves-1; merge i makes node leaves + i. The merges stand in
 * the order in which they happen: after the first {@code leaves - j} of them there are j segments.
 *
 * @param cluster the cluster of each leaf, ascending
 * @param size customers of each leaf
 * @see <a href="https://doi.org/10.1080/01621459.1963.10500845">Ward, 1963</a>
 * @see <a href="https://doi.org/10.1007/s00357-014-9161-z">Murtagh and Legendre, 2014</a>
 */
public record SegmentTree(int[] cluster, int[] size, List<Merge> merges) {
    public SegmentTree {
        merges = List.copyOf(merges);
    }

    /**
     * Two nodes that become one.
     *
     * @param cost rise of the sum of squared distances to the means, in squared units of the
     *     feature matrix
     * @param height √(2·cost), as dendrograms are drawn, but never below an earlier merge: the
     *     merges within clusters come first even where joining two clusters costs less
     * @param size customers of the new node
     */
    public record Merge(int left, int right, double cost, double height, int size) {}

    /**
     * The leaves on either side of a merge.
     *
     * @param larger with more customers; on a tie the side of the lowest leaf
     */
    record Sides(int[] larger, int[] smaller) {}

    static SegmentTree grow(MicroClusters micro) {
        int leaves = micro.count();
        int clusters = micro.clusters();
        int[] starts = micro.starts();
        record Inside(int cluster, int place, Ward.Union union) {}
        var inside = new ArrayList<Inside>();
        for (int c = 0; c < clusters; c++) {
            var unions =
                    Ward.agglomerate(
                            Arrays.copyOfRange(micro.centroids(), starts[c], starts[c + 1]),
                            weights(Arrays.copyOfRange(micro.size(), starts[c], starts[c + 1])));
            for (int i = 0; i < unions.size(); i++) inside.add(new Inside(c, i, unions.get(i)));
        }
        inside.sort(
                Comparator.<Inside>comparingDouble(i -> i.union().cost())
                        .thenComparingInt(Inside::cluster)
                        .thenComparingInt(Inside::place));
        var growing = new Growing(micro.size());
        int[][] node = new int[clusters][];
        for (int c = 0; c < clusters; c++) {
            int own = starts[c + 1] - starts[c];
            node[c] = new int[2 * own - 1];
            for (int i = 0; i < own; i++) node[c][i] = starts[c] + i;
        }
        for (Inside i : inside) {
            int[] of = node[i.cluster()];
            int own = (of.length + 1) / 2;
            of[own + i.place()] =
                    growing.merge(of[i.union().left()], of[i.union().right()], i.union().cost());
        }
        int[] root = new int[2 * clusters - 1];
        for (int c = 0; c < clusters; c++) root[c] = node[c][node[c].length - 1];
        double[][] means = new double[clusters][];
        double[] weights = new double[clusters];
        for (int c = 0; c < clusters; c++) {
            means[c] = mean(micro, IntStream.range(starts[c], starts[c + 1]).toArray());
            weights[c] = growing.sizes[root[c]];
        }
        int at = clusters;
        for (Ward.Union union : Ward.agglomerate(means, weights)) {
            root[at++] = growing.merge(root[union.left()], root[union.right()], union.cost());
        }
        if (growing.merges.size() != leaves - 1) throw new IllegalStateException("tree has gaps");
        return new SegmentTree(micro.cluster(), micro.size(), growing.merges);
    }

    private static double[] weights(int[] sizes) {
        return Arrays.stream(sizes).asDoubleStream().toArray();
    }

    /** The mean of micro-clusters, weighted by their customers. */
    static double[] mean(MicroClusters micro, int[] pieces) {
        double[] mean = new double[micro.centroids()[0].length];
        long all = 0;
        for (int p : pieces) all += micro.size()[p];
        for (int p : pieces) {
            double share = all == 0 ? 1.0 / pieces.length : (double) micro.size()[p] / all;
            for (int j = 0; j < mean.length; j++) mean[j] += share * micro.centroids()[p][j];
        }
        return mean;
    }

    private static final class Growing {
        final int leaves;
        final int[] sizes;
        final List<Merge> merges = new ArrayList<>();
        double height;

        Growing(int[] leafSizes) {
            leaves = leafSizes.length;
            sizes = Arrays.copyOf(leafSizes, Math.max(1, 2 * leaves - 1));
        }

        int merge(int left, int right, double cost) {
            int node = leaves + merges.size();
            height = Math.max(height, Math.sqrt(2 * cost));
            sizes[node] = sizes[left] + sizes[right];
            merges.add(new Merge(left, right, cost, height, sizes[node]));
            return node;
        }
    }

    public int leaves() {
        return cluster.length;
    }

    /** Number of fitted clusters: the cut that changes nothing. */
    public int clusters() {
        return cluster[cluster.length - 1] + 1;
    }

    /** Customers under a node. */
    public int size(int node) {
        return node < leaves() ? size[node] : merges.get(node - leaves()).size();
    }

    /** The merge that makes {@code segments} of one more; 1 ≤ segments &lt; leaves. */
    public Merge mergeTo(int segments) {
        return merges.get(leaves() - 1 - segments);
    }

    /** The micro-clusters under a node, ascending. */
    public int[] under(int node) {
        if (node < leaves()) return new int[] {node};
        boolean[] in = new boolean[node + 1];
        in[node] = true;
        for (int at = node; at >= leaves(); at--) {
            if (!in[at]) continue;
            Merge merge = merges.get(at - leaves());
            in[merge.left()] = true;
            in[merge.right()] = true;
        }
        return IntStream.range(0, leaves()).filter(p -> in[p]).toArray();
    }

    /**
     * The cut into a number of segments. At {@link #clusters} it is the fitted clusters under their
     * own numbers; from there each step up splits one segment and each step down merges two, under
     * the rules of {@link Cut}.
     *
     * @param segments 1..leaves
     */
    public Cut cut(int segments) {
        if (segments < 1 || segments > leaves()) {
            throw new IllegalArgumentException("a cut has 1 to " + leaves() + " segments");
        }
        var cut = new Cut(cluster);
        for (int k = clusters(); k < segments; k++) {
            int[] inside = under(leaves() + leaves() - 1 - k);
            cut = cut.split(cut.of(inside[0]), this).orElseThrow().cut();
        }
        for (int k = clusters(); k > segments; k--) {
            Merge merge = mergeTo(k - 1);
            cut = cut.merge(cut.of(under(merge.left())[0]), cut.of(under(merge.right())[0])).cut();
        }
        return cut;
    }

    /** The leaves in an order in which a drawing's branches do not cross: larger parts first. */
    public int[] order() {
        int[] order = new int[leaves()];
        int[] waiting = new int[leaves() + 1];
        int length = 1;
        waiting[0] = leaves() + merges.size() - 1;
        int at = 0;
        while (length > 0) {
            int node = waiting[--length];
            if (node < leaves()) {
                order[at++] = node;
                continue;
            }
            Merge merge = merges.get(node - leaves());
            boolean leftFirst = size(merge.left()) >= size(merge.right());
            waiting[length++] = leftFirst ? merge.right() : merge.left();
            waiting[length++] = leftFirst ? merge.left() : merge.right();
        }
        return order;
    }

    /** The latest merge that joined the given leaves, seen from both sides. */
    Optional<Sides> topSplit(boolean[] inside) {
        for (int i = merges.size() - 1; i >= 0; i--) {
            int[] left = within(merges.get(i).left(), inside);
            int[] right = within(merges.get(i).right(), inside);
            if (left.length == 0 || right.length == 0) continue;
            long ofLeft = customers(left);
            long ofRight = customers(right);
            boolean leftIsLarger = ofLeft > ofRight || (ofLeft == ofRight && left[0] < right[0]);
            return Optional.of(leftIsLarger ? new Sides(left, right) : new Sides(right, left));
        }
        return Optional.empty();
    }

    private int[] within(int node, boolean[] inside) {
        return Arrays.stream(under(node)).filter(p -> inside[p]).toArray();
    }

    private long customers(int[] pieces) {
        long all = 0;
        for (int p : pieces) all += size[p];
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SegmentTree tree
                && Arrays.equals(cluster, tree.cluster)
                && Arrays.equals(size, tree.size)
                && merges.equals(tree.merges);
    }

    @Override
    public int hashCode() {
        return 31 * merges.hashCode() + Arrays.hashCode(cluster);
    }
}
