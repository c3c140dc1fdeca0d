package dev.coterie.describe;

import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Events;
import dev.coterie.proof.Fact;
import dev.coterie.words.Sense;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/** What events were about (items) and what they are called, as shares of customers. */
final class Things {
    private static final int MOST_NAMES = 12;
    private static final int MOST_ITEMS = 400;

    private Things() {}

    /** One attribute for each frequent event name and item. */
    static List<Attribute> named(CustomerTable customers) {
        Events events = customers.events();
        var out = new ArrayList<Attribute>();
        if (events.names().size() > 1 && events.names().size() <= MOST_NAMES) {
            out.addAll(
                    shares(
                            customers,
                            events.name(),
                            events.names(),
                            Sense.EVENT,
                            "event=",
                            MOST_NAMES));
        }
        out.addAll(
                shares(customers, events.item(), events.items(), Sense.ITEM, "item:", MOST_ITEMS));
        return out;
    }

    private static List<Attribute> shares(
            CustomerTable customers,
            int[] codes,
            List<String> names,
            Sense sense,
            String prefix,
            int most) {
        if (names.isEmpty()) return List.of();
        var seen = new HashMap<Integer, double[]>();
        var holders = new int[names.size()];
        var lastHolder = new int[names.size()];
        java.util.Arrays.fill(lastHolder, -1);
        Events events = customers.events();
        // Events are ordered by customer, so a change of holder is a new customer.
        for (int e = 0; e < events.count(); e++) {
            int code = codes[e];
            if (code < 0 || lastHolder[code] == events.customer()[e]) continue;
            lastHolder[code] = events.customer()[e];
            holders[code]++;
        }
        int fewest = Math.min(Disclosure.FEWEST, Math.max(2, customers.customers() / 20));
        int[] kept =
                IntStream.range(0, names.size())
                        .filter(i -> holders[i] >= fewest && !names.get(i).isBlank())
                        .boxed()
                        .sorted(
                                Comparator.comparingInt((Integer i) -> -holders[i])
                                        .thenComparing(names::get))
                        .limit(most)
                        .mapToInt(i -> i)
                        .toArray();
        for (int i : kept) seen.put(i, new double[customers.customers()]);
        for (int e = 0; e < events.count(); e++) {
            double[] values = seen.get(codes[e]);
            if (values != null) values[events.customer()[e]] = 1;
        }
        var out = new ArrayList<Attribute>();
        for (int i : kept) {
            out.add(
                    new Attribute(
                            prefix + names.get(i),
                            sense,
                            Difference.Kind.SHARE,
                            Fact.Unit.SHARE,
                            sense.word(),
                            names.get(i),
                            events.hasValues(),
                            seen.get(i)));
        }
        return out;
    }
}
