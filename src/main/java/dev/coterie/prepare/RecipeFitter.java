package dev.coterie.prepare;

import dev.coterie.language.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;

/** Fits the steps that turn profile columns into features: fill, clip, scale, levels. */
final class RecipeFitter {
    /** Values beyond these percentiles are set to them, so that a few cannot stretch the scale. */
    private static final double LOW = 1;

    private static final double HIGH = 99;

    /** More levels than this become one level "other". */
    private static final int MOST_LEVELS = 20;

    private final int customers;
    private final Findings findings;
    private final List<Recipe.NumberStep> numbers = new ArrayList<>();
    private final List<Recipe.CategoryStep> categories = new ArrayList<>();
    private final List<String> constant = new ArrayList<>();

    RecipeFitter(int customers, Findings findings) {
        this.customers = customers;
        this.findings = findings;
    }

    List<Recipe.NumberStep> numbers() {
        return numbers;
    }

    List<Recipe.CategoryStep> categories() {
        return categories;
    }

    void add(NumberColumn column) {
        double[] known = column.known();
        DoubleColumn filled = DoubleColumn.create(column.name(), known).removeMissing();
        if (filled.isEmpty() || filled.min() == filled.max()) {
            leaveOut(column.name(), filled.isEmpty());
            return;
        }
        double median = filled.median();
        boolean yesNo = column.kind() == NumberColumn.Kind.YESNO;
        double low = yesNo ? 0 : filled.percentile(LOW);
        double high = yesNo ? 1 : filled.percentile(HIGH);
        if (low >= high) {
            // Nearly all values are equal; clipping would leave nothing to tell customers apart.
            low = filled.min();
            high = filled.max();
        }
        long missing = customers - (long) filled.size();
        column.code().ifPresent(code -> noteCode(column, code));
        if (missing > 0) {
            findings.step("impute_median", column.name(), missing, "median", median);
        }
        long clipped = clipped(known, low, high);
        if (clipped > 0) {
            findings.step("winsorise", column.name(), clipped, "low", low, "high", high);
        }
        double[] scaled = new double[customers];
        for (int i = 0; i < customers; i++) {
            double value = known[i];
            scaled[i] = Math.min(high, Math.max(low, Double.isNaN(value) ? median : value));
        }
        // Sorted, so that the sums do not depend on the order of the customers.
        Arrays.sort(scaled);
        double mean = Arrays.stream(scaled).sum() / customers;
        double squares = 0;
        for (double value : scaled) squares += (value - mean) * (value - mean);
        double deviation = Math.sqrt(squares / customers);
        if (!(deviation > 0)) {
            leaveOut(column.name(), false);
            return;
        }
        findings.step("z_score", column.name(), customers, "mean", mean, "deviation", deviation);
        numbers.add(
                new Recipe.NumberStep(
                        column.name(),
                        column.kind(),
                        median,
                        low,
                        high,
                        mean,
                        deviation,
                        column.code()));
    }

    private void noteCode(NumberColumn column, double code) {
        long coded = Arrays.stream(column.values()).filter(v -> v == code).count();
        findings.step("missing_code", column.name(), coded, "code", (long) code);
    }

    void add(CategoryColumn column) {
        int[] counts = new int[column.levels().size()];
        long missing = 0;
        for (int code : column.codes()) {
            if (code < 0) missing++;
            else counts[code]++;
        }
        boolean same = counts.length == 1 && missing == 0;
        if (counts.length == 0 || same) {
            leaveOut(column.name(), counts.length == 0);
            return;
        }
        // A level of one customer tells nobody apart from the rest but that one.
        int least = Math.max(2, customers / 500);
        var levels = new ArrayList<String>();
        long other = 0;
        for (int i = 0; i < counts.length; i++) {
            if (levels.size() < MOST_LEVELS && counts[i] >= least)
                levels.add(column.levels().get(i));
            else other += counts[i];
        }
        if (levels.isEmpty()) {
            findings.info(counts.length, "all_different", "column", column.name());
            return;
        }
        if (missing > 0) findings.step("missing_level", column.name(), missing);
        if (other > 0) findings.step("other_level", column.name(), other, "levels", levels.size());
        categories.add(new Recipe.CategoryStep(column.name(), levels, missing > 0, other > 0));
    }

    private void leaveOut(String column, boolean empty) {
        if (!empty) constant.add(column);
    }

    /** Tells which columns say nothing; one customer alone has nothing to differ from. */
    void finish() {
        if (customers < 2 || constant.isEmpty()) return;
        for (String column : constant) findings.step("leave_out", column, customers);
        findings.warning(
                constant.size(),
                "constant_columns",
                "columns",
                listed(constant),
                "count",
                constant.size());
    }

    private static Object listed(List<String> columns) {
        Object words = columns.get(0);
        for (String column : columns.subList(1, columns.size())) {
            words = Message.of("prepare.column_next", "before", words, "column", column);
        }
        return words;
    }

    private static long clipped(double[] values, double low, double high) {
        return Arrays.stream(values).filter(v -> v < low || v > high).count();
    }
}
