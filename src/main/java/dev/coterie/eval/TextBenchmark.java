package dev.coterie.eval;

import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.embed.Embeddings;
import dev.coterie.invent.CsvFile;
import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerText;
import dev.coterie.run.RunListener;
import dev.coterie.run.RunSettings;
import dev.coterie.run.SegmentationRun;
import dev.coterie.run.SegmentationRun.Embedded;
import dev.coterie.run.SourceFile;
import dev.coterie.segment.KMeans;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Clusters texts of known labels twice, from the same vectors: by plain k-means, and the product's
 * own way.
 *
 * @param folder where the texts are written for the product's own way
 * @param encoder name or alias of the encoder, or empty for the language's default
 */
public record TextBenchmark(SegmentationRun run, Path folder, Optional<String> encoder) {
    private static final String FILE = "texts.csv";
    private static final String ID = "id";
    private static final String COLUMN = "text";
    private static final int STARTS = 10;
    private static final int ITERATIONS = 300;

    /**
     * One way of clustering, in the mean over the seeds.
     *
     * @param seconds from the vectors to the clusters
     */
    public record Method(Scores scores, double seconds) {}

    /**
     * @param texts that were clustered
     * @param plain k-means++ with ten starts on the vectors as they are
     */
    public record Outcome(int texts, int labels, int k, Method plain, Method product) {}

    /**
     * @param texts not blank, at least one
     * @param labels one per text
     * @param k clusters, or empty for as many as there are labels
     * @param seeds 1 or more
     * @throws dev.coterie.error.InvalidInputException if k is out of range or there are too few
     *     texts
     */
    public Outcome evaluate(
            List<String> texts,
            List<String> labels,
            OptionalInt k,
            int seeds,
            RunListener listener) {
        Path file = PlantedBenchmark.write(folder, numbered(texts));
        var codes = new LinkedHashMap<String, Integer>();
        labels.forEach(label -> codes.putIfAbsent(label, codes.size()));
        int clusters = k.orElse(codes.size());
        var source = List.of(new SourceFile(file, FILE));
        Embedded embedded = run.embed(source, settings(clusters, 1), listener);
        int[] truth =
                embedded.prepared().customers().ids().stream()
                        .mapToInt(id -> codes.get(labels.get(Integer.parseInt(id))))
                        .toArray();
        double[] vectors = vectorOfEach(embedded);
        var plain = new ArrayList<Method>();
        var product = new ArrayList<Method>();
        for (int seed = 1; seed <= seeds; seed++) {
            listener.checkCancelled();
            plain.add(plain(vectors, truth, clusters, seed));
            product.add(product(embedded, truth, settings(clusters, seed), listener));
        }
        return new Outcome(truth.length, codes.size(), clusters, mean(plain), mean(product));
    }

    /** Each text a customer, whose id is the text's position. */
    private static CsvFile numbered(List<String> texts) {
        var rows = new ArrayList<List<String>>();
        for (String text : texts) rows.add(List.of(String.valueOf(rows.size()), text));
        return CsvFile.of(FILE, List.of(ID, COLUMN), rows);
    }

    private static RoleChoice role(String column, Role role) {
        return new RoleChoice(Optional.empty(), column, role, Optional.empty());
    }

    private RunSettings settings(int k, long seed) {
        return new RunSettings(
                List.of(role(ID, Role.ID), role(COLUMN, Role.TEXT)),
                OptionalInt.of(k),
                Map.of(),
                encoder,
                Optional.empty(),
                Language.ENGLISH,
                seed);
    }

    /** Row-major vectors in the customers' order; each customer is one text. */
    private static double[] vectorOfEach(Embedded embedded) {
        Embeddings embeddings = embedded.embeddings().orElseThrow();
        List<CustomerText> texts = embedded.prepared().customers().texts();
        int d = embeddings.dimensions();
        double[] vectors = new double[texts.size() * d];
        for (int t = 0; t < texts.size(); t++) {
            int row = texts.get(t).customer();
            for (int i = 0; i < d; i++) vectors[row * d + i] = embeddings.get(t, i);
        }
        return vectors;
    }

    private static Method plain(double[] vectors, int[] truth, int k, long seed) {
        long start = System.nanoTime();
        int d = vectors.length / truth.length;
        int[] labels =
                new KMeans(k, STARTS, ITERATIONS, seed).fit(vectors, truth.length, d).labels();
        return new Method(Scores.of(truth, labels), secondsSince(start));
    }

    private Method product(
            Embedded embedded, int[] truth, RunSettings settings, RunListener listener) {
        long start = System.nanoTime();
        int[] labels = run.segment(embedded, settings, listener).segmentation().labels();
        return new Method(Scores.of(truth, labels), secondsSince(start));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static Method mean(List<Method> methods) {
        return new Method(
                Scores.mean(methods.stream().map(Method::scores).toList()),
                methods.stream().mapToDouble(Method::seconds).average().orElseThrow());
    }
}
