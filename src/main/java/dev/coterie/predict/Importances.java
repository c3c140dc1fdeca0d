package dev.coterie.predict;

import de.bwaldvogel.liblinear.Feature;
import dev.coterie.predict.ModelCard.Importance;
import dev.coterie.predict.ModelCard.WordWeight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** What a fitted model looks at. */
final class Importances {
    private static final int SHUFFLES = 5;
    private static final int SHUFFLES_OF_MANY_OUTPUTS = 1;
    private static final int MANY_OUTPUTS = 10;
    private static final int WORDS = 20;
    private static final int WORDS_A_CLASS = 5;

    private Importances() {}

    /**
     * Permutation importance on held-out rows: the fall of AUC or R2 when one part's contribution
     * is dealt to other customers. The model is linear, so moving the contributions is the same as
     * moving the columns.
     *
     * @param x the rows' features
     * @return one a part, most important first
     */
    static List<Importance> shuffled(
            FittedModel fitted, Target target, Feature[][] x, int[] rows, long seed) {
        LinearModel model = fitted.model();
        var contributions = new Contributions(fitted.space(), model);
        List<FeatureName> parts = fitted.space().parts();
        double[][] scores = Arrays.stream(x).map(model::scores).toArray(double[][]::new);
        double[][][] added = new double[rows.length][model.outputs()][];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < model.outputs(); k++) added[i][k] = contributions.of(x[i], k);
        }
        double whole = target.quality(scores, rows);
        int shuffles = model.outputs() > MANY_OUTPUTS ? SHUFFLES_OF_MANY_OUTPUTS : SHUFFLES;
        var importances = new ArrayList<Importance>();
        for (int p = 0; p < parts.size(); p++) {
            var random = new SplittableRandom(seed);
            double sum = 0;
            for (int s = 0; s < shuffles; s++) {
                sum += target.quality(dealt(scores, added, p, random), rows);
            }
            importances.add(new Importance(parts.get(p), whole - sum / shuffles));
        }
        importances.sort(
                Comparator.comparingDouble((Importance i) -> -i.fall())
                        .thenComparing(i -> i.feature().key()));
        return importances;
    }

    private static double[][] dealt(
            double[][] scores, double[][][] added, int part, SplittableRandom random) {
        int n = scores.length;
        int[] from = new int[n];
        Arrays.setAll(from, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = from[i];
            from[i] = from[j];
            from[j] = swap;
        }
        double[][] dealt = new double[n][];
        for (int i = 0; i < n; i++) {
            dealt[i] = scores[i].clone();
            for (int k = 0; k < dealt[i].length; k++) {
                dealt[i][k] += added[from[i]][k][part] - added[i][k][part];
            }
        }
        return dealt;
    }

    /** The words with the strongest weights: both ways for one output, for each class else. */
    static List<WordWeight> words(FittedModel fitted, Target target) {
        var strongest = new ArrayList<WordWeight>();
        int[] offsets = fitted.space().offsets();
        int firstPart = fitted.space().numbers().size() + fitted.space().categories().size();
        int outputs = fitted.model().outputs();
        for (int k = 0; k < outputs; k++) {
            double[] weights = fitted.model().weights()[k];
            var words = new ArrayList<WordWeight>();
            for (int w = 0; w < fitted.space().words().size(); w++) {
                WordsPart part = fitted.space().words().get(w);
                for (int t = 0; t < part.terms().size(); t++) {
                    double weight = weights[offsets[firstPart + w] + t];
                    if (outputs > 1 && weight <= 0 || weight == 0) continue;
                    var name =
                            new FeatureName(
                                    FeatureName.Kind.WORD, part.column(), part.terms().get(t));
                    words.add(new WordWeight(name, towards(target, k, outputs, weight), weight));
                }
            }
            words.sort(
                    Comparator.comparingDouble((WordWeight w) -> -Math.abs(w.weight()))
                            .thenComparing(w -> w.feature().key()));
            int most = outputs > 1 ? WORDS_A_CLASS : WORDS;
            strongest.addAll(words.subList(0, Math.min(most, words.size())));
        }
        return strongest;
    }

    private static String towards(Target target, int output, int outputs, double weight) {
        if (target.isNumber()) return "";
        if (outputs > 1) return target.classes().get(output);
        return target.classes().get(weight > 0 ? 1 : 0);
    }
}
