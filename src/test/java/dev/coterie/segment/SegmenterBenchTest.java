package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time of the whole stage: choice of k, clusters, certificate, tree and map. */
@Tag("bench")
class SegmenterBenchTest {
    private static final int COLUMNS = 64;

    @ParameterizedTest
    @CsvSource({"10000,auto", "100000,auto", "10000,12", "100000,12", "1000000,12"})
    void customersAreSegmented(int n, String k) {
        var features = planted(n, 12);
        long start = System.nanoTime();
        var clusters = k.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(k));
        var found = new Segmenter(clusters, 42).fit(features, Progress.NONE);
        double seconds = (System.nanoTime() - start) / 1e9;
        long peak =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(p -> p.getType() == MemoryType.HEAP)
                        .mapToLong(p -> p.getPeakUsage().getUsed())
                        .sum();
        System.out.printf(
                "%,d x %d, k %s: %d segments in %.1f s, %.1f microseconds a row, heap at most %,d MB%n",
                n, COLUMNS, k, found.k(), seconds, 1e6 * seconds / n, peak / 1_000_000);
        assertEquals(n, found.labels().length);
    }

    /** 40 text components, 16 habits and 8 numbers of a profile, in groups that overlap. */
    private static FeatureMatrix planted(int n, int groups) {
        var random = new SplittableRandom(3);
        var features = new ArrayList<Feature>();
        for (int j = 0; j < 40; j++) features.add(new Feature("t" + j, Block.TEXT, "text"));
        for (int j = 0; j < 16; j++) features.add(new Feature("b" + j, Block.BEHAVIOUR, "b" + j));
        for (int j = 0; j < 8; j++) features.add(new Feature("n" + j, Block.PROFILE, "n" + j));
        double[][] centres = new double[groups][COLUMNS];
        for (double[] centre : centres) {
            for (int j = 0; j < COLUMNS; j++) centre[j] = 0.7 * random.nextGaussian();
        }
        double[] values = new double[n * COLUMNS];
        for (int i = 0; i < n; i++) {
            double[] centre = centres[random.nextInt(groups)];
            for (int j = 0; j < COLUMNS; j++) {
                values[i * COLUMNS + j] = centre[j] + random.nextGaussian();
            }
        }
        return new FeatureMatrix(features, n, values);
    }
}
