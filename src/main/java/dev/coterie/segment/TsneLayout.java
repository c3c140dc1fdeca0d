package dev.coterie.segment;

import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Moves points of the plane until neighbours in feature space are neighbours in it: t-SNE with the
 * Barnes-Hut approximation, all points at once in each step.
 *
 * <p>The same graph and start give the same layout bit for bit, whatever the number of threads:
 * each point's forces are summed by one thread, and the sum over points is taken in pieces of a
 * fixed size.
 *
 * @param exaggerated steps with strong attraction, which sort the neighbourhoods
 * @param plain steps after them
 * @param opening of the Barnes-Hut tree
 * @see <a href="https://jmlr.org/papers/v15/vandermaaten14a.html">van der Maaten, 2014</a>
 * @see <a href="https://doi.org/10.1038/s41467-019-13056-x">Kobak and Berens, 2019</a>, for the
 *     start and the learning rate
 */
record TsneLayout(int exaggerated, int plain, double opening) {
    private static final double EXAGGERATION = 12;
    private static final int PIECE = 256;
    private static final double LEAST_GAIN = 0.01;

    /**
     * @param start x and y of each point in turns
     * @return x and y of each point in turns
     */
    double[] arrange(NeighbourGraph graph, double[] start, Progress progress) {
        var run = new Descent(graph, start);
        int steps = exaggerated + plain;
        for (int step = 0; step < steps; step++) {
            progress.checkCancelled();
            progress.advance(step, steps, Progress.Unit.STEPS);
            if (step < exaggerated) run.step(EXAGGERATION, 0.5);
            else run.step(1, 0.8);
        }
        progress.advance(steps, steps, Progress.Unit.STEPS);
        return run.places;
    }

    private final class Descent {
        private final NeighbourGraph graph;
        private final int n;
        private final int pieces;
        private final QuadTree tree;
        private final double[] places;
        private final double[] velocity;
        private final double[] gains;
        private final double[] attraction;
        private final double[] repulsion;
        private final double[] sums;
        private final double rate;

        Descent(NeighbourGraph graph, double[] start) {
            this.graph = graph;
            this.n = graph.rows();
            this.pieces = (n + PIECE - 1) / PIECE;
            this.tree = new QuadTree(n);
            this.places = start.clone();
            this.velocity = new double[2 * n];
            this.gains = new double[2 * n];
            Arrays.fill(gains, 1);
            this.attraction = new double[2 * n];
            this.repulsion = new double[2 * n];
            this.sums = new double[pieces];
            this.rate = Math.max(50, n / EXAGGERATION / 4);
        }

        void step(double exaggeration, double momentum) {
            tree.build(places);
            IntStream.range(0, pieces).parallel().forEach(this::forces);
            double sum = 0;
            for (double part : sums) sum += part;
            for (int c = 0; c < 2 * n; c++) {
                double gradient = 4 * (exaggeration * attraction[c] - repulsion[c] / sum);
                boolean overshot = gradient > 0 == velocity[c] > 0;
                gains[c] = Math.max(LEAST_GAIN, overshot ? gains[c] * 0.8 : gains[c] + 0.2);
                velocity[c] = momentum * velocity[c] - rate * gains[c] * gradient;
                places[c] += velocity[c];
            }
        }

        private void forces(int piece) {
            double[] push = new double[2];
            double sum = 0;
            for (int s = piece * PIECE; s < Math.min(n, (piece + 1) * PIECE); s++) {
                sum += tree.repulsion(s, opening, push);
                int i = tree.point(s);
                repulsion[2 * i] = push[0];
                repulsion[2 * i + 1] = push[1];
                attract(i);
            }
            sums[piece] = sum;
        }

        private void attract(int i) {
            double x = places[2 * i];
            double y = places[2 * i + 1];
            double pullX = 0;
            double pullY = 0;
            for (int e = graph.starts()[i]; e < graph.starts()[i + 1]; e++) {
                int other = 2 * graph.others()[e];
                double dx = x - places[other];
                double dy = y - places[other + 1];
                double pull = graph.affinities()[e] / (1 + dx * dx + dy * dy);
                pullX += pull * dx;
                pullY += pull * dy;
            }
            attraction[2 * i] = pullX;
            attraction[2 * i + 1] = pullY;
        }
    }
}
