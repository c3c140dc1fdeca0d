package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.segment.CustomerMap;
import dev.coterie.segment.CutAssigner;
import dev.coterie.segment.Membership;
import dev.coterie.segment.Segmentation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** A finished run in memory with the ids its customers have outside. Immutable and thread-safe. */
public final class FinishedRun {
    private static final int FIRST_BLOCK_MEMBERS = 50;

    private final Run run;
    private final Analysis analysis;
    private final List<String> segmentIds;
    private final String[] customerIds;
    private final Map<String, Integer> rowsById;
    private final Map<String, Integer> rowsBySource;
    private final int[] mapOrder;
    private final CutAssigner assigner;
    private final double[] mean;
    private final Segmentation found;
    private final Map<Integer, Integer> placed;
    private final Object naming = new Object();
    private CustomerMap map;
    private Called called;

    /** The analysis with the names that people gave. */
    private record Called(Map<Integer, String> names, Analysis analysis) {}

    /** As the run found it. */
    FinishedRun(Run run, Analysis analysis, List<String> segmentIds) {
        this(run, analysis, segmentIds, analysis.segmentation(), Map.of());
    }

    /**
     * @param found the segments before anybody changed them
     * @param placed row of each customer that a person placed, with its segment 0..k-1
     */
    FinishedRun(
            Run run,
            Analysis analysis,
            List<String> segmentIds,
            Segmentation found,
            Map<Integer, Integer> placed) {
        this.run = run;
        this.analysis = analysis;
        this.segmentIds = List.copyOf(segmentIds);
        this.found = found;
        this.placed = Map.copyOf(placed);
        List<String> sources = analysis.customers().ids();
        this.customerIds = new String[sources.size()];
        this.rowsById = new HashMap<>(sources.size() * 2);
        this.rowsBySource = new HashMap<>(sources.size() * 2);
        for (int row = 0; row < customerIds.length; row++) {
            customerIds[row] = Ids.derived("cus_", run.project(), sources.get(row));
            rowsById.put(customerIds[row], row);
            rowsBySource.put(sources.get(row), row);
        }
        this.mapOrder = order(analysis, run.settings().seed());
        this.assigner = CutAssigner.of(analysis.segmentation(), analysis.features());
        this.mean = mean(analysis.features());
    }

    public Run run() {
        return run;
    }

    public Analysis analysis() {
        return analysis;
    }

    /**
     * The analysis with the names that people gave: the same object as long as they are the same,
     * so that what is worked out of it can be kept.
     *
     * @param names by the segment's id; a segment without one keeps the name it was given
     */
    Analysis called(Map<String, String> names) {
        var byNumber = new HashMap<Integer, String>();
        names.forEach((id, name) -> segmentNumber(id).ifPresent(n -> byNumber.put(n, name)));
        if (byNumber.isEmpty()) return analysis;
        synchronized (naming) {
            if (called == null || !called.names().equals(byNumber)) {
                var told = analysis.description().called(byNumber);
                called = new Called(byNumber, analysis.with(analysis.segmentation(), told));
            }
            return called.analysis();
        }
    }

    public CutAssigner assigner() {
        return assigner;
    }

    /** Places new customers on the map; made when first asked for. */
    public synchronized CustomerMap map() {
        if (map == null) {
            map =
                    CustomerMap.of(
                            analysis.features(),
                            analysis.segmentation().map(),
                            run.settings().seed());
        }
        return map;
    }

    /** The same as the ledger tells of it by now. */
    FinishedRun as(Run told) {
        return new FinishedRun(told, analysis, segmentIds, found, placed);
    }

    /** The same run after people changed its segments. */
    FinishedRun with(Run other, Analysis changed, Standing standing) {
        return new FinishedRun(other, changed, standing.ids(), found, standing.placed());
    }

    /** The segments as the run found them. */
    public Segmentation found() {
        return found;
    }

    /** Row of each customer that a person placed, with its segment 0..k-1. */
    public Map<Integer, Integer> placed() {
        return placed;
    }

    /** The middle of all customers in feature space. */
    public double[] mean() {
        return mean.clone();
    }

    private static double[] mean(FeatureMatrix features) {
        double[] mean = new double[features.columns()];
        for (int row = 0; row < features.rows(); row++) {
            for (int j = 0; j < mean.length; j++) mean[j] += features.get(row, j) / features.rows();
        }
        return mean;
    }

    public int customers() {
        return customerIds.length;
    }

    /** Ids of its segments, by number. */
    List<String> segmentIds() {
        return segmentIds;
    }

    /**
     * @param number 1..k
     */
    public String segmentId(int number) {
        return segmentIds.get(number - 1);
    }

    /** Number 1..k of a segment of this run; empty if it is another run's. */
    public OptionalInt segmentNumber(String id) {
        int index = segmentIds.indexOf(id);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + 1);
    }

    /** Who is in which segment, by what names the customers in other runs too. */
    Membership members() {
        var segmentation = analysis.segmentation();
        return new Membership(
                CustomerKeys.of(analysis.collected(), analysis.customers()),
                segmentation.labels(),
                segmentation.k());
    }

    public String customerId(int row) {
        return customerIds[row];
    }

    public String sourceId(int row) {
        return analysis.customers().ids().get(row);
    }

    /**
     * @param id {@code cus_} id or the id from the file
     */
    public OptionalInt row(String id) {
        Integer row = rowsById.get(id);
        if (row == null) row = rowsBySource.get(id);
        return row == null ? OptionalInt.empty() : OptionalInt.of(row);
    }

    OptionalInt sourceRow(String id) {
        Integer row = rowsBySource.get(id);
        return row == null ? OptionalInt.empty() : OptionalInt.of(row);
    }

    public String textId(int index) {
        return Ids.derived("txt_", run.id(), Integer.toString(index));
    }

    /** Customers in the order of the map: shuffled by the run's seed, small segments early. */
    public int[] mapOrder() {
        return mapOrder.clone();
    }

    public int customerAt(int mapIndex) {
        return mapOrder[mapIndex];
    }

    /**
     * A plain shuffle, but the first 50 members of each segment stand in front, so that the first
     * block shows every segment; the front is shuffled again.
     */
    private static int[] order(Analysis analysis, long seed) {
        int n = analysis.customers().customers();
        int[] shuffled = new int[n];
        for (int i = 0; i < n; i++) shuffled[i] = i;
        var random = new SplittableRandom(seed);
        shuffle(shuffled, n, random);
        int[] labels = analysis.segmentation().labels();
        int[] taken = new int[analysis.segmentation().k()];
        int[] order = new int[n];
        int front = 0;
        for (int i : shuffled) {
            if (taken[labels[i]]++ < FIRST_BLOCK_MEMBERS) order[front++] = i;
        }
        int at = front;
        int[] seen = new int[taken.length];
        for (int i : shuffled) if (seen[labels[i]]++ >= FIRST_BLOCK_MEMBERS) order[at++] = i;
        shuffle(order, front, random);
        return order;
    }

    private static void shuffle(int[] values, int length, SplittableRandom random) {
        for (int i = length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
    }
}
