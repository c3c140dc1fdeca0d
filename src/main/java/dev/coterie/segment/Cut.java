package dev.coterie.segment;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which segment each micro-cluster belongs to. Segments are numbered 0..k-1 here, 1..k for people,
 * without gaps.
 *
 * <p>Numbers are kept wherever they can be. When a segment splits, its larger part keeps the number
 * and the other takes the next free one. When segments merge, the lowest number stays; each freed
 * number is taken by the segment with the highest one, so a merge renumbers at most one other
 * segment for each that goes.
 *
 * @param segment of each micro-cluster
 */
public record Cut(int[] segment) {
    public Cut {
        segment = segment.clone();
    }

    /**
     * A cut after a change.
     *
     * @param was the number that each segment had before, -1 for one that is new
     */
    public record Change(Cut cut, int[] was) {
        /**
         * Where each segment of the cut before went: to itself, to what it was merged into, or to
         * its larger part.
         */
        public int[] to(Cut before) {
            int[] to = new int[before.segments()];
            Arrays.fill(to, -1);
            for (int s = 0; s < was.length; s++) if (was[s] >= 0) to[was[s]] = s;
            for (int p = 0; p < before.segment.length; p++) {
                if (to[before.of(p)] < 0) to[before.of(p)] = cut.of(p);
            }
            return to;
        }
    }

    @Override
    public int[] segment() {
        return segment.clone();
    }

    public int of(int microCluster) {
        return segment[microCluster];
    }

    /** Number of segments. */
    public int segments() {
        int most = -1;
        for (int s : segment) most = Math.max(most, s);
        return most + 1;
    }

    /**
     * Makes one segment of several.
     *
     * @param merged at least two numbers, each once
     */
    public Change merge(int... merged) {
        int[] sorted = Arrays.stream(merged).distinct().sorted().toArray();
        int k = segments();
        if (sorted.length < 2 || sorted[0] < 0 || sorted[sorted.length - 1] >= k) {
            throw new IllegalArgumentException("merge takes two or more segments of the cut");
        }
        int[] now = segment.clone();
        int[] was = new int[k];
        for (int s = 0; s < k; s++) was[s] = s;
        for (int i = sorted.length - 1; i > 0; i--) {
            int freed = sorted[i];
            int last = --k;
            for (int p = 0; p < now.length; p++) {
                if (now[p] == freed) now[p] = sorted[0];
                else if (now[p] == last) now[p] = freed;
            }
            was[freed] = was[last];
        }
        return new Change(new Cut(now), Arrays.copyOf(was, k));
    }

    /**
     * Divides a segment where the tree's last merge joined its micro-clusters.
     *
     * @return empty if it is a single micro-cluster
     */
    public Optional<Change> split(int number, SegmentTree tree) {
        boolean[] inside = new boolean[segment.length];
        for (int p = 0; p < inside.length; p++) inside[p] = segment[p] == number;
        return tree.topSplit(inside)
                .map(
                        sides -> {
                            int k = segments();
                            int[] now = segment.clone();
                            for (int p : sides.smaller()) now[p] = k;
                            int[] was = new int[k + 1];
                            for (int s = 0; s < k; s++) was[s] = s;
                            was[k] = -1;
                            return new Change(new Cut(now), was);
                        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cut cut && Arrays.equals(segment, cut.segment);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(segment);
    }

    @Override
    public String toString() {
        return "Cut" + Arrays.toString(segment);
    }
}
