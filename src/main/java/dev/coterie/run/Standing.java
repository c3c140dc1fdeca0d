package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.language.Message;
import dev.coterie.segment.Cut;
import dev.coterie.segment.Segmentation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run's segments stand after people changed them.
 *
 * @param cut segment 0..k-1 of each micro-cluster
 * @param ids of the segments, in order of their numbers
 * @param placed row of each customer that a person placed, with its segment 0..k-1
 */
record Standing(Cut cut, List<String> ids, Map<Integer, Integer> placed) {
    Standing {
        ids = List.copyOf(ids);
        placed = Map.copyOf(placed);
    }

    static Standing of(FinishedRun run) {
        return new Standing(
                run.analysis().segmentation().hierarchy().cut(), run.segmentIds(), run.placed());
    }

    /** True if the same customers stand in the same segments; a new segment's id may differ. */
    boolean sameMembers(Standing other) {
        return cut.equals(other.cut) && placed.equals(other.placed);
    }

    /** The run's customers in these segments, as nobody had described them yet. */
    Segmentation segmentation(Run run, Analysis analysis, Segmentation found) {
        if (cut.equals(found.hierarchy().cut()) && placed.isEmpty()) return found;
        boolean asFound = cut.equals(found.hierarchy().cut());
        return found.recut(
                analysis.features(),
                cut,
                placed,
                run.settings().seed(),
                asFound
                        ? found.reason()
                        : Message.of(
                                "segment.reason_edited", "k", cut.segments(), "found", found.k()));
    }

    /**
     * The analysis under these segments.
     *
     * @param analysis as it stands before
     * @param found what the run found
     * @param stages describe what changed
     * @param stored the description, if it is known; else the changed segments are described again
     */
    Analysis over(
            Run run,
            Analysis analysis,
            Segmentation found,
            SegmentationRun stages,
            Optional<Description> stored) {
        Segmentation after = segmentation(run, analysis, found);
        Description description =
                stored.orElseGet(
                        () ->
                                stages.describeAgain(
                                        analysis,
                                        after,
                                        unchanged(analysis.segmentation(), after),
                                        run.settings()));
        return analysis.with(after, description);
    }

    /**
     * For each segment of a segmentation the number 0..k-1 under which the very same customers
     * stood before, with the same outliers; -1 where there is none.
     */
    static int[] unchanged(Segmentation before, Segmentation after) {
        int[] was = new int[after.k()];
        Arrays.fill(was, Integer.MAX_VALUE);
        for (int row = 0; row < after.labels().length; row++) {
            int now = after.labels()[row];
            int then = before.labels()[row];
            boolean alike = before.outlier()[row] == after.outlier()[row];
            if (was[now] == Integer.MAX_VALUE) was[now] = then;
            if (was[now] != then || !alike) was[now] = -1;
        }
        for (int s = 0; s < was.length; s++) {
            boolean same =
                    was[s] >= 0 && was[s] < before.k() && before.size(was[s]) == after.size(s);
            if (!same) was[s] = -1;
        }
        return was;
    }
}
