package dev.coterie.segment;

import java.util.Arrays;

/**
 * Points of the plane in a tree of squares, each with the number and the mean of its points, so
 * that many far points push like one.
 *
 * <p>The nodes stand in depth-first order and know where their descendants end: a walk is one loop
 * without a stack. Points are sorted along a Z-shaped curve (Morton order), so that neighbours in
 * the plane are neighbours in memory. Built by one thread, read by all.
 *
 * @see <a href="https://jmlr.org/papers/v15/vandermaaten14a.html">van der Maaten, 2014</a>
 */
final class QuadTree {
    /** A square with this many points or fewer is not divided. */
    private static final int LEAF = 4;

    /** Halvings of the plane's side. */
    private static final int LEVELS = 16;

    /** What a divided square has in place of its first point. */
    private static final int INNER = -1;

    private final int n;
    private final long[] keys;
    private final int[] order;
    private final double[] x;
    private final double[] y;
    private int nodes;
    private int[] end = new int[0];
    private int[] first = new int[0];
    private int[] size = new int[0];
    private double[] side = new double[0];
    private double[] meanX = new double[0];
    private double[] meanY = new double[0];
    private double rootSide;

    QuadTree(int n) {
        this.n = n;
        this.keys = new long[n];
        this.order = new int[n];
        this.x = new double[n];
        this.y = new double[n];
        grow(Math.max(16, n));
    }

    private void grow(int capacity) {
        end = Arrays.copyOf(end, capacity);
        first = Arrays.copyOf(first, capacity);
        size = Arrays.copyOf(size, capacity);
        side = Arrays.copyOf(side, capacity);
        meanX = Arrays.copyOf(meanX, capacity);
        meanY = Arrays.copyOf(meanY, capacity);
    }

    /** Builds the tree of new positions: {@code places[2 i]} and {@code places[2 i + 1]}. */
    void build(double[] places) {
        double lowX = Double.POSITIVE_INFINITY;
        double lowY = Double.POSITIVE_INFINITY;
        double highX = Double.NEGATIVE_INFINITY;
        double highY = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            lowX = Math.min(lowX, places[2 * i]);
            highX = Math.max(highX, places[2 * i]);
            lowY = Math.min(lowY, places[2 * i + 1]);
            highY = Math.max(highY, places[2 * i + 1]);
        }
        rootSide = Math.max(Math.max(highX - lowX, highY - lowY), 1e-300);
        double scale = ((1 << LEVELS) - 1) / rootSide;
        for (int i = 0; i < n; i++) {
            int column = (int) ((places[2 * i] - lowX) * scale);
            int line = (int) ((places[2 * i + 1] - lowY) * scale);
            keys[i] = (spread(column) | spread(line) << 1) << 31 | i;
        }
        Arrays.sort(keys);
        for (int s = 0; s < n; s++) {
            order[s] = (int) (keys[s] & Integer.MAX_VALUE);
            x[s] = places[2 * order[s]];
            y[s] = places[2 * order[s] + 1];
        }
        nodes = 0;
        add(0, n, 0);
    }

    /** The bits of a 16-bit number with a gap after each. */
    private static long spread(int bits) {
        long b = bits;
        b = (b | b << 8) & 0x00FF00FF;
        b = (b | b << 4) & 0x0F0F0F0F;
        b = (b | b << 2) & 0x33333333;
        return (b | b << 1) & 0x55555555;
    }

    private void add(int from, int to, int level) {
        int node = nodes++;
        if (node == end.length) grow(2 * node);
        first[node] = from;
        size[node] = to - from;
        side[node] = rootSide / (1 << level);
        double sumX = 0;
        double sumY = 0;
        if (to - from <= LEAF || level == LEVELS) {
            for (int s = from; s < to; s++) {
                sumX += x[s];
                sumY += y[s];
            }
        } else {
            int shift = 31 + 2 * (LEVELS - 1 - level);
            int start = from;
            for (int quarter = 0; quarter < 4; quarter++) {
                int stop = start;
                while (stop < to && (keys[stop] >>> shift & 3) == quarter) stop++;
                if (stop > start) {
                    int child = nodes;
                    add(start, stop, level + 1);
                    sumX += meanX[child] * (stop - start);
                    sumY += meanY[child] * (stop - start);
                }
                start = stop;
            }
            first[node] = INNER;
        }
        meanX[node] = sumX / (to - from);
        meanY[node] = sumY / (to - from);
        end[node] = nodes;
    }

    int point(int sorted) {
        return order[sorted];
    }

    /**
     * The push on a point from all others under Student's kernel q = 1 / (1 + distance²).
     *
     * @param sorted number of the point in Morton order
     * @param opening a square is taken as a whole if its side is less than this part of its
     *     distance
     * @param push gets Σ q² (a - b), two values, unscaled
     * @return Σ q over the others
     */
    double repulsion(int sorted, double opening, double[] push) {
        double px = x[sorted];
        double py = y[sorted];
        double squaredOpening = opening * opening;
        double pushX = 0;
        double pushY = 0;
        double sum = 0;
        int node = 0;
        while (node < nodes) {
            double dx = px - meanX[node];
            double dy = py - meanY[node];
            double square = dx * dx + dy * dy;
            boolean leaf = first[node] != INNER;
            if (side[node] * side[node] < squaredOpening * square) {
                double q = 1 / (1 + square);
                double weight = size[node] * q;
                sum += weight;
                pushX += weight * q * dx;
                pushY += weight * q * dy;
                node = end[node];
            } else if (leaf) {
                for (int s = first[node]; s < first[node] + size[node]; s++) {
                    double sx = px - x[s];
                    double sy = py - y[s];
                    double q = 1 / (1 + sx * sx + sy * sy);
                    sum += q;
                    pushX += q * q * sx;
                    pushY += q * q * sy;
                }
                node = end[node];
            } else {
                node++;
            }
        }
        push[0] = pushX;
        push[1] = pushY;
        return sum - 1;
    }
}
