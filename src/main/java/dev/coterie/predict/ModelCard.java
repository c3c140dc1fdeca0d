package dev.coterie.predict;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.prepare.TargetColumn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a forecast: what it was trained on, how well it does on customers it had not
 * seen, and what it looks at.
 *
 * @param classes all classes as spelled in the file, sorted; empty for a number
 * @param classesNotPredicted classes with too few customers to learn; their probability is always 0
 * @param rows customers with a known target
 * @param trainingRows customers the evaluated model learned from
 * @param heldOutRows customers the figures are measured on
 * @param refittedOnAllRows true if the model in use was fitted again on all rows, with the settings
 *     of the evaluated one; the figures then describe its twin that had not seen the held-out rows
 * @param columnsUsed features by column
 * @param columnsLeftOut columns that were not used, and why
 * @param leakageSuspects columns that were used although they alone nearly tell the target
 * @param encoder name of the text encoder, if embeddings are used
 * @param regularisation liblinear's C, chosen by cross-validation inside the training rows
 * @param folds folds of that cross-validation
 * @param classFigures held-out figures, for a class target
 * @param numberFigures held-out figures, for a number target
 * @param betterThanBaseline true if the held-out figures beat the baseline beyond chance
 * @param importances columns by how much the held-out figure falls when they are shuffled
 * @param words words with the strongest weights
 * @param fingerprint SHA-256 of the rows used (ids, targets, values, texts), in order of id
 */
public record ModelCard(
        String target,
        TargetColumn.Kind kind,
        List<String> classes,
        List<String> classesNotPredicted,
        int rows,
        int trainingRows,
        int heldOutRows,
        boolean refittedOnAllRows,
        List<FeatureName> columnsUsed,
        List<LeftOut> columnsLeftOut,
        List<Suspect> leakageSuspects,
        Optional<String> encoder,
        int features,
        double regularisation,
        int folds,
        long seed,
        Optional<ClassFigures> classFigures,
        Optional<NumberFigures> numberFigures,
        boolean betterThanBaseline,
        List<Importance> importances,
        List<WordWeight> words,
        String fingerprint) {
    public ModelCard {
        classes = List.copyOf(classes);
        classesNotPredicted = List.copyOf(classesNotPredicted);
        columnsUsed = List.copyOf(columnsUsed);
        columnsLeftOut = List.copyOf(columnsLeftOut);
        leakageSuspects = List.copyOf(leakageSuspects);
        importances = List.copyOf(importances);
        words = List.copyOf(words);
    }

    /** Why a column is not a feature. */
    public enum Why {
        IS_TARGET,
        /** It alone tells the target: it was most likely recorded with it or after it. */
        TELLS_TARGET,
        CONSTANT,
        ALL_MISSING,
        /** Nearly every customer has its own value. */
        TOO_MANY_VALUES;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A column that is not used. */
    public record LeftOut(String column, Why why) {}

    /**
     * A column that deserves a look: was it really known before the outcome?
     *
     * @param strength AUC of the column alone for classes, absolute correlation for a number
     */
    public record Suspect(String column, double strength) {}

    /**
     * Held-out figures of a class target. AUC and F1 are means over the classes, one against the
     * rest (for two classes the AUC is that of the last class).
     *
     * @param aucLow lower end of the 95 % interval: DeLong for two classes, bootstrap for more
     * @param precision mean over the classes; {@link PerClass} has each one
     * @param brier mean squared error of the last class's probability for two classes, summed over
     *     the classes for more
     * @param confusion [true class][predicted class], in the order of {@code perClass}
     * @param perClass the classes that are predicted, sorted
     * @param baseline always the largest class, with the classes' shares as probabilities
     */
    public record ClassFigures(
            double auc,
            double aucLow,
            double aucHigh,
            double accuracy,
            double precision,
            double recall,
            double f1,
            double brier,
            double logLoss,
            int[][] confusion,
            List<PerClass> perClass,
            ClassBaseline baseline) {
        public ClassFigures {
            perClass = List.copyOf(perClass);
        }
    }

    /** Figures of one class against the rest; AUC is NaN if the held-out rows lack it. */
    public record PerClass(
            String name, int customers, double auc, double precision, double recall, double f1) {}

    /** What always saying the largest class gives. */
    public record ClassBaseline(
            String prediction, double auc, double accuracy, double f1, double brier) {}

    /**
     * Held-out figures of a number target.
     *
     * @param r2Low lower end of the bootstrap 95 % interval
     * @param errorNinety nine out of ten held-out predictions were closer than this
     * @param baseline always the mean of the training rows
     */
    public record NumberFigures(
            double r2,
            double r2Low,
            double r2High,
            double rmse,
            double mae,
            double errorNinety,
            NumberBaseline baseline) {}

    /** What always saying the mean gives. */
    public record NumberBaseline(double prediction, double r2, double rmse, double mae) {}

    /**
     * @param fall how much AUC (classes) or R2 (number) falls on the held-out rows when this
     *     column's values are shuffled among customers
     */
    public record Importance(FeatureName feature, double fall) {}

    /**
     * @param towards the class it speaks for; empty for a number
     * @param weight change of the log-odds (or of the number) for one unit of TF-IDF
     */
    public record WordWeight(FeatureName feature, String towards, double weight) {}
}
