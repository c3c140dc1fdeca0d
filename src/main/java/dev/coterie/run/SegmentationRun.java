package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.segment.Segmentation;
import java.util.List;

/** The whole story: files in, described segments out. */
public final class SegmentationRun {
    /**
     * Runs every stage.
     *
     * @throws dev.coterie.error.InvalidInputException if the data cannot carry a run
     * @throws dev.coterie.error.CancelledException if the listener asked to stop
     */
    public Analysis execute(List<SourceFile> files, RunSettings settings, RunListener listener) {
        throw new IllegalStateException("not written yet");
    }

    /**
     * Rebuilds a finished run from its files and the stored outcome: reads and cleans again, takes
     * the vectors from the cache, and neither clusters nor describes again.
     */
    public Analysis restore(
            List<SourceFile> files,
            RunSettings settings,
            Segmentation segmentation,
            Description description) {
        throw new IllegalStateException("not written yet");
    }
}
