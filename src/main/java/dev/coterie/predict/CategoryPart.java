package dev.coterie.predict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a category becomes features: one indicator a level, one for levels too rare or never seen,
 * one for missing.
 *
 * @param levels the levels with an indicator, most frequent first, then by spelling
 * @param shares share of training rows in each level, then in rare levels, then missing
 */
record CategoryPart(String column, List<String> levels, double[] shares) {
    private static final int LEAST_CUSTOMERS = 5;
    private static final int MOST_LEVELS = 200;

    CategoryPart {
        levels = List.copyOf(levels);
    }

    /**
     * @param values one per customer, empty where missing
     * @param rows the training rows; no other is looked at
     * @return empty if no two customers differ in a level that is frequent enough
     */
    static Optional<CategoryPart> fit(String column, String[] values, int[] rows) {
        Map<String, Integer> counts = new HashMap<>();
        for (int row : rows) counts.merge(values[row], 1, Integer::sum);
        Integer missing = counts.remove("");
        List<String> levels = new ArrayList<>(counts.keySet());
        levels.removeIf(level -> counts.get(level) < LEAST_CUSTOMERS);
        levels.sort(
                Comparator.comparing((String level) -> -counts.get(level))
                        .thenComparing(Comparator.naturalOrder()));
        if (levels.size() > MOST_LEVELS) levels = levels.subList(0, MOST_LEVELS);
        if (levels.isEmpty() || counts.get(levels.get(0)) == rows.length) return Optional.empty();
        double[] shares = new double[levels.size() + 2];
        int others = rows.length;
        for (int l = 0; l < levels.size(); l++) {
            shares[l] = (double) counts.get(levels.get(l)) / rows.length;
            others -= counts.get(levels.get(l));
        }
        int unknown = missing == null ? 0 : missing;
        shares[levels.size()] = (double) (others - unknown) / rows.length;
        shares[levels.size() + 1] = (double) unknown / rows.length;
        return Optional.of(new CategoryPart(column, levels, shares));
    }

    int width() {
        return shares.length;
    }

    double[] means() {
        double[] means = shares.clone();
        for (int l = 0; l < means.length; l++) means[l] *= NumberPart.WEIGHT;
        return means;
    }

    void write(String value, int offset, Sink sink) {
        int level = levels.indexOf(value);
        int place = value.isEmpty() ? levels.size() + 1 : level >= 0 ? level : levels.size();
        sink.put(offset + place, NumberPart.WEIGHT);
    }
}
