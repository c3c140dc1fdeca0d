package dev.coterie.predict;

import dev.coterie.predict.ModelCard.ClassBaseline;
import dev.coterie.predict.ModelCard.ClassFigures;
import dev.coterie.predict.ModelCard.PerClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The figures of class predictions.
 *
 * @param classes names; two have the last one as the positive
 * @param truth class of each row
 * @param probabilities [row][class]
 */
record ClassEvaluation(List<String> classes, int[] truth, double[][] probabilities) {
    private static final double NINETY_FIVE = 1.959964;
    private static final int RESAMPLES = 200;
    private static final int RESAMPLES_OF_MANY_CLASSES = 50;
    private static final int MANY_CLASSES = 10;

    /**
     * @param shares share of each class among the training rows, for the baseline
     */
    ClassFigures figures(double[] shares, long seed) {
        int k = classes.size();
        int[] predicted =
                Arrays.stream(probabilities).mapToInt(ClassEvaluation::likeliest).toArray();
        int[][] confusion = new int[k][k];
        for (int i = 0; i < truth.length; i++) confusion[truth[i]][predicted[i]]++;
        var perClass = new ArrayList<PerClass>();
        for (int c = 0; c < k; c++) perClass.add(perClass(c, confusion));
        double[] interval = interval(seed);
        return new ClassFigures(
                auc(),
                interval[0],
                interval[1],
                accuracy(confusion),
                perClass.stream().mapToDouble(PerClass::precision).average().orElseThrow(),
                perClass.stream().mapToDouble(PerClass::recall).average().orElseThrow(),
                perClass.stream().mapToDouble(PerClass::f1).average().orElseThrow(),
                brier(probabilities),
                logLoss(),
                confusion,
                perClass,
                baseline(shares));
    }

    static int likeliest(double[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            if (probabilities[c] > probabilities[best]) best = c;
        }
        return best;
    }

    private PerClass perClass(int c, int[][] confusion) {
        int right = confusion[c][c];
        int customers = Arrays.stream(confusion[c]).sum();
        int said = Arrays.stream(confusion).mapToInt(row -> row[c]).sum();
        double precision = said == 0 ? 0 : (double) right / said;
        double recall = customers == 0 ? 0 : (double) right / customers;
        double f1 = customers + said == 0 ? 0 : 2.0 * right / (customers + said);
        int[] all = IntStream.range(0, truth.length).toArray();
        return new PerClass(classes.get(c), customers, auc(c, all), precision, recall, f1);
    }

    private double accuracy(int[][] confusion) {
        return IntStream.range(0, confusion.length).map(c -> confusion[c][c]).sum()
                / (double) truth.length;
    }

    /** Macro one-against-rest AUC; for two classes that of the last. */
    double auc() {
        return auc(IntStream.range(0, truth.length).toArray());
    }

    private double auc(int[] rows) {
        int first = classes.size() == 2 ? 1 : 0;
        return IntStream.range(first, classes.size())
                .mapToDouble(c -> auc(c, rows))
                .filter(a -> !Double.isNaN(a))
                .average()
                .orElse(Double.NaN);
    }

    private double auc(int c, int[] rows) {
        double[] scores = Arrays.stream(rows).mapToDouble(r -> probabilities[r][c]).toArray();
        boolean[] positive = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) positive[i] = truth[rows[i]] == c;
        return Roc.auc(scores, positive);
    }

    private double[] interval(long seed) {
        if (classes.size() == 2) {
            double[] scores = Arrays.stream(probabilities).mapToDouble(p -> p[1]).toArray();
            boolean[] positive = new boolean[truth.length];
            for (int i = 0; i < truth.length; i++) positive[i] = truth[i] == 1;
            Roc roc = Roc.of(scores, positive);
            double reach = NINETY_FIVE * roc.error();
            return new double[] {Math.max(0, roc.auc() - reach), Math.min(1, roc.auc() + reach)};
        }
        var random = new SplittableRandom(seed);
        int resamples = classes.size() > MANY_CLASSES ? RESAMPLES_OF_MANY_CLASSES : RESAMPLES;
        double[] drawn = new double[resamples];
        for (int b = 0; b < resamples; b++) {
            drawn[b] = auc(random.ints(truth.length, 0, truth.length).toArray());
        }
        return Percentiles.of(drawn).middle(0.95);
    }

    private double brier(double[][] p) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            for (int c = classes.size() == 2 ? 1 : 0; c < classes.size(); c++) {
                double miss = p[i][c] - (truth[i] == c ? 1 : 0);
                sum += miss * miss;
            }
        }
        return sum / truth.length;
    }

    /** Mean of minus the logarithm of the true class's probability. */
    double logLoss() {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            sum -= Math.log(Math.max(1e-15, probabilities[i][truth[i]]));
        }
        return sum / truth.length;
    }

    private ClassBaseline baseline(double[] shares) {
        int largest = likeliest(shares);
        double[][] same = new double[truth.length][];
        Arrays.fill(same, shares);
        int right = (int) Arrays.stream(truth).filter(t -> t == largest).count();
        double f1 = 2.0 * right / (right + truth.length) / classes.size();
        return new ClassBaseline(
                classes.get(largest), 0.5, (double) right / truth.length, f1, brier(same));
    }
}
