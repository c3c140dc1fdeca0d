package dev.coterie.predict;

import dev.coterie.embed.Embeddings;
import dev.coterie.embed.EncoderCard;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.TargetColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Customer tables written for these tests, column by column. */
final class Tables {
    private final List<String> ids;
    private final List<NumberColumn> numbers = new ArrayList<>();
    private final List<CategoryColumn> categories = new ArrayList<>();
    private final List<CustomerText> texts = new ArrayList<>();
    private Events events = Events.NONE;

    private Tables(List<String> ids) {
        this.ids = ids;
    }

    static Tables of(int customers) {
        return new Tables(IntStream.range(0, customers).mapToObj("%05d"::formatted).toList());
    }

    Tables number(String name, IntToDoubleFunction value) {
        double[] values = IntStream.range(0, ids.size()).mapToDouble(value).toArray();
        numbers.add(new NumberColumn(name, NumberColumn.Kind.NUMBER, values));
        return this;
    }

    /** The value is empty where missing. */
    Tables category(String name, IntFunction<String> value) {
        List<String> values = IntStream.range(0, ids.size()).mapToObj(value).toList();
        List<String> levels = values.stream().filter(v -> !v.isEmpty()).distinct().toList();
        int[] codes = values.stream().mapToInt(levels::indexOf).toArray();
        categories.add(new CategoryColumn(name, levels, codes));
        return this;
    }

    /** No text where the value is empty. */
    Tables text(String column, IntFunction<String> text) {
        for (int row = 0; row < ids.size(); row++) {
            String written = text.apply(row);
            if (written.isEmpty()) continue;
            texts.add(
                    new CustomerText(
                            row, written, "table", column, row + 2, Long.MIN_VALUE, Double.NaN));
        }
        texts.sort((a, b) -> Integer.compare(a.customer(), b.customer()));
        return this;
    }

    Tables events(Events happened) {
        events = happened;
        return this;
    }

    CustomerTable table() {
        return new CustomerTable(
                ids, new int[ids.size()], numbers, categories, texts, events, List.of());
    }

    static TargetColumn classes(String name, int customers, IntFunction<String> value) {
        List<String> values = IntStream.range(0, customers).mapToObj(value).toList();
        List<String> classes =
                values.stream().filter(v -> !v.isEmpty()).distinct().sorted().toList();
        int[] codes = values.stream().mapToInt(classes::indexOf).toArray();
        return new TargetColumn(name, TargetColumn.Kind.CLASSES, classes, codes, new double[0]);
    }

    static TargetColumn number(String name, int customers, IntToDoubleFunction value) {
        double[] values = IntStream.range(0, customers).mapToDouble(value).toArray();
        return new TargetColumn(name, TargetColumn.Kind.NUMBER, List.of(), new int[0], values);
    }

    static double[] gaussians(int count, long seed) {
        var random = new Random(seed);
        return IntStream.range(0, count).mapToDouble(i -> random.nextGaussian()).toArray();
    }

    static double[] map(double[] values, DoubleUnaryOperator of) {
        return Arrays.stream(values).map(of).toArray();
    }

    /** Vectors of four dimensions whose first follows the word "glad". */
    static Embeddings vectors(CustomerTable table, long seed) {
        float[] values = new float[table.texts().size() * 4];
        for (int t = 0; t < table.texts().size(); t++) {
            String text = table.texts().get(t).text();
            var random = new Random(seed + text.hashCode());
            for (int d = 0; d < 4; d++) values[t * 4 + d] = (float) random.nextGaussian() / 4;
            values[t * 4] += text.contains("glad") ? 1 : -1;
        }
        return new Embeddings(encoder("small"), table.texts().size(), values);
    }

    static EncoderCard encoder(String name) {
        return new EncoderCard(name, List.of(), 4, 512, "cls", "", "en", "MIT", "0", "0");
    }

    /** The same customers, or some of them, in another order of rows. */
    static CustomerTable reordered(CustomerTable table, int[] from) {
        int[] to = new int[table.customers()];
        for (int row = 0; row < from.length; row++) to[from[row]] = row;
        var texts = new ArrayList<CustomerText>();
        for (int row : from) {
            for (CustomerText t : table.texts()) {
                if (t.customer() != row) continue;
                texts.add(
                        new CustomerText(
                                to[row],
                                t.text(),
                                t.table(),
                                t.column(),
                                to[row] + 2,
                                t.epochDay(),
                                t.rating()));
            }
        }
        return new CustomerTable(
                Arrays.stream(from).mapToObj(table.ids()::get).toList(),
                new int[from.length],
                table.numbers().stream()
                        .map(n -> new NumberColumn(n.name(), n.kind(), reordered(n.values(), from)))
                        .toList(),
                table.categories().stream()
                        .map(
                                c ->
                                        new CategoryColumn(
                                                c.name(), c.levels(), reordered(c.codes(), from)))
                        .toList(),
                texts,
                Events.NONE,
                List.of());
    }

    static TargetColumn reordered(TargetColumn target, int[] from) {
        boolean number = target.kind() == TargetColumn.Kind.NUMBER;
        return new TargetColumn(
                target.name(),
                target.kind(),
                target.classes(),
                number ? target.codes() : reordered(target.codes(), from),
                number ? reordered(target.values(), from) : target.values());
    }

    private static double[] reordered(double[] values, int[] from) {
        return Arrays.stream(from).mapToDouble(row -> values[row]).toArray();
    }

    private static int[] reordered(int[] values, int[] from) {
        return Arrays.stream(from).map(row -> values[row]).toArray();
    }
}
