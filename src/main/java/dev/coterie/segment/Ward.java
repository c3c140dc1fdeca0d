package dev.coterie.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ward's agglomeration of weighted points by nearest-neighbour chains.
 *
 * <p>The cost of a union is the rise of the sum of squared distances to the means, |A||B| / (|A| +
 * |B|) · ‖a - b‖²; since it needs only sizes and means, no matrix of distances is kept. Cost
 * O(n²·d).
 *
 * @see <a href="https://doi.org/10.1080/01621459.1963.10500845">Ward, 1963</a>
 * @see <a href="https://doi.org/10.1007/s00357-014-9161-z">Murtagh and Legendre, 2014</a>
 */
final class Ward {
    private final double[][] means;
    private final double[] sizes;
    private final boolean[] active;
    private final int points;
    private final List<Union> unions = new ArrayList<>();

    /**
     * Two groups that become one.
     *
     * @param left a point 0..n-1, or n + the place of an earlier union in the list
     * @param cost rise of the sum of squared distances, at least that of the unions inside
     */
    record Union(int left, int right, double cost) {}

    private Ward(double[][] points, double[] sizes) {
        this.points = points.length;
        int nodes = Math.max(1, 2 * this.points - 1);
        this.means = new double[nodes][];
        this.sizes = new double[nodes];
        this.active = new boolean[nodes];
        for (int i = 0; i < this.points; i++) {
            means[i] = points[i];
            this.sizes[i] = sizes[i];
            active[i] = true;
        }
    }

    /**
     * @param points n×d
     * @param sizes weight of each point, 0 or more
     * @return n - 1 unions from the cheapest to the dearest; on a tie the order in which they were
     *     found, which has every group before the union that takes it up
     */
    static List<Union> agglomerate(double[][] points, double[] sizes) {
        var ward = new Ward(points, sizes);
        ward.follow();
        return ward.sorted();
    }

    private void follow() {
        int[] chain = new int[means.length];
        int length = 0;
        while (unions.size() < points - 1) {
            if (length == 0) chain[length++] = firstActive();
            int top = chain[length - 1];
            int before = length > 1 ? chain[length - 2] : -1;
            int nearest = nearest(top, before);
            if (nearest != before) {
                chain[length++] = nearest;
                continue;
            }
            length -= 2;
            unite(Math.min(top, before), Math.max(top, before));
        }
    }

    private int firstActive() {
        int i = 0;
        while (!active[i]) i++;
        return i;
    }

    /** The chain's own last link wins a tie, so that the chain cannot run in circles. */
    private int nearest(int node, int before) {
        int best = before;
        double least = before < 0 ? Double.POSITIVE_INFINITY : cost(node, before);
        for (int other = 0; other < points + unions.size(); other++) {
            if (!active[other] || other == node) continue;
            double cost = cost(node, other);
            if (cost < least || best < 0) {
                least = cost;
                best = other;
            }
        }
        return best;
    }

    private double cost(int a, int b) {
        double both = sizes[a] + sizes[b];
        if (both == 0) return 0;
        double squared = 0;
        for (int j = 0; j < means[a].length; j++) {
            double difference = means[a][j] - means[b][j];
            squared += difference * difference;
        }
        return sizes[a] * sizes[b] / both * squared;
    }

    private void unite(int left, int right) {
        int node = points + unions.size();
        double cost = Math.max(cost(left, right), Math.max(costOf(left), costOf(right)));
        double both = sizes[left] + sizes[right];
        double share = both == 0 ? 0.5 : sizes[left] / both;
        means[node] = new double[means[left].length];
        for (int j = 0; j < means[node].length; j++) {
            means[node][j] = share * means[left][j] + (1 - share) * means[right][j];
        }
        sizes[node] = both;
        active[left] = false;
        active[right] = false;
        active[node] = true;
        unions.add(new Union(left, right, cost));
    }

    /** Rounding must not make a union cheaper than one inside it. */
    private double costOf(int node) {
        return node < points ? 0 : unions.get(node - points).cost();
    }

    private List<Union> sorted() {
        var order =
                IntStream.range(0, unions.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> unions.get(i).cost()))
                        .toList();
        int[] place = new int[unions.size()];
        for (int i = 0; i < place.length; i++) place[order.get(i)] = i;
        return order.stream()
                .map(unions::get)
                .map(u -> new Union(moved(u.left(), place), moved(u.right(), place), u.cost()))
                .toList();
    }

    private int moved(int node, int[] place) {
        return node < points ? node : points + place[node - points];
    }
}
