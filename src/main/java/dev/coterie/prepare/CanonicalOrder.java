package dev.coterie.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Puts customers, their texts and their events in an order that does not depend on the order of
 * rows in the files, so that every sum and every random choice after it comes out the same for
 * shuffled files.
 *
 * <p>Customers stand by the hash of their id, or of all they are where the id is only a row number.
 * Targets only part customers that are otherwise equal: what is to be foretold must not move
 * anyone.
 */
final class CanonicalOrder {
    /** Parts one value from the next; a character that reading takes out of cells. */
    private static final char END = '\u001f';

    private final CustomerTable table;
    private final boolean idsAreRowNumbers;
    private final int[][] textsOf;
    private final int[][] eventsOf;

    CanonicalOrder(CustomerTable table, boolean idsAreRowNumbers) {
        this.table = table;
        this.idsAreRowNumbers = idsAreRowNumbers;
        this.textsOf = new int[table.customers()][];
        this.eventsOf = new int[table.customers()][];
        sortTexts();
        sortEvents();
    }

    private void sortTexts() {
        List<List<Integer>> lists = lists();
        for (int t = 0; t < table.texts().size(); t++) {
            lists.get(table.texts().get(t).customer()).add(t);
        }
        Comparator<Integer> order =
                Comparator.<Integer>comparingLong(t -> table.texts().get(t).epochDay())
                        .thenComparing(t -> table.texts().get(t).column())
                        .thenComparing(t -> table.texts().get(t).text());
        for (int c = 0; c < textsOf.length; c++) textsOf[c] = sorted(lists.get(c), order);
    }

    private void sortEvents() {
        Events events = table.events();
        List<List<Integer>> lists = lists();
        for (int e = 0; e < events.count(); e++) lists.get(events.customer()[e]).add(e);
        Comparator<Integer> order =
                Comparator.<Integer>comparingLong(e -> events.epochSecond()[e])
                        .thenComparingDouble(e -> events.value()[e])
                        .thenComparing(e -> itemName(e))
                        .thenComparing(e -> eventName(e));
        for (int c = 0; c < eventsOf.length; c++) eventsOf[c] = sorted(lists.get(c), order);
    }

    private String itemName(int event) {
        int item = table.events().item()[event];
        return item < 0 ? "" : table.events().items().get(item);
    }

    private String eventName(int event) {
        int name = table.events().name()[event];
        return name < 0 ? "" : table.events().names().get(name);
    }

    private List<List<Integer>> lists() {
        return IntStream.range(0, table.customers())
                .<List<Integer>>mapToObj(c -> new ArrayList<>(2))
                .toList();
    }

    private static int[] sorted(List<Integer> list, Comparator<Integer> order) {
        return list.stream().sorted(order).mapToInt(Integer::intValue).toArray();
    }

    CustomerTable apply() {
        int[] order = order();
        return new CustomerTable(
                Arrays.stream(order).mapToObj(table.ids()::get).toList(),
                Arrays.stream(order).map(c -> table.lines()[c]).toArray(),
                table.numbers().stream().map(n -> reordered(n, order)).toList(),
                table.categories().stream().map(n -> reordered(n, order)).toList(),
                texts(order),
                events(order),
                table.targets().stream().map(n -> reordered(n, order)).toList());
    }

    private int[] order() {
        String[] keys = new String[table.customers()];
        for (int c = 0; c < keys.length; c++) {
            String content = idsAreRowNumbers ? content(c) : table.ids().get(c);
            keys[c] = DigestUtils.sha256Hex(content);
        }
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(
                        Comparator.<Integer, String>comparing(c -> keys[c])
                                .thenComparing(this::goals))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private String goals(int customer) {
        var goals = new StringBuilder();
        for (TargetColumn column : table.targets()) {
            boolean classes = column.kind() == TargetColumn.Kind.CLASSES;
            if (classes) goals.append(column.codes()[customer]);
            else goals.append(column.values()[customer]);
            goals.append(END);
        }
        return goals.toString();
    }

    /** Everything known of a customer but its row number and its targets. */
    private String content(int customer) {
        var content = new StringBuilder();
        for (NumberColumn column : table.numbers()) {
            content.append(column.values()[customer]).append(END);
        }
        for (CategoryColumn column : table.categories()) {
            int code = column.codes()[customer];
            content.append(code < 0 ? "" : column.levels().get(code)).append(END);
        }
        for (int t : textsOf[customer]) {
            CustomerText text = table.texts().get(t);
            content.append(text.column()).append(END);
            content.append(text.text()).append(END);
            content.append(text.epochDay()).append(END);
            content.append(text.rating()).append(END);
        }
        for (int e : eventsOf[customer]) {
            content.append(table.events().epochSecond()[e]).append(END);
            content.append(table.events().value()[e]).append(END);
            content.append(itemName(e)).append(END);
            content.append(eventName(e)).append(END);
        }
        return content.toString();
    }

    static NumberColumn reordered(NumberColumn column, int[] order) {
        return new NumberColumn(
                column.name(),
                column.kind(),
                Arrays.stream(order).mapToDouble(c -> column.values()[c]).toArray(),
                column.code());
    }

    static CategoryColumn reordered(CategoryColumn column, int[] order) {
        return new CategoryColumn(
                column.name(),
                column.levels(),
                Arrays.stream(order).map(c -> column.codes()[c]).toArray());
    }

    static TargetColumn reordered(TargetColumn column, int[] order) {
        boolean classes = column.kind() == TargetColumn.Kind.CLASSES;
        return new TargetColumn(
                column.name(),
                column.kind(),
                column.classes(),
                classes
                        ? Arrays.stream(order).map(c -> column.codes()[c]).toArray()
                        : column.codes(),
                classes
                        ? column.values()
                        : Arrays.stream(order).mapToDouble(c -> column.values()[c]).toArray());
    }

    private List<CustomerText> texts(int[] order) {
        var texts = new ArrayList<CustomerText>(table.texts().size());
        for (int c = 0; c < order.length; c++) {
            for (int t : textsOf[order[c]]) {
                CustomerText text = table.texts().get(t);
                texts.add(
                        new CustomerText(
                                c,
                                text.text(),
                                text.table(),
                                text.column(),
                                text.line(),
                                text.epochDay(),
                                text.rating()));
            }
        }
        return texts;
    }

    private Events events(int[] order) {
        Events all = table.events();
        int[] from = new int[all.count()];
        int[] customer = new int[all.count()];
        int next = 0;
        for (int c = 0; c < order.length; c++) {
            for (int e : eventsOf[order[c]]) {
                from[next] = e;
                customer[next++] = c;
            }
        }
        return new Events(
                customer,
                Arrays.stream(from).mapToLong(e -> all.epochSecond()[e]).toArray(),
                Arrays.stream(from).mapToDouble(e -> all.value()[e]).toArray(),
                Arrays.stream(from).map(e -> all.item()[e]).toArray(),
                all.items(),
                Arrays.stream(from).map(e -> all.name()[e]).toArray(),
                all.names(),
                all.latestEpochSecond());
    }
}
