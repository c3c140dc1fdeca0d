package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** How fast k-means is beside others, on the same rows in the same run. */
@Tag("bench")
class KMeansBenchTest {
    private static final int ITERATIONS = 15;
    private static final int ROUNDS = 9;
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir Path folder;

    /** Rows in single precision, as float64: the peer reads the same numbers as float32. */
    private static double[] rows(int n, int d, int k, double spread) {
        double[] rows = AssignmentTest.blobs(n, d, k, spread, 7);
        for (int i = 0; i < rows.length; i++) rows[i] = (float) rows[i];
        return rows;
    }

    private static void write(Path file, double[] values) throws IOException {
        var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) bytes.putFloat((float) value);
        Files.write(file, bytes.array());
    }

    private static double milliseconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** scikit-learn in a process of its own, which holds the data and waits for its turn. */
    private record Peer(Process process, Writer in, BufferedReader out, String libraries) {
        /** Several ticks of the clock that processor time is counted by. */
        private static final Duration UNNOTICED = Duration.ofMillis(50);

        static Peer start(Path folder, int n, int d, int k) throws IOException {
            Path script = folder.resolve("sklearn_kmeans.py");
            try (var text = KMeansBenchTest.class.getResourceAsStream("/bench/sklearn_kmeans.py")) {
                Files.copy(text, script, StandardCopyOption.REPLACE_EXISTING);
            }
            var builder =
                    new ProcessBuilder(
                            PYTHON,
                            script.toString(),
                            folder.resolve("rows.f32").toString(),
                            folder.resolve("centroids.f32").toString(),
                            "" + n,
                            "" + d,
                            "" + k,
                            "" + ITERATIONS);
            // so that OpenBLAS takes the kernels it finds best for this processor
            builder.environment().remove("OPENBLAS_CORETYPE");
            builder.environment().remove("OPENBLAS_L2_SIZE");
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
            var process = builder.start();
            var out = process.inputReader(StandardCharsets.UTF_8);
            return new Peer(
                    process, process.outputWriter(StandardCharsets.UTF_8), out, out.readLine());
        }

        /**
         * Returns once the process takes no more processor time: its threads spin for a moment
         * after their work, and the next turn would be measured beside them.
         */
        void untilIdle() {
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            Duration before;
            do {
                before = processorTime();
                LockSupport.parkNanos(UNNOTICED.toNanos());
            } while (!processorTime().equals(before) && System.nanoTime() < deadline);
        }

        private Duration processorTime() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }

        /** Milliseconds, inertia and iterations of one fit. */
        double[] fit(String algorithm) {
            try {
                in.write(algorithm + "\n");
                in.flush();
                return Arrays.stream(out.readLine().split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static boolean sklearnIsThere() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON))) return false;
        var process =
                new ProcessBuilder(PYTHON, "-c", "import sklearn, threadpoolctl")
                        .redirectErrorStream(true)
                        .start();
        process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {});
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @ParameterizedTest
    @CsvSource({
        "blobs, 100000, 64, 12, 1.0", "overlapping, 100000, 64, 12, 0.15",
        "blobs, 20000, 384, 20, 1.0", "overlapping, 20000, 384, 20, 0.06",
    })
    void isAtLeastAsFastAsScikitLearn(String name, int n, int d, int k, double spread)
            throws Exception {
        assumeTrue(sklearnIsThere(), "not run: needs " + PYTHON + " with python3-sklearn");
        double[] rows = rows(n, d, k, spread);
        double[][] start = AssignmentTest.firstRows(rows, d, k);
        write(folder.resolve("rows.f32"), rows);
        write(folder.resolve("centroids.f32"), Arrays.copyOf(rows, k * d));
        var kMeans = new KMeans(k, 1, ITERATIONS, 1);
        double inertia = 0;
        for (int warmUp = 0; warmUp < 12; warmUp++) {
            inertia = kMeans.fitFrom(rows, n, d, start).inertia();
        }
        double[] ours = new double[ROUNDS];
        double[] lloyd = new double[ROUNDS];
        double[] elkan = new double[ROUNDS];
        double[] last = {};
        Peer peer = Peer.start(folder, n, d, k);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                ours[round] = milliseconds(() -> kMeans.fitFrom(rows, n, d, start));
                elkan[round] = peer.fit("elkan")[0];
                peer.untilIdle();
                last = peer.fit("lloyd");
                lloyd[round] = last[0];
                peer.untilIdle();
            }
        } finally {
            peer.in.close();
            if (!peer.process.waitFor(10, TimeUnit.SECONDS)) peer.process.destroyForcibly();
        }
        print("%s %,d x %d, k = %d; %s", name, n, d, k, peer.libraries);
        print(
                "  median ms: Coterie %.0f, lloyd %.0f (%.1f times), elkan %.0f (%.1f times);"
                        + " iterations %d and %.0f, inertia differs by %.1e",
                median(ours),
                median(lloyd),
                median(lloyd) / median(ours),
                median(elkan),
                median(elkan) / median(ours),
                ITERATIONS,
                last[2],
                Math.abs(inertia / last[1] - 1));
        assertEquals(last[1], inertia, 1e-4 * inertia);
        assertTrue(median(ours) <= median(lloyd), "slower than scikit-learn's lloyd");
        assertTrue(median(ours) <= median(elkan), "slower than scikit-learn's elkan");
    }

    @ParameterizedTest
    @CsvSource({"100000, 64, 12", "20000, 384, 20"})
    void isAtLeastFiveTimesAsFastAsTribuo(int n, int d, int k) {
        int iterations = 10;
        double[] rows = rows(n, d, k, 0.15);
        var factory = new ClusteringFactory();
        var dataset =
                new MutableDataset<ClusterID>(
                        new SimpleDataSourceProvenance("rows", factory), factory);
        String[] names =
                IntStream.range(0, d)
                        .mapToObj(j -> String.format(Locale.ROOT, "f%03d", j))
                        .toArray(String[]::new);
        for (int i = 0; i < n; i++) {
            Example<ClusterID> row =
                    new ArrayExample<>(
                            ClusteringFactory.UNASSIGNED_CLUSTER_ID,
                            names,
                            Arrays.copyOfRange(rows, i * d, (i + 1) * d));
            dataset.add(row);
        }
        var trainer =
                new KMeansTrainer(
                        k,
                        iterations,
                        new L2Distance(),
                        KMeansTrainer.Initialisation.PLUSPLUS,
                        Runtime.getRuntime().availableProcessors(),
                        1);
        Logger.getLogger(KMeansTrainer.class.getName()).setLevel(Level.WARNING);
        var kMeans = new KMeans(k, 1, iterations, 1);
        double[] ours = new double[5];
        double[] theirs = new double[ours.length];
        for (int round = -5; round < ours.length; round++) {
            double own = milliseconds(() -> kMeans.fit(rows, n, d));
            double other = milliseconds(() -> trainer.train(dataset));
            if (round < 0) continue;
            ours[round] = own;
            theirs[round] = other;
        }
        double ratio = median(theirs) / median(ours);
        print(
                "%,d x %d, k = %d, seeding and %d iterations: Coterie %.0f ms, Tribuo %.0f ms (%.0f"
                        + " times)",
                n, d, k, iterations, median(ours), median(theirs), ratio);
        assertTrue(ratio >= 5);
    }

    @Test
    void costsTheSamePerRowFromTenThousandToAMillion() {
        int d = 64;
        double[] perRow = new double[3];
        int[] sizes = {10_000, 100_000, 1_000_000};
        for (int s = 0; s < sizes.length; s++) {
            int n = sizes[s];
            double[] rows = rows(n, d, 12, 0.3);
            var kMeans = new KMeans(12, 8, 100, 42);
            for (int warmUp = 0; warmUp < 4_000 / Math.sqrt(n); warmUp++) kMeans.fit(rows, n, d);
            double milliseconds = milliseconds(() -> kMeans.fit(rows, n, d));
            perRow[s] = milliseconds * 1000 / n;
            print(
                    "%,d x %d, k = 12, 8 starts: %.0f ms, %.2f µs a row",
                    n, d, milliseconds, perRow[s]);
        }
        assertTrue(perRow[2] <= 1.5 * Math.max(perRow[0], perRow[1]), "the cost per row rises");
    }
}
