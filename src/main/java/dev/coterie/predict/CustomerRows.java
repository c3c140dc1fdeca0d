package dev.coterie.predict;

import dev.coterie.embed.Embeddings;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.NumberColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Customers by row, every column by name, as they are before anything is fitted: numbers (profile,
 * text lengths, event figures), categories, grams of each text column and embeddings.
 *
 * @param latestEpochSecond the time that ages are counted back from
 */
record CustomerRows(
        List<String> ids,
        Map<FeatureName, double[]> numbers,
        Map<String, String[]> categories,
        Map<String, GramTable> grams,
        List<List<Integer>> textsOf,
        Optional<Embeddings> embeddings,
        long latestEpochSecond) {

    /** How many customers must use a gram before it can enter a vocabulary. */
    static final int LEAST_CUSTOMERS = 3;

    /** For training: every column, and the grams that a vocabulary might take. */
    static CustomerRows forTraining(
            CustomerTable customers, Optional<Embeddings> embeddings, String target) {
        var columns = new TreeSet<String>();
        customers.texts().forEach(t -> columns.add(t.column()));
        var grams = new TreeMap<String, GramTable>();
        Map<String, List<List<String>>> texts = textsByColumn(customers, columns, Optional.empty());
        texts.forEach(
                (column, written) -> {
                    var keep = GramTable.inAtLeast(LEAST_CUSTOMERS, written);
                    grams.put(column, GramTable.of(written, keep));
                });
        long latest = customers.events().latestEpochSecond();
        var kinds = EventFigures.kinds(customers.events());
        var figures = EventFigures.of(customers.events(), customers.customers(), latest, kinds);
        return of(customers, embeddings, target, texts, grams, figures, latest);
    }

    /** For scoring: only what the fitted space looks at. */
    static CustomerRows forScoring(
            CustomerTable customers, Optional<Embeddings> embeddings, FeatureSpace space) {
        var columns = new TreeSet<String>();
        space.words().forEach(w -> columns.add(w.column()));
        space.numbers().stream()
                .filter(n -> n.name().kind() == FeatureName.Kind.TEXT_LENGTH)
                .forEach(n -> columns.add(n.name().column()));
        var texts = textsByColumn(customers, columns, space.mainText());
        var grams = new TreeMap<String, GramTable>();
        for (WordsPart words : space.words()) {
            grams.put(
                    words.column(),
                    GramTable.of(texts.get(words.column()), gram -> words.place(gram) >= 0));
        }
        long latest = space.latestEpochSecond();
        var kinds =
                space.numbers().stream()
                        .map(n -> n.name().kind())
                        .filter(EventFigures::isOne)
                        .toList();
        var figures = EventFigures.of(customers.events(), customers.customers(), latest, kinds);
        return of(customers, embeddings, "", texts, grams, figures, latest);
    }

    private static CustomerRows of(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            String target,
            Map<String, List<List<String>>> texts,
            Map<String, GramTable> grams,
            Map<FeatureName, double[]> figures,
            long latest) {
        var numbers = new LinkedHashMap<FeatureName, double[]>();
        for (NumberColumn column : customers.numbers()) {
            if (column.name().equals(target)) continue;
            numbers.put(FeatureName.of(FeatureName.Kind.NUMBER, column.name()), column.values());
        }
        texts.forEach(
                (column, written) ->
                        numbers.put(
                                FeatureName.of(FeatureName.Kind.TEXT_LENGTH, column),
                                lengths(written)));
        numbers.putAll(figures);
        var categories = new LinkedHashMap<String, String[]>();
        for (CategoryColumn column : customers.categories()) {
            if (column.name().equals(target)) continue;
            categories.put(column.name(), values(column));
        }
        return new CustomerRows(
                customers.ids(),
                numbers,
                categories,
                grams,
                textsOf(customers),
                embeddings,
                latest);
    }

    int size() {
        return ids.size();
    }

    /** The mean embedding of a customer's texts, or empty without a text. */
    Optional<float[]> meaning(int row) {
        if (embeddings.isEmpty() || textsOf.get(row).isEmpty()) return Optional.empty();
        Embeddings vectors = embeddings.get();
        double[] sum = new double[vectors.dimensions()];
        for (int text : textsOf.get(row)) {
            for (int d = 0; d < sum.length; d++) sum[d] += vectors.get(text, d);
        }
        float[] mean = new float[sum.length];
        for (int d = 0; d < mean.length; d++) mean[d] = (float) (sum[d] / textsOf.get(row).size());
        return Optional.of(mean);
    }

    private static String[] values(CategoryColumn column) {
        String[] values = new String[column.codes().length];
        for (int row = 0; row < values.length; row++) {
            int code = column.codes()[row];
            values[row] = code < 0 ? "" : column.levels().get(code);
        }
        return values;
    }

    private static double[] lengths(List<List<String>> written) {
        return written.stream()
                .mapToDouble(texts -> texts.stream().mapToInt(String::length).sum())
                .toArray();
    }

    /**
     * Each customer's texts by column. A text of the API names its source, which may be the column;
     * where neither is known, the text counts for the main column.
     */
    private static Map<String, List<List<String>>> textsByColumn(
            CustomerTable customers, TreeSet<String> columns, Optional<String> main) {
        var texts = new TreeMap<String, List<List<String>>>();
        for (String column : columns) {
            var written = new ArrayList<List<String>>();
            for (int row = 0; row < customers.customers(); row++) written.add(new ArrayList<>(1));
            texts.put(column, written);
        }
        for (CustomerText text : customers.texts()) {
            var written = texts.get(text.column());
            if (written == null) written = texts.get(text.table());
            if (written == null && main.isPresent()) written = texts.get(main.get());
            if (written != null) written.get(text.customer()).add(text.text());
        }
        return texts;
    }

    /** Each customer's texts in an order that does not depend on the order of the file. */
    private static List<List<Integer>> textsOf(CustomerTable customers) {
        var textsOf = new ArrayList<List<Integer>>();
        for (int row = 0; row < customers.customers(); row++) textsOf.add(new ArrayList<>(1));
        for (int t = 0; t < customers.texts().size(); t++) {
            textsOf.get(customers.texts().get(t).customer()).add(t);
        }
        var byContent =
                Comparator.<Integer, String>comparing(t -> customers.texts().get(t).column())
                        .thenComparing(t -> customers.texts().get(t).text());
        textsOf.forEach(texts -> texts.sort(byContent));
        return textsOf;
    }
}
