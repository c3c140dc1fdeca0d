package dev.coterie.describe;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The customers of one segment, or of several that stand together.
 *
 * @param segments 0..k-1, ascending
 */
record Group(int[] segments) {
    static List<Group> each(int k) {
        return IntStream.range(0, k).mapToObj(s -> new Group(new int[] {s})).toList();
    }

    static Group of(List<Integer> segments) {
        return new Group(segments.stream().mapToInt(s -> s).toArray());
    }

    boolean holds(int segment) {
        return Arrays.binarySearch(segments, segment) >= 0;
    }

    /** For each customer whether it is inside. */
    boolean[] inside(int[] labels) {
        boolean[] inside = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) inside[i] = holds(labels[i]);
        return inside;
    }

    /** The sum of a count over the segments. */
    int sum(int[] bySegment) {
        int sum = 0;
        for (int s : segments) sum += bySegment[s];
        return sum;
    }
}
