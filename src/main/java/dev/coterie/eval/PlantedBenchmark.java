package dev.coterie.eval;

import dev.coterie.error.StorageException;
import dev.coterie.features.Block;
import dev.coterie.invent.CsvFile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.RunListener;
import dev.coterie.run.RunSettings;
import dev.coterie.run.SegmentationRun;
import dev.coterie.run.SegmentationRun.Segmented;
import dev.coterie.run.SourceFile;
import dev.coterie.segment.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Sends planted data sets the product's own way, from files to segments, and scores what comes out.
 *
 * @param folder where the files are written, one data set over the other
 * @param trueNumber gives the run the planted number of groups; otherwise it finds its own. A
 *     family without groups has no number to give.
 * @param algorithm as of a run; HDBSCAN* always finds its own number of groups
 * @param balance factors of the blocks as of a run; a block that is absent is automatic
 */
public record PlantedBenchmark(
        SegmentationRun run,
        Path folder,
        boolean trueNumber,
        Algorithm algorithm,
        Map<Block, Double> balance) {
    /** Every run has the product's default seed: what varies is the data. */
    private static final RunSettings DEFAULTS = RunSettings.defaults(Language.ENGLISH);

    public PlantedBenchmark {
        balance = Map.copyOf(balance);
    }

    /**
     * @throws dev.coterie.error.CancelledException if the listener asked to stop
     */
    public PlantedOutcome evaluate(PlantedData data, RunListener listener) {
        boolean given = trueNumber && data.family().hasGroups() && algorithm != Algorithm.HDBSCAN;
        var settings =
                new RunSettings(
                        List.of(),
                        given ? OptionalInt.of(data.family().groups()) : OptionalInt.empty(),
                        algorithm,
                        balance,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        DEFAULTS.language(),
                        DEFAULTS.seed());
        var files = write(data);
        long start = System.nanoTime();
        Segmented segmented = run.segment(run.embed(files, settings, listener), settings, listener);
        double seconds = (System.nanoTime() - start) / 1e9;
        return outcome(data, segmented, given, seconds);
    }

    private static PlantedOutcome outcome(
            PlantedData data, Segmented segmented, boolean given, double seconds) {
        var segmentation = segmented.segmentation();
        var fused = segmented.fused();
        var ids = fused.embedded().prepared().customers().ids();
        int[] truth = ids.stream().mapToInt(id -> data.truth().get(id)).toArray();
        return new PlantedOutcome(
                data.family(),
                data.seed(),
                truth.length,
                segmentation.k(),
                data.family().hasGroups()
                        ? Optional.of(scores(truth, segmentation.labels()))
                        : Optional.empty(),
                outliers(truth, segmentation.outlier()),
                fused.model().shares(),
                given ? Optional.empty() : Optional.of(segmentation.clear()),
                seconds);
    }

    /** Scores without the planted noise, which has no right segment. */
    private static Scores scores(int[] truth, int[] labels) {
        int[] members =
                IntStream.range(0, truth.length)
                        .filter(i -> truth[i] != PlantedData.NOISE)
                        .toArray();
        return Scores.of(
                IntStream.of(members).map(i -> truth[i]).toArray(),
                IntStream.of(members).map(i -> labels[i]).toArray());
    }

    private static OutlierScores outliers(int[] truth, boolean[] outlier) {
        int flagged = 0;
        int planted = 0;
        int both = 0;
        for (int i = 0; i < truth.length; i++) {
            boolean noise = truth[i] == PlantedData.NOISE;
            if (outlier[i]) flagged++;
            if (noise) planted++;
            if (outlier[i] && noise) both++;
        }
        return new OutlierScores(flagged, planted, both);
    }

    private List<SourceFile> write(PlantedData data) {
        var files = new ArrayList<SourceFile>();
        for (CsvFile file : data.files()) {
            files.add(new SourceFile(write(folder, file), file.name()));
        }
        return files;
    }

    static Path write(Path folder, CsvFile file) {
        Path path = folder.resolve(file.name());
        try {
            Files.createDirectories(folder);
            Files.writeString(path, file.csv());
            return path;
        } catch (IOException e) {
            throw new StorageException(Message.of("eval.cannot_write", "path", path.toString()), e);
        }
    }
}
