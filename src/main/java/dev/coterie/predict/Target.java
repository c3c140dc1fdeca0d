package dev.coterie.predict;

import de.bwaldvogel.liblinear.Feature;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.prepare.TargetColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be learned: the known rows of a target column and the classes frequent enough.
 *
 * @param classes the classes that can be learned, sorted; empty for a number
 * @param tooRare classes with too few customers
 * @param codes index into classes per customer, -1 where unknown or too rare; empty for a number
 * @param values per customer, NaN where unknown; empty for classes
 */
record Target(
        String name,
        TargetColumn.Kind kind,
        List<String> classes,
        List<String> tooRare,
        int[] codes,
        double[] values) {
    /** Fewer known rows than this give no figure worth showing. */
    static final int LEAST_ROWS = 40;

    /** A class needs two customers in the held-out fifth. */
    static final int LEAST_IN_CLASS = 10;

    static final int MOST_CLASSES = 100;

    /**
     * @throws InvalidInputException if there are too few rows, or nothing to tell apart
     */
    static Target of(TargetColumn column) {
        return column.kind() == TargetColumn.Kind.NUMBER ? number(column) : classes(column);
    }

    private static Target number(TargetColumn column) {
        double[] known = Arrays.stream(column.values()).filter(v -> !Double.isNaN(v)).toArray();
        requireRows(column, known.length);
        if (Arrays.stream(known).distinct().count() < 2) {
            throw refused("predict.one_value", "column", column.name(), "value", known[0]);
        }
        return new Target(
                column.name(), column.kind(), List.of(), List.of(), new int[0], column.values());
    }

    private static Target classes(TargetColumn column) {
        int[] counts = new int[column.classes().size()];
        for (int code : column.codes()) if (code >= 0) counts[code]++;
        requireRows(column, Arrays.stream(counts).sum());
        int[] place = new int[counts.length];
        var classes = new ArrayList<String>();
        var tooRare = new ArrayList<String>();
        for (int c = 0; c < counts.length; c++) {
            boolean enough = counts[c] >= LEAST_IN_CLASS;
            place[c] = enough ? classes.size() : -1;
            (enough ? classes : tooRare).add(column.classes().get(c));
        }
        if (classes.size() < 2) {
            throw refused(
                    "predict.one_class",
                    "column",
                    column.name(),
                    "classes",
                    (int) Arrays.stream(counts).filter(n -> n > 0).count(),
                    "least",
                    LEAST_IN_CLASS);
        }
        if (classes.size() > MOST_CLASSES) {
            throw refused(
                    "predict.too_many_classes",
                    "column",
                    column.name(),
                    "classes",
                    classes.size(),
                    "most",
                    MOST_CLASSES);
        }
        int[] codes = IntStream.of(column.codes()).map(c -> c < 0 ? -1 : place[c]).toArray();
        return new Target(column.name(), column.kind(), classes, tooRare, codes, new double[0]);
    }

    private static void requireRows(TargetColumn column, int known) {
        if (known >= LEAST_ROWS) return;
        throw refused(
                "predict.too_few_rows",
                "column",
                column.name(),
                "rows",
                known,
                "least",
                LEAST_ROWS);
    }

    private static InvalidInputException refused(String key, Object... arguments) {
        return new InvalidInputException(Message.of(key, arguments));
    }

    boolean isNumber() {
        return kind == TargetColumn.Kind.NUMBER;
    }

    /** Rows to learn from or measure on. */
    int[] knownRows() {
        int all = isNumber() ? values.length : codes.length;
        return IntStream.range(0, all)
                .filter(row -> isNumber() ? !Double.isNaN(values[row]) : codes[row] >= 0)
                .toArray();
    }

    double[] valuesOf(int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    int[] codesOf(int[] rows) {
        return Arrays.stream(rows).map(row -> codes[row]).toArray();
    }

    /** Share of each class among rows. */
    double[] shares(int[] rows) {
        double[] shares = new double[classes.size()];
        for (int row : rows) shares[codes[row]] += 1.0 / rows.length;
        return shares;
    }

    LinearModel fit(Feature[][] x, int[] rows, int width, double c) {
        return isNumber()
                ? LinearModel.number(x, valuesOf(rows), width, c)
                : LinearModel.classes(x, codesOf(rows), classes.size(), width, c);
    }

    /** Mean squared error of a number, mean log loss of classes. */
    double loss(double[][] scores, int[] rows) {
        if (isNumber()) return Math.pow(numbers(scores, rows).rmse(), 2);
        return classes(scores, rows).logLoss();
    }

    /** AUC of classes, R2 of a number. */
    double quality(double[][] scores, int[] rows) {
        return isNumber() ? numbers(scores, rows).r2() : classes(scores, rows).auc();
    }

    NumberEvaluation numbers(double[][] scores, int[] rows) {
        return new NumberEvaluation(
                valuesOf(rows), Arrays.stream(scores).mapToDouble(s -> s[0]).toArray());
    }

    ClassEvaluation classes(double[][] scores, int[] rows) {
        double[][] probabilities =
                Arrays.stream(scores).map(LinearModel::probabilities).toArray(double[][]::new);
        return new ClassEvaluation(classes, codesOf(rows), probabilities);
    }
}
