package dev.coterie.prepare;

import dev.coterie.collect.NameHints;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks for profile columns that tell a target nearly by themselves: most often they are only known
 * after the outcome.
 */
final class LeakageCheck {
    private static final int FEWEST = 50;
    private static final int BINS = 20;

    /** Share of the majority guess's errors that a column must take away to be a suspect. */
    private static final double NEARLY_ALL = 0.95;

    private final CustomerTable table;
    private final Findings findings;

    LeakageCheck(CustomerTable table, Findings findings) {
        this.table = table;
        this.findings = findings;
    }

    void run() {
        for (TargetColumn target : table.targets()) {
            for (NumberColumn column : table.numbers()) {
                check(target, column.name(), bins(column.values()));
            }
            for (CategoryColumn column : table.categories()) {
                check(target, column.name(), column.codes());
            }
        }
    }

    private void check(TargetColumn target, String column, int[] groups) {
        boolean classes = target.kind() == TargetColumn.Kind.CLASSES;
        if (classes && table.customers() >= FEWEST) {
            double explained = explained(target.codes(), groups);
            if (explained >= NEARLY_ALL) {
                Message message =
                        Message.of(
                                "prepare.leakage",
                                "column",
                                column,
                                "target",
                                target.name(),
                                "share",
                                explained);
                findings.add(Notice.high(message, table.customers()));
                return;
            }
        }
        if (NameHints.of(column).afterTheFact()) {
            findings.warning(1, "leakage_name", "column", column, "target", target.name());
        }
    }

    /** How many of the errors of always guessing the largest class the groups take away, 0..1. */
    private static double explained(int[] classes, int[] groups) {
        Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();
        Map<Integer, Integer> all = new HashMap<>();
        int n = 0;
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] < 0) continue;
            n++;
            all.merge(classes[i], 1, Integer::sum);
            counts.computeIfAbsent(groups[i], g -> new HashMap<>())
                    .merge(classes[i], 1, Integer::sum);
        }
        int baseline = n - largest(all);
        if (baseline == 0 || counts.size() * 5 > n) return 0;
        int errors = 0;
        for (Map<Integer, Integer> group : counts.values()) {
            errors += group.values().stream().mapToInt(c -> c).sum() - largest(group);
        }
        return 1 - (double) errors / baseline;
    }

    private static int largest(Map<Integer, Integer> counts) {
        return counts.values().stream().mapToInt(c -> c).max().orElse(0);
    }

    /** Equal shares of the sorted values; missing is a bin of its own. */
    private static int[] bins(double[] values) {
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        int[] bins = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                bins[i] = -1;
                continue;
            }
            int at = firstAt(sorted, values[i]);
            bins[i] = (int) ((long) at * BINS / sorted.length);
        }
        return bins;
    }

    /** The first place of a value; many customers may share it, so no walking along them. */
    private static int firstAt(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
