package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.Collector;
import dev.coterie.config.ConfigReader;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.VectorCache;
import dev.coterie.features.FeatureBuilder;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Preparation;
import dev.coterie.progress.Progress;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time of the map and how well it keeps neighbours. */
@Tag("bench")
class CustomerMapBenchTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {20_000, 20_000, 100_000})
    void customersAreLaidOut(int n) {
        report("planted", SegmenterTest.blobs(12, n, 64, 2.5, 1));
    }

    /**
     * Embeds thirty thousand texts, which takes minutes, unless the folder in COTERIE_DATA has
     * their vectors.
     */
    @Test
    void reviewsKeepTheirNeighbours() {
        double kept = report("womens-clothing", womensClothing());
        assertTrue(kept >= 0.9, "trustworthiness " + kept);
    }

    private static double report(String name, FeatureMatrix features) {
        long start = System.nanoTime();
        double cpu = cpuSeconds();
        var fitted = CustomerMap.fit(features, 42, Progress.NONE);
        double fit = (System.nanoTime() - start) / 1e9;
        var map = fitted.place(features);
        double all = (System.nanoTime() - start) / 1e9;
        cpu = cpuSeconds() - cpu;
        int every = Math.max(1, features.rows() / 2000);
        double kept = Trustworthiness.of(features, map, 15, every);
        double linear = Trustworthiness.of(features, Trustworthiness.linear(features), 15, every);
        System.out.printf(
                "map of %s, %d x %d: layout %.1f s, with placing %.1f s, processor %.1f s;"
                        + " trustworthiness %.4f, of two components %.4f%n",
                name, features.rows(), features.columns(), fit, all, cpu, kept, linear);
        System.out.printf(
                "  rank correlation of centroids' distances: %.3f%n", arrangement(features, map));
        var again = CustomerMap.of(features, map, 42).place(features);
        assertEquals(
                List.of(boxed(map.x()), boxed(map.y())),
                List.of(boxed(again.x()), boxed(again.y())));
        return kept;
    }

    private static List<Integer> boxed(int[] values) {
        return IntStream.of(values).boxed().toList();
    }

    private static double cpuSeconds() {
        var system =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return system.getProcessCpuTime() / 1e9;
    }

    /** Whether segments far apart in feature space are far apart on the map: Spearman's rho. */
    private static double arrangement(FeatureMatrix features, Segmentation.MapLayout map) {
        int k = 12;
        int d = features.columns();
        var model = new KMeans(k, 2, 50, 42).fit(features.values(), features.rows(), d);
        double[][] middles = new double[k][2];
        int[] sizes = new int[k];
        for (int i = 0; i < features.rows(); i++) {
            int label = model.labels()[i];
            sizes[label]++;
            middles[label][0] += map.x()[i];
            middles[label][1] += map.y()[i];
        }
        for (int c = 0; c < k; c++) for (int a = 0; a < 2; a++) middles[c][a] /= sizes[c];
        return spearman(distances(model.centroids()), distances(middles));
    }

    private static double[] distances(double[][] points) {
        int k = points.length;
        return IntStream.range(0, k * k)
                .filter(p -> p / k < p % k)
                .mapToDouble(p -> distance(points[p / k], points[p % k]))
                .toArray();
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
        return Math.sqrt(sum);
    }

    private static double spearman(double[] a, double[] b) {
        int n = a.length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double difference = rank(a, i) - rank(b, i);
            sum += difference * difference;
        }
        return 1 - 6 * sum / (n * ((double) n * n - 1));
    }

    private static long rank(double[] values, int i) {
        return IntStream.range(0, values.length).filter(o -> values[o] < values[i]).count();
    }

    private FeatureMatrix womensClothing() {
        String data = System.getenv("COTERIE_TEST_DATA");
        Assumptions.assumeTrue(data != null && Files.isDirectory(Path.of(data)));
        Path file = Path.of(data).resolve("womens-clothing/womens_clothing.csv.gz");
        var collected =
                new Collector(ConfigReader.read(Map.of()).limits())
                        .collect(
                                List.of(file),
                                List.of(file.getFileName().toString()),
                                List.of(),
                                Progress.NONE);
        var prepared = new Preparation().prepare(collected, Progress.NONE);
        var customers = prepared.customers();
        var texts = customers.texts().stream().map(CustomerText::text).toList();
        String kept = System.getenv("COTERIE_DATA");
        Path vectors = kept == null ? folder : Path.of(kept);
        try (var catalog = new EncoderCatalog(Optional.empty());
                var cache = new VectorCache(vectors.resolve("vectors.db"));
                var embedder = new Embedder(cache, 0)) {
            var encoder = catalog.open("bge-small-en-v1.5-q");
            var embeddings = Optional.of(embedder.embed(encoder, texts, Progress.NONE));
            return new FeatureBuilder(FeatureBuilder.TEXT_COMPONENTS, Map.of())
                    .fit(customers, embeddings, prepared.recipe())
                    .model()
                    .transform(customers, embeddings);
        }
    }
}
