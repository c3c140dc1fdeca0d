package dev.coterie.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which clusters of a mixture to join when there are more than are wanted: those whose customers
 * lose the least likelihood by it.
 *
 * @see <a href="https://doi.org/10.1137/S1064827596311451">Fraley, algorithms for model-based
 *     Gaussian hierarchical clustering, 1998</a>
 */
final class ClusterJoins {
    private ClusterJoins() {}

    private record Pair(int first, int second, double loss) {}

    /**
     * Pairs of clusters, the cheapest first, no cluster in two of them.
     *
     * @param most pairs, at least 1
     */
    static List<int[]> cheapest(MixtureFit.Fitted fitted, int most) {
        int k = fitted.model().clusters();
        double[] sizes = MixtureFit.sizes(fitted.responsibilities());
        var pairs = new ArrayList<Pair>();
        for (int a = 0; a < k; a++) {
            for (int b = a + 1; b < k; b++) {
                pairs.add(new Pair(a, b, loss(fitted.model(), sizes, a, b)));
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::loss));
        boolean[] taken = new boolean[k];
        var chosen = new ArrayList<int[]>();
        for (Pair pair : pairs) {
            if (taken[pair.first()] || taken[pair.second()]) continue;
            taken[pair.first()] = true;
            taken[pair.second()] = true;
            chosen.add(new int[] {pair.first(), pair.second()});
            if (chosen.size() == most) break;
        }
        return chosen;
    }

    /**
     * Nats that the rows of two clusters lose if both have the distributions of the two together.
     */
    private static double loss(MixtureModel model, double[] sizes, int a, int b) {
        double both = sizes[a] + sizes[b];
        if (both == 0) return 0;
        double loss = 0;
        for (var part : model.numbers()) {
            double square = squaredDistance(part.centres()[a], part.centres()[b]);
            loss += part.weight() * 0.5 * sizes[a] * sizes[b] / both * square;
        }
        for (var part : model.levels()) {
            double[] x = part.logShares()[a];
            double[] y = part.logShares()[b];
            for (int l = 0; l < x.length; l++) {
                double ofA = sizes[a] * Math.exp(x[l]);
                double ofB = sizes[b] * Math.exp(y[l]);
                double together = Math.log((ofA + ofB) / both);
                loss += part.weight() * (ofA * (x[l] - together) + ofB * (y[l] - together));
            }
        }
        return loss;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double square = 0;
        for (int j = 0; j < a.length; j++) square += (a[j] - b[j]) * (a[j] - b[j]);
        return square;
    }
}
