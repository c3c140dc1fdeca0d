package dev.coterie.segment;

import dev.coterie.features.InnerProduct;
import dev.coterie.progress.Progress;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Directions of text vectors, each drawn towards the mean direction of its nearest neighbours among
 * the rows of a run.
 *
 * <p>A short text says little, and its vector holds as much of its wording as of its matter; the
 * wording averages out over texts that lie close together. It is one step of a low-pass filter over
 * the graph of nearest neighbours. Shapes: rows n×d in, n×d out. All rows come out with one length,
 * the root mean square of the reference rows, so that distances keep their scale; a row of zeros, a
 * customer without a text, stays where it is.
 *
 * <p>What a row becomes depends on nothing but the row and the reference, so a new customer with
 * the same vector lands on the same place. A direction counts once however many rows have it, and
 * is no neighbour of itself: a text that many sent looks at others. Cost O(n·r·d) for r reference
 * rows, at most {@link #ALL}. Immutable and thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/1906.01210">Zhang, Liu, Li and Wu, Attributed Graph
 *     Clustering via Adaptive Graph Convolution, 2019</a>
 * @see <a href="https://doi.org/10.1109/34.1000236">Comaniciu and Meer, Mean Shift, 2002</a>
 */
public final class SmoothedSpace {
    /** Up to this many rows all may be neighbours; of more, a fixed sample stands for them. */
    static final int ALL = 20_000;

    static final int SAMPLE = 10_000;

    private static final long SAMPLE_SEED = 20_020_501;

    /** Rows shorter than this part of the longest have no direction worth the name. */
    private static final double NO_LENGTH = 1e-9;

    /** Queries in one piece of work. */
    private static final int PIECE = 64;

    private final int d;

    /** Distinct unit rows, one after another. */
    private final float[] reference;

    private final double length;
    private final double shortest;
    private final NeighbourSearch search;

    private SmoothedSpace(int d, float[] reference, double length, double shortest) {
        this.d = d;
        this.reference = reference;
        this.length = length;
        this.shortest = shortest;
        this.search = NeighbourSearch.over(reference, reference.length / d, d);
    }

    /**
     * @param points rows in canonical order, which makes the sample the same for the same customers
     */
    static SmoothedSpace over(Points points) {
        int d = points.d();
        double[] lengths = lengths(points.rows(), points.n(), d);
        double longest = Arrays.stream(lengths).max().orElse(0);
        double shortest = Math.max(NO_LENGTH * longest, Double.MIN_NORMAL);
        int[] written =
                IntStream.range(0, lengths.length).filter(i -> lengths[i] >= shortest).toArray();
        int[] chosen =
                ClusterCount.sample(
                        written.length,
                        references(written.length),
                        new SplittableRandom(SAMPLE_SEED));
        var directions = new LinkedHashSet<FloatBuffer>();
        double squares = 0;
        for (int place : chosen) {
            int row = written[place];
            float[] direction = new float[d];
            direct(points.rows(), row, d, lengths[row], direction, 0);
            directions.add(FloatBuffer.wrap(direction));
            squares += lengths[row] * lengths[row];
        }
        double length = Math.sqrt(squares / Math.max(1, chosen.length));
        return new SmoothedSpace(d, side(directions, d), length, shortest);
    }

    /** How many of n rows may be neighbours. */
    static int references(int n) {
        return n <= ALL ? n : SAMPLE;
    }

    private static float[] side(Set<FloatBuffer> directions, int d) {
        float[] values = new float[directions.size() * d];
        int at = 0;
        for (FloatBuffer direction : directions) {
            System.arraycopy(direction.array(), 0, values, at, d);
            at += d;
        }
        return values;
    }

    private static double[] lengths(double[] rows, int n, int d) {
        return IntStream.range(0, n)
                .mapToDouble(i -> Math.sqrt(InnerProduct.of(rows, i * d, rows, i * d, d)))
                .toArray();
    }

    private static void direct(double[] rows, int row, int d, double length, float[] to, int at) {
        for (int j = 0; j < d; j++) to[at * d + j] = (float) (rows[row * d + j] / length);
    }

    /**
     * Rows, smoothed: n×d.
     *
     * @param rows n×d
     * @throws dev.coterie.error.CancelledException if the listener asked to stop
     */
    Points transform(double[] rows, int n, Smoothing smoothing, Progress progress) {
        double[] lengths = lengths(rows, n, d);
        float[] directions = new float[n * d];
        for (int i = 0; i < n; i++) {
            if (lengths[i] >= shortest) direct(rows, i, d, lengths[i], directions, i);
        }
        // one more than asked for, since a row of the reference finds itself
        var nearest = NeighbourSearch.Neighbours.none(n, smoothing.neighbours() + 1);
        double[] smoothed = new double[n * d];
        IntStream.range(0, (n + PIECE - 1) / PIECE)
                .parallel()
                .forEach(
                        piece -> {
                            progress.checkCancelled();
                            int from = piece * PIECE;
                            int to = Math.min(n, from + PIECE);
                            search.collect(directions, from, to, false, nearest);
                            for (int row = from; row < to; row++) {
                                smooth(directions, nearest, row, smoothing, smoothed);
                            }
                        });
        return new Points(smoothed, n, d);
    }

    private void smooth(
            float[] directions,
            NeighbourSearch.Neighbours nearest,
            int row,
            Smoothing smoothing,
            double[] to) {
        int offset = row * d;
        for (int j = 0; j < d; j++) to[offset + j] = directions[offset + j];
        if (InnerProduct.of(to, offset, to, offset, d) == 0) return;
        double[] mean = mean(nearest, row, smoothing.neighbours());
        double size = Math.sqrt(InnerProduct.of(mean, 0, mean, 0, d));
        if (size > 0) {
            for (int j = 0; j < d; j++) to[offset + j] += smoothing.weight() * mean[j] / size;
        }
        double whole = Math.sqrt(InnerProduct.of(to, offset, to, offset, d));
        if (whole < NO_LENGTH) return; // drawn exactly backwards: the middle is as good as any
        for (int j = 0; j < d; j++) to[offset + j] *= length / whole;
    }

    /** The sum of the directions of the nearest others. */
    private double[] mean(NeighbourSearch.Neighbours nearest, int row, int neighbours) {
        double[] mean = new double[d];
        int taken = 0;
        for (int at = row * nearest.k(); at < (row + 1) * nearest.k(); at++) {
            float square = nearest.squares()[at];
            if (taken == neighbours || Float.isInfinite(square)) break;
            if (square == 0) continue; // itself
            int from = nearest.rows()[at] * d;
            for (int j = 0; j < d; j++) mean[j] += reference[from + j];
            taken++;
        }
        return mean;
    }
}
