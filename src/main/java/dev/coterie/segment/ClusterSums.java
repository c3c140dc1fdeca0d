package dev.coterie.segment;

/**
 * What the normal distributions of a mixture are fitted from: sums over rows, each weighted by what
 * of it belongs to each cluster.
 */
final class ClusterSums {
    /** Part of a row that is missing from the clusters' scatter before anyone would notice. */
    private static final double LEFT_OUT = 1e-3;

    /** Part of a row in a cluster that changes no mean. */
    private static final double NO_PART = 1e-6;

    /** Rows that all clusters take before the next; their values stay in the nearest cache. */
    private static final int TILE = 64;

    /** Per cluster. */
    final double[] weight;

    /** Clusters × columns. */
    final double[][] first;

    /** Columns × columns, lower triangle, over all clusters. */
    final double[] second;

    private final int k;
    private final int d;

    /**
     * @param second d × d, what to begin with
     */
    ClusterSums(int k, double[] second) {
        this.k = k;
        this.d = (int) Math.round(Math.sqrt(second.length));
        this.weight = new double[k];
        this.first = new double[k][d];
        this.second = second.clone();
    }

    /** The lower triangle of the sum of products of d columns over the rows that have them. */
    static double[] squares(double[][] values, boolean[] present, int d) {
        double[] all = new double[d * d];
        var scatter = new Scatter(d, all);
        for (int i = 0; i < present.length; i++) if (present[i]) scatter.add(values[i], 0, 1);
        scatter.flush();
        return all;
    }

    /**
     * The sums over all rows.
     *
     * @param values n × d, centred
     * @param present rows that have values
     * @param responsibilities k × n; what is missing from 1 belongs to the outliers
     * @param total without rows, its second moments those of {@link #squares}
     */
    static ClusterSums of(
            double[][] values,
            boolean[] present,
            double[][] responsibilities,
            ClusterSums total,
            Pieces pieces) {
        var done = new ClusterSums[pieces.count()];
        pieces.each(
                () -> null,
                (piece, nothing) -> {
                    done[piece] = new ClusterSums(total.k, new double[total.second.length]);
                    done[piece].add(
                            values,
                            present,
                            responsibilities,
                            pieces.from(piece),
                            pieces.to(piece));
                });
        for (ClusterSums sums : done) total.add(sums);
        return total;
    }

    private void add(ClusterSums other) {
        for (int c = 0; c < k; c++) {
            weight[c] += other.weight[c];
            for (int j = 0; j < d; j++) first[c][j] += other.first[c][j];
        }
        for (int j = 0; j < second.length; j++) second[j] += other.second[j];
    }

    private void add(
            double[][] values, boolean[] present, double[][] responsibilities, int from, int to) {
        double[] inside = new double[to - from];
        int[] members = new int[TILE];
        for (int tile = from; tile < to; tile += TILE) {
            int end = Math.min(to, tile + TILE);
            for (int c = 0; c < k; c++) {
                double[] parts = responsibilities[c];
                int count = members(parts, present, tile, end, members);
                for (int m = 0; m < count; m++) {
                    double part = parts[members[m]];
                    inside[members[m] - from] += part;
                    weight[c] += part;
                }
                add(first[c], values, parts, members, count);
            }
        }
        var scatter = new Scatter(d, second);
        for (int i = from; i < to; i++) {
            // most rows are no outliers: what they leave out is quicker to sum
            double outside = 1 - inside[i - from];
            if (present[i] && outside > LEFT_OUT) scatter.add(values[i], 0, -outside);
        }
        scatter.flush();
    }

    /**
     * Lists the rows that have a part in a cluster, without a branch that could be mispredicted.
     */
    private static int members(double[] parts, boolean[] present, int from, int to, int[] members) {
        int count = 0;
        for (int i = from; i < to; i++) {
            members[count] = i;
            count += parts[i] >= NO_PART & present[i] ? 1 : 0;
        }
        return count;
    }

    /** Adds rows four at a time, since the sum is read and written each time. */
    private static void add(
            double[] sum, double[][] values, double[] parts, int[] members, int count) {
        int m = 0;
        for (; m + 3 < count; m += 4) {
            int i0 = members[m];
            int i1 = members[m + 1];
            int i2 = members[m + 2];
            int i3 = members[m + 3];
            addFour(
                    sum,
                    values[i0],
                    parts[i0],
                    values[i1],
                    parts[i1],
                    values[i2],
                    parts[i2],
                    values[i3],
                    parts[i3]);
        }
        for (; m < count; m++) addOne(sum, values[members[m]], parts[members[m]]);
    }

    private static void addFour(
            double[] sum,
            double[] x0,
            double p0,
            double[] x1,
            double p1,
            double[] x2,
            double p2,
            double[] x3,
            double p3) {
        for (int j = 0; j < sum.length; j++) {
            double two = Math.fma(p1, x1[j], Math.fma(p0, x0[j], sum[j]));
            sum[j] = Math.fma(p3, x3[j], Math.fma(p2, x2[j], two));
        }
    }

    private static void addOne(double[] sum, double[] row, double part) {
        for (int j = 0; j < sum.length; j++) sum[j] += part * row[j];
    }
}
