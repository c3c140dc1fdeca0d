package dev.coterie.run;

import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The customers most like one of them: the cosine of their feature rows, looked at one by one, so
 * the answer is exact.
 */
public final class SimilarCustomers {
    private static final int REASONS = 3;

    private final FeatureMatrix features;
    private final int[] labels;
    private final double[] lengths;

    public SimilarCustomers(FinishedRun finished) {
        this.features = finished.analysis().features();
        this.labels = finished.analysis().segmentation().labels();
        this.lengths = new double[features.rows()];
        for (int row = 0; row < lengths.length; row++) {
            lengths[row] = Math.sqrt(product(row, row));
        }
    }

    /**
     * @param row of the customer table
     * @param score cosine, -1..1
     * @param because what both share, strongest first
     */
    public record Similar(int row, double score, List<String> because) {}

    /**
     * @param sameSegment only customers of the same segment
     * @return best first
     */
    public List<Similar> of(int row, int limit, boolean sameSegment) {
        var worstFirst = new PriorityQueue<Similar>(Comparator.comparingDouble(Similar::score));
        for (int other = 0; other < features.rows(); other++) {
            if (other == row || (sameSegment && labels[other] != labels[row])) continue;
            double scale = lengths[row] * lengths[other];
            double score = scale == 0 ? 0 : product(row, other) / scale;
            if (worstFirst.size() == limit) {
                if (score <= worstFirst.peek().score()) continue;
                worstFirst.poll();
            }
            worstFirst.add(new Similar(other, score, List.of()));
        }
        var best = new ArrayList<>(worstFirst);
        best.sort(Comparator.comparingDouble(Similar::score).reversed());
        return best.stream()
                .map(s -> new Similar(s.row(), s.score(), because(row, s.row())))
                .toList();
    }

    /** The columns that add most to the product of the two rows; text counts as one. */
    private List<String> because(int a, int b) {
        Map<String, Double> bySource = new LinkedHashMap<>();
        for (int column = 0; column < features.columns(); column++) {
            Feature feature = features.features().get(column);
            String source = feature.block() == Block.TEXT ? "text" : feature.source();
            double part = features.get(a, column) * features.get(b, column);
            bySource.merge(source, part, Double::sum);
        }
        return bySource.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(REASONS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private double product(int a, int b) {
        double sum = 0;
        int columns = features.columns();
        double[] values = features.values();
        int atA = a * columns;
        int atB = b * columns;
        for (int i = 0; i < columns; i++) sum += values[atA + i] * values[atB + i];
        return sum;
    }
}
