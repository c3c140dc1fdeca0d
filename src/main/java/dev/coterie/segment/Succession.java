package dev.coterie.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What became of an earlier run's segments in a later run: which live on, and who moved where.
 *
 * <p>Only customers of both runs can tell. The Jaccard similarity of an earlier and a later segment
 * is the share of their common customers among the customers of either; segments are paired so that
 * the sum of the similarities is largest, and a pair below {@value #SAME_SEGMENT} is not made. At
 * that value the common customers are half of the two segments' mean size.
 *
 * <p>Counts add up: every row of {@code flow} with its {@code gone} is the earlier segment, every
 * column with its {@code joined} is the later one. Instances are immutable.
 *
 * @param flow earlier × later: customers of both runs
 * @param gone for each earlier segment its customers whom the later run does not have
 * @param joined for each later segment its customers whom the earlier run does not have
 * @param successor for each earlier segment the later one that it lives on as, or -1
 * @see <a href="https://doi.org/10.1145/1150402.1150491">Spiliopoulou, Ntoutsi, Theodoridis and
 *     Schult, MONIC: modeling and monitoring cluster transitions, 2006</a>
 * @see <a href="https://doi.org/10.1109/ASONAM.2010.17">Greene, Doyle and Cunningham, Tracking the
 *     evolution of communities in dynamic social networks, 2010</a>
 */
public record Succession(long[][] flow, long[] gone, long[] joined, int[] successor) {
    /** Least Jaccard similarity of a segment with what it lives on as. */
    public static final double SAME_SEGMENT = 1 / 3.0;

    /** Fewer common customers tell nothing, unless the earlier segment never had more. */
    private static final int LEAST_COMMON = 3;

    /** Least share of a segment's customers in each part that it split into. */
    private static final double BIG_SHARE = 0.25;

    /** A part came from a segment, or a segment went into another, from this share on. */
    private static final double MOSTLY = 0.5;

    /** Counts who is where and pairs the segments by their common customers. */
    public static Succession between(Membership before, Membership after) {
        Succession counted = along(before, after, new int[before.k()]);
        return new Succession(
                counted.flow, counted.gone, counted.joined, pairs(counted.flow, counted.gone));
    }

    /**
     * Counts who is where for segments whose successors are known.
     *
     * @param successor for each earlier segment the later one that it lives on as, or -1
     */
    public static Succession along(Membership before, Membership after, int[] successor) {
        long[][] flow = new long[before.k()][after.k()];
        long[] gone = new long[before.k()];
        long[] joined = new long[after.k()];
        Map<String, Integer> earlier = new HashMap<>(before.customers().size() * 2);
        for (int i = 0; i < before.labels().length; i++) {
            earlier.put(before.customers().get(i), before.labels()[i]);
            gone[before.labels()[i]]++;
        }
        for (int i = 0; i < after.labels().length; i++) {
            Integer from = earlier.get(after.customers().get(i));
            if (from == null) {
                joined[after.labels()[i]]++;
            } else {
                flow[from][after.labels()[i]]++;
                gone[from]--;
            }
        }
        return new Succession(flow, gone, joined, successor);
    }

    private static int[] pairs(long[][] flow, long[] gone) {
        double[][] similarity = new double[flow.length][];
        long[] later = columnSums(flow);
        for (int i = 0; i < flow.length; i++) {
            long earlier = Arrays.stream(flow[i]).sum();
            long enough = Math.max(1, Math.min(LEAST_COMMON, earlier + gone[i]));
            similarity[i] = new double[later.length];
            for (int j = 0; j < later.length; j++) {
                double jaccard = jaccard(flow[i][j], earlier, later[j]);
                boolean same = jaccard >= SAME_SEGMENT && flow[i][j] >= enough;
                similarity[i][j] = same ? jaccard : 0;
            }
        }
        return LinearAssignment.maximum(similarity);
    }

    private static double jaccard(long common, long earlier, long later) {
        return common == 0 ? 0 : (double) common / (earlier + later - common);
    }

    private static long[] columnSums(long[][] flow) {
        long[] sums = new long[flow.length == 0 ? 0 : flow[0].length];
        for (long[] row : flow) for (int j = 0; j < sums.length; j++) sums[j] += row[j];
        return sums;
    }

    /** Number of earlier segments. */
    public int earlier() {
        return gone.length;
    }

    /** Number of later segments. */
    public int later() {
        return joined.length;
    }

    /** For each later segment the earlier one that lives on as it, or -1. */
    public int[] predecessor() {
        int[] predecessor = new int[later()];
        Arrays.fill(predecessor, -1);
        for (int i = 0; i < successor.length; i++) {
            if (successor[i] >= 0) predecessor[successor[i]] = i;
        }
        return predecessor;
    }

    /** Customers of both runs. */
    public long shared() {
        return Arrays.stream(columnSums(flow)).sum();
    }

    /** Customers of an earlier segment that the later run has. */
    public long sharedOfEarlier(int i) {
        return Arrays.stream(flow[i]).sum();
    }

    /** Customers of a later segment that the earlier run had. */
    public long sharedOfLater(int j) {
        long sum = 0;
        for (long[] row : flow) sum += row[j];
        return sum;
    }

    public long sizeOfEarlier(int i) {
        return sharedOfEarlier(i) + gone[i];
    }

    public long sizeOfLater(int j) {
        return sharedOfLater(j) + joined[j];
    }

    /** Customers whose segment lives on and who are still in it. */
    public long stayed() {
        long sum = 0;
        for (int i = 0; i < successor.length; i++) {
            if (successor[i] >= 0) sum += flow[i][successor[i]];
        }
        return sum;
    }

    /** Customers of both runs who are now in another segment. */
    public long moved() {
        return shared() - stayed();
    }

    /** Customers of the earlier run alone. */
    public long goneCustomers() {
        return Arrays.stream(gone).sum();
    }

    /** Customers of the later run alone. */
    public long newCustomers() {
        return Arrays.stream(joined).sum();
    }

    /** Jaccard similarity over the customers of both runs, 0..1. */
    public double similarity(int i, int j) {
        return jaccard(flow[i][j], sharedOfEarlier(i), sharedOfLater(j));
    }

    /** Later segments that no earlier one lives on as, ascending. */
    public List<Integer> born() {
        int[] predecessor = predecessor();
        return IntStream.range(0, later()).filter(j -> predecessor[j] < 0).boxed().toList();
    }

    /** Earlier segments that live on as none, ascending. */
    public List<Integer> died() {
        return IntStream.range(0, earlier()).filter(i -> successor[i] < 0).boxed().toList();
    }

    /**
     * A segment that became several, or several that became one.
     *
     * @param whole the one
     * @param parts the several, ascending
     */
    public record Regrouping(int whole, List<Integer> parts) {
        public Regrouping {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Earlier segments with two or more later ones that each hold a quarter of them or more and
     * came mostly from them.
     */
    public List<Regrouping> splits() {
        var splits = new ArrayList<Regrouping>();
        for (int i = 0; i < earlier(); i++) {
            var parts = new ArrayList<Integer>();
            for (int j = 0; j < later(); j++) {
                boolean big = flow[i][j] > 0 && flow[i][j] >= BIG_SHARE * sharedOfEarlier(i);
                if (big && flow[i][j] >= MOSTLY * sharedOfLater(j)) parts.add(j);
            }
            if (parts.size() >= 2) splits.add(new Regrouping(i, parts));
        }
        return splits;
    }

    /** Later segments that most of each of two or more earlier ones went into. */
    public List<Regrouping> merges() {
        var merges = new ArrayList<Regrouping>();
        for (int j = 0; j < later(); j++) {
            var parts = new ArrayList<Integer>();
            for (int i = 0; i < earlier(); i++) {
                if (flow[i][j] > 0 && flow[i][j] >= MOSTLY * sharedOfEarlier(i)) parts.add(i);
            }
            if (parts.size() >= 2) merges.add(new Regrouping(j, parts));
        }
        return merges;
    }

    /**
     * Places for the later segments so that each that continues an earlier one has its place, if
     * the later run has that many; the others take the places left, in their order.
     *
     * @return for each later segment its place, a permutation of 0..later-1
     */
    public int[] places() {
        int[] place = new int[later()];
        Arrays.fill(place, -1);
        boolean[] taken = new boolean[later()];
        int[] predecessor = predecessor();
        for (int j = 0; j < place.length; j++) {
            if (predecessor[j] < 0 || predecessor[j] >= place.length) continue;
            place[j] = predecessor[j];
            taken[predecessor[j]] = true;
        }
        int free = 0;
        for (int j = 0; j < place.length; j++) {
            if (place[j] >= 0) continue;
            while (taken[free]) free++;
            place[j] = free;
            taken[free] = true;
        }
        return place;
    }

    /**
     * The same with the later segments at other places.
     *
     * @param place for each later segment its new place, a permutation of 0..later-1
     */
    public Succession replaced(int[] place) {
        long[][] moved = new long[earlier()][later()];
        long[] arrived = new long[later()];
        for (int j = 0; j < later(); j++) {
            arrived[place[j]] = joined[j];
            for (int i = 0; i < earlier(); i++) moved[i][place[j]] = flow[i][j];
        }
        int[] next = Arrays.stream(successor).map(j -> j < 0 ? -1 : place[j]).toArray();
        return new Succession(moved, gone, arrived, next);
    }
}
