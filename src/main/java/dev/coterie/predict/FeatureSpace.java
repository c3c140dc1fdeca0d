package dev.coterie.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fitted way from customers to the features of a forecast. Features are numbered part by part:
 * numbers, categories, words, meaning.
 *
 * @param mainText the text column that most training customers wrote in
 * @param latestEpochSecond the training data's latest time: days are counted back from it
 */
record FeatureSpace(
        List<NumberPart> numbers,
        List<CategoryPart> categories,
        List<WordsPart> words,
        Optional<MeaningPart> meaning,
        Optional<String> mainText,
        long latestEpochSecond) {
    FeatureSpace {
        numbers = List.copyOf(numbers);
        categories = List.copyOf(categories);
        words = List.copyOf(words);
    }

    /**
     * @param rows the training rows; no other is looked at
     * @param leftOut columns not to use
     */
    static FeatureSpace fit(CustomerRows customers, int[] rows, Set<String> leftOut) {
        var numbers = new ArrayList<NumberPart>();
        customers
                .numbers()
                .forEach(
                        (name, values) -> {
                            if (name.kind() == FeatureName.Kind.NUMBER
                                    && leftOut.contains(name.column())) return;
                            NumberPart.fit(name, values, rows).ifPresent(numbers::add);
                        });
        var categories = new ArrayList<CategoryPart>();
        customers
                .categories()
                .forEach(
                        (column, values) -> {
                            if (leftOut.contains(column)) return;
                            CategoryPart.fit(column, values, rows).ifPresent(categories::add);
                        });
        var words = new ArrayList<WordsPart>();
        customers
                .grams()
                .forEach(
                        (column, grams) ->
                                WordsPart.fit(column, grams, rows).ifPresent(words::add));
        // By name, so that the order of columns in a file does not matter either.
        numbers.sort(Comparator.comparing(n -> n.name().kind() + n.name().column()));
        categories.sort(Comparator.comparing(CategoryPart::column));
        return new FeatureSpace(
                numbers,
                categories,
                words,
                MeaningPart.fit(customers, rows),
                mainText(customers, rows),
                customers.latestEpochSecond());
    }

    private static Optional<String> mainText(CustomerRows customers, int[] rows) {
        return customers.numbers().entrySet().stream()
                .filter(e -> e.getKey().kind() == FeatureName.Kind.TEXT_LENGTH)
                .max(
                        Comparator.<Map.Entry<FeatureName, double[]>>comparingLong(
                                        e -> writers(e.getValue(), rows))
                                .thenComparing(e -> e.getKey().column()))
                .map(e -> e.getKey().column());
    }

    private static long writers(double[] lengths, int[] rows) {
        return Arrays.stream(rows).filter(row -> lengths[row] > 0).count();
    }

    /** What each part is about, in order. */
    List<FeatureName> parts() {
        var names = new ArrayList<FeatureName>();
        numbers.forEach(n -> names.add(n.name()));
        categories.forEach(c -> names.add(FeatureName.of(FeatureName.Kind.CATEGORY, c.column())));
        words.forEach(w -> names.add(FeatureName.of(FeatureName.Kind.WORDS, w.column())));
        meaning.ifPresent(m -> names.add(FeatureName.of(FeatureName.Kind.MEANING)));
        return names;
    }

    /** First feature of each part, and the number of features at the end. */
    int[] offsets() {
        var widths = new ArrayList<Integer>();
        numbers.forEach(n -> widths.add(n.width()));
        categories.forEach(c -> widths.add(c.width()));
        words.forEach(w -> widths.add(w.width()));
        meaning.ifPresent(m -> widths.add(m.width()));
        int[] offsets = new int[widths.size() + 1];
        for (int p = 0; p < widths.size(); p++) offsets[p + 1] = offsets[p] + widths.get(p);
        return offsets;
    }

    int width() {
        int[] offsets = offsets();
        return offsets[offsets.length - 1];
    }

    /** Training mean of every feature that has one; words and meaning count from 0. */
    double[] means() {
        int[] offsets = offsets();
        double[] means = new double[width()];
        int part = 0;
        for (NumberPart n : numbers) {
            System.arraycopy(n.means(), 0, means, offsets[part++], n.width());
        }
        for (CategoryPart c : categories) {
            System.arraycopy(c.means(), 0, means, offsets[part++], c.width());
        }
        return means;
    }

    Encoder encoder(CustomerRows customers) {
        return new Encoder(this, customers);
    }

    /** This space over given customers, with their columns looked up once. Thread-safe. */
    static final class Encoder {
        private final FeatureSpace space;
        private final CustomerRows customers;
        private final int[] offsets;
        private final List<double[]> numbers = new ArrayList<>();
        private final List<String[]> categories = new ArrayList<>();
        private final List<int[]> places = new ArrayList<>();

        private Encoder(FeatureSpace space, CustomerRows customers) {
            this.space = space;
            this.customers = customers;
            this.offsets = space.offsets();
            for (NumberPart n : space.numbers) numbers.add(numbersOf(n.name()));
            for (CategoryPart c : space.categories) categories.add(categoriesOf(c.column()));
            for (WordsPart w : space.words) {
                places.add(customers.grams().get(w.column()).places(w));
            }
        }

        private double[] numbersOf(FeatureName name) {
            double[] values = customers.numbers().get(name);
            if (values != null) return values;
            double[] missing = new double[customers.size()];
            Arrays.fill(missing, Double.NaN);
            return missing;
        }

        private String[] categoriesOf(String column) {
            String[] values = customers.categories().get(column);
            if (values != null) return values;
            String[] missing = new String[customers.size()];
            Arrays.fill(missing, "");
            return missing;
        }

        double number(int part, int row) {
            return numbers.get(part)[row];
        }

        String category(int part, int row) {
            return categories.get(part)[row];
        }

        void write(int row, Sink sink) {
            int part = 0;
            for (int n = 0; n < numbers.size(); n++) {
                space.numbers.get(n).write(numbers.get(n)[row], offsets[part++], sink);
            }
            for (int c = 0; c < categories.size(); c++) {
                space.categories.get(c).write(categories.get(c)[row], offsets[part++], sink);
            }
            for (int w = 0; w < places.size(); w++) {
                WordsPart words = space.words.get(w);
                GramTable grams = customers.grams().get(words.column());
                words.write(grams, places.get(w), row, offsets[part++], sink);
            }
            if (space.meaning.isPresent()) {
                space.meaning.get().write(customers.meaning(row), offsets[part], sink);
            }
        }
    }
}
