package dev.coterie.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The trial whether the order of rows matters: customers, texts and events are shuffled and put in
 * order again. Where everything comes back to its place, all that follows is the same.
 */
final class Shuffle {
    private final CustomerTable table;
    private final Random random;

    private Shuffle(CustomerTable table, long seed) {
        this.table = table;
        this.random = new Random(seed);
    }

    /**
     * @param table in canonical order
     * @return the share of customers that come back to their place with all that is known of them
     */
    static double returned(CustomerTable table, boolean idsAreRowNumbers, long seed) {
        if (table.customers() == 0) return 1;
        var shuffled = new Shuffle(table, seed).shuffled();
        var again = new CanonicalOrder(shuffled, idsAreRowNumbers).apply();
        boolean[] moved = new boolean[table.customers()];
        for (int c = 0; c < moved.length; c++) {
            moved[c] = !idsAreRowNumbers && !table.ids().get(c).equals(again.ids().get(c));
        }
        numbers(table, again, moved);
        texts(table.texts(), again.texts(), moved);
        events(table.events(), again.events(), moved);
        int returned = 0;
        for (boolean m : moved) if (!m) returned++;
        return (double) returned / moved.length;
    }

    private static void numbers(CustomerTable one, CustomerTable other, boolean[] moved) {
        for (int n = 0; n < one.numbers().size(); n++) {
            double[] a = one.numbers().get(n).values();
            double[] b = other.numbers().get(n).values();
            for (int c = 0; c < moved.length; c++) moved[c] |= Double.compare(a[c], b[c]) != 0;
        }
        for (int n = 0; n < one.categories().size(); n++) {
            int[] a = one.categories().get(n).codes();
            int[] b = other.categories().get(n).codes();
            for (int c = 0; c < moved.length; c++) moved[c] |= a[c] != b[c];
        }
    }

    private static void texts(List<CustomerText> one, List<CustomerText> other, boolean[] moved) {
        for (int t = 0; t < one.size(); t++) {
            CustomerText a = one.get(t);
            CustomerText b = other.get(t);
            moved[a.customer()] |= a.customer() != b.customer() || !a.text().equals(b.text());
        }
    }

    private static void events(Events one, Events other, boolean[] moved) {
        for (int e = 0; e < one.count(); e++) {
            moved[one.customer()[e]] |=
                    one.customer()[e] != other.customer()[e]
                            || one.epochSecond()[e] != other.epochSecond()[e]
                            || Double.compare(one.value()[e], other.value()[e]) != 0
                            || one.item()[e] != other.item()[e];
        }
    }

    private CustomerTable shuffled() {
        int[] from = order(table.customers());
        int[] to = new int[from.length];
        for (int c = 0; c < from.length; c++) to[from[c]] = c;
        var texts = new ArrayList<CustomerText>();
        for (CustomerText t : table.texts()) {
            texts.add(
                    new CustomerText(
                            to[t.customer()],
                            t.text(),
                            t.table(),
                            t.column(),
                            t.line(),
                            t.epochDay(),
                            t.rating()));
        }
        Collections.shuffle(texts, random);
        return new CustomerTable(
                Arrays.stream(from).mapToObj(table.ids()::get).toList(),
                Arrays.stream(from).map(c -> table.lines()[c]).toArray(),
                table.numbers().stream().map(n -> CanonicalOrder.reordered(n, from)).toList(),
                table.categories().stream().map(n -> CanonicalOrder.reordered(n, from)).toList(),
                texts,
                events(to),
                table.targets().stream().map(n -> CanonicalOrder.reordered(n, from)).toList());
    }

    private Events events(int[] to) {
        Events all = table.events();
        int[] from = order(all.count());
        return new Events(
                Arrays.stream(from).map(e -> to[all.customer()[e]]).toArray(),
                Arrays.stream(from).mapToLong(e -> all.epochSecond()[e]).toArray(),
                Arrays.stream(from).mapToDouble(e -> all.value()[e]).toArray(),
                Arrays.stream(from).map(e -> all.item()[e]).toArray(),
                all.items(),
                Arrays.stream(from).map(e -> all.name()[e]).toArray(),
                all.names(),
                all.latestEpochSecond());
    }

    private int[] order(int n) {
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }
}
