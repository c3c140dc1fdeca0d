package dev.coterie.predict;

import dev.coterie.predict.ModelCard.Suspect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns that alone tell the target, as those do that were written down with the outcome or after
 * it.
 *
 * <p>Each profile column is cut into levels (numbers into twentieths, missing apart); what the
 * levels say of the target is learned on one half of the training rows and measured on the other,
 * so that a column of many values does not look telling by chance.
 *
 * @param telling columns that tell it so well that they are left out
 * @param suspects columns that nearly do; they are used, and named
 */
record Leakage(List<String> telling, List<Suspect> suspects) {
    private static final double TELLING_AUC = 0.995;
    private static final double SUSPECT_AUC = 0.9;
    private static final double TELLING_CORRELATION = 0.995;
    private static final double SUSPECT_CORRELATION = 0.95;
    private static final int PIECES = 20;

    /**
     * @param rows the training rows; no other is looked at
     */
    static Leakage find(CustomerRows customers, Target target, int[] rows) {
        var found = new ArrayList<Suspect>();
        customers
                .numbers()
                .forEach(
                        (name, values) -> {
                            if (name.kind() != FeatureName.Kind.NUMBER) return;
                            double strength = strength(levels(values, rows), target, rows);
                            if (target.isNumber()) {
                                strength = Math.max(strength, correlation(values, target, rows));
                            }
                            found.add(new Suspect(name.column(), strength));
                        });
        customers
                .categories()
                .forEach(
                        (column, values) -> {
                            String[] levels =
                                    Arrays.stream(rows)
                                            .mapToObj(r -> values[r])
                                            .toArray(String[]::new);
                            found.add(new Suspect(column, strength(levels, target, rows)));
                        });
        double tells = target.isNumber() ? TELLING_CORRELATION : TELLING_AUC;
        double suspect = target.isNumber() ? SUSPECT_CORRELATION : SUSPECT_AUC;
        found.sort(
                Comparator.comparingDouble((Suspect s) -> -s.strength())
                        .thenComparing(Suspect::column));
        return new Leakage(
                found.stream().filter(s -> s.strength() >= tells).map(Suspect::column).toList(),
                found.stream()
                        .filter(s -> s.strength() >= suspect && s.strength() < tells)
                        .toList());
    }

    private static String[] levels(double[] values, int[] rows) {
        double[] known =
                Arrays.stream(rows)
                        .mapToDouble(r -> values[r])
                        .filter(v -> !Double.isNaN(v))
                        .sorted()
                        .toArray();
        boolean few = Arrays.stream(known).distinct().limit(PIECES + 1).count() <= PIECES;
        String[] levels = new String[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double value = values[rows[i]];
            if (Double.isNaN(value)) levels[i] = "";
            else if (few) levels[i] = Double.toString(value);
            else levels[i] = Integer.toString(below(known, value) * PIECES / known.length);
        }
        return levels;
    }

    /** How many are smaller. */
    private static int below(double[] sorted, double value) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < value) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    private static double strength(String[] levels, Target target, int[] rows) {
        return (strength(levels, target, rows, 0) + strength(levels, target, rows, 1)) / 2;
    }

    /** Learns on every other row and measures on those between. */
    private static double strength(String[] levels, Target target, int[] rows, int learn) {
        int outputs = target.isNumber() ? 1 : target.classes().size();
        Map<String, double[]> sums = new HashMap<>();
        double[] all = new double[outputs + 1];
        for (int i = learn; i < rows.length; i += 2) {
            double[] sum = sums.computeIfAbsent(levels[i], l -> new double[outputs + 1]);
            add(sum, target, rows[i]);
            add(all, target, rows[i]);
        }
        int measured = (rows.length - (1 - learn) + 1) / 2;
        int[] ofRows = new int[measured];
        double[][] said = new double[measured][outputs];
        int at = 0;
        for (int i = 1 - learn; i < rows.length; i += 2) {
            double[] sum = sums.getOrDefault(levels[i], new double[outputs + 1]);
            for (int k = 0; k < outputs; k++) {
                // One average customer in every level: a level met once says little.
                said[at][k] = (sum[k] + all[k] / all[outputs]) / (sum[outputs] + 1);
            }
            ofRows[at++] = rows[i];
        }
        if (target.isNumber()) {
            return Math.sqrt(Math.max(0, target.numbers(said, ofRows).r2()));
        }
        return new ClassEvaluation(target.classes(), target.codesOf(ofRows), said).auc();
    }

    private static void add(double[] sum, Target target, int row) {
        if (target.isNumber()) sum[0] += target.values()[row];
        else sum[target.codes()[row]]++;
        sum[sum.length - 1]++;
    }

    private static double correlation(double[] values, Target target, int[] rows) {
        double n = 0;
        double[] s = new double[5];
        for (int row : rows) {
            double x = values[row];
            double y = target.values()[row];
            if (Double.isNaN(x)) continue;
            n++;
            s[0] += x;
            s[1] += y;
            s[2] += x * x;
            s[3] += y * y;
            s[4] += x * y;
        }
        double spread = (s[2] - s[0] * s[0] / n) * (s[3] - s[1] * s[1] / n);
        return spread > 0 ? Math.abs(s[4] - s[0] * s[1] / n) / Math.sqrt(spread) : 0;
    }
}
