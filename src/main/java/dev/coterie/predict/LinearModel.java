package dev.coterie.predict;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;

/**
 * Weights and a constant for each output: one output for two classes (log-odds of the last) or a
 * number, one a class for more (each against the rest).
 *
 * @param weights [output][feature]
 * @param constants [output]
 */
record LinearModel(double[][] weights, double[] constants) {
    private static final double TOLERANCE = 0.01;
    private static final double RIDGE_TOLERANCE = 0.0001;
    private static final int MOST_ITERATIONS = 300;

    static {
        // liblinear reports its iterations on standard output, where our data goes.
        Linear.disableDebugOutput();
    }

    /**
     * L2-regularised logistic regression, one against the rest for more than two classes.
     *
     * @param codes class of each row, 0..classes-1
     * @param c liblinear's C: higher fits the training rows more closely
     */
    static LinearModel classes(Feature[][] x, int[] codes, int classes, int width, double c) {
        int outputs = classes == 2 ? 1 : classes;
        var weights = new double[outputs][];
        var constants = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            int positive = classes == 2 ? 1 : k;
            double[] y =
                    Arrays.stream(codes).mapToDouble(code -> code == positive ? 1 : -1).toArray();
            // The dual is quicker on text (more features than rows), the primal on plain tables.
            SolverType solver = width > x.length / 10 ? SolverType.L2R_LR_DUAL : SolverType.L2R_LR;
            fit(
                    x,
                    y,
                    width,
                    new Parameter(solver, c, TOLERANCE, MOST_ITERATIONS),
                    k,
                    weights,
                    constants);
        }
        return new LinearModel(weights, constants);
    }

    /** Ridge regression: squared error with no dead zone; the target is scaled for the fit only. */
    static LinearModel number(Feature[][] x, double[] values, int width, double c) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance =
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double deviation = variance > 0 ? Math.sqrt(variance) : 1;
        double[] y = Arrays.stream(values).map(v -> (v - mean) / deviation).toArray();
        var weights = new double[1][];
        var constants = new double[1];
        var parameter =
                new Parameter(SolverType.L2R_L2LOSS_SVR, c, RIDGE_TOLERANCE, MOST_ITERATIONS, 0);
        fit(x, y, width, parameter, 0, weights, constants);
        weights[0] = Arrays.stream(weights[0]).map(w -> w * deviation).toArray();
        constants[0] = constants[0] * deviation + mean;
        return new LinearModel(weights, constants);
    }

    private static void fit(
            Feature[][] x,
            double[] y,
            int width,
            Parameter parameter,
            int output,
            double[][] weights,
            double[] constants) {
        var problem = new Problem();
        problem.l = x.length;
        // The constant is one more feature that is always 1, last in every row.
        problem.n = width + 1;
        problem.bias = 1;
        problem.x = x;
        problem.y = y;
        // liblinear's own generator is shared by the whole process; one of our own keeps a fit
        // the same whatever else runs.
        parameter.setRandom(new Random(0));
        Model model = Linear.train(problem, parameter);
        double[] learned = model.getFeatureWeights();
        // A two-class model's weights speak for the label it met first; a regression has none.
        boolean turned =
                parameter.getSolverType().isLogisticRegressionSolver() && model.getLabels()[0] < 0;
        double sign = turned ? -1 : 1;
        weights[output] = new double[width];
        for (int j = 0; j < width; j++) weights[output][j] = sign * learned[j];
        constants[output] = sign * learned[width];
    }

    /** The features of given rows as liblinear takes them, with the constant as the last one. */
    static Feature[][] rows(FeatureSpace space, FeatureSpace.Encoder encoder, int[] rows) {
        int width = space.width();
        var x = new Feature[rows.length][];
        var row = new ArrayList<Feature>();
        for (int i = 0; i < rows.length; i++) {
            row.clear();
            encoder.write(
                    rows[i],
                    (index, value) -> {
                        if (value != 0) row.add(new FeatureNode(index + 1, value));
                    });
            row.add(new FeatureNode(width + 1, 1));
            x[i] = row.toArray(new Feature[0]);
        }
        return x;
    }

    int outputs() {
        return constants.length;
    }

    /** The outputs of a row made by {@link #rows}. */
    double[] scores(Feature[] row) {
        double[] scores = constants.clone();
        for (int i = 0; i < row.length - 1; i++) {
            int index = row[i].getIndex() - 1;
            double value = row[i].getValue();
            for (int k = 0; k < scores.length; k++) scores[k] += weights[k][index] * value;
        }
        return scores;
    }

    /**
     * Class probabilities from the outputs, together 1: the logistic of the one, or of each in
     * proportion.
     */
    static double[] probabilities(double[] scores) {
        if (scores.length == 1) {
            double last = logistic(scores[0]);
            return new double[] {1 - last, last};
        }
        double[] each = Arrays.stream(scores).map(LinearModel::logistic).toArray();
        double sum = Arrays.stream(each).sum();
        return Arrays.stream(each).map(p -> sum > 0 ? p / sum : 1.0 / each.length).toArray();
    }

    private static double logistic(double score) {
        return score >= 0 ? 1 / (1 + Math.exp(-score)) : Math.exp(score) / (1 + Math.exp(score));
    }
}
