package dev.coterie.predict;

import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.NumberColumn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** One checksum for the customers that a forecast learned from. */
final class Fingerprint {
    private Fingerprint() {}

    /**
     * SHA-256 over the customers in order of id: id, target, numbers, categories, texts and events.
     * It does not depend on the order of rows in the file.
     */
    static String of(CustomerTable customers, Target target, int[] rows) {
        List<List<String>> texts = new ArrayList<>();
        List<List<String>> events = new ArrayList<>();
        for (int row = 0; row < customers.customers(); row++) {
            texts.add(new ArrayList<>(1));
            events.add(new ArrayList<>(1));
        }
        for (CustomerText text : customers.texts()) {
            texts.get(text.customer()).add(text.column() + '\u001f' + text.text());
        }
        Events all = customers.events();
        for (int e = 0; e < all.count(); e++) events.get(all.customer()[e]).add(event(all, e));
        texts.forEach(list -> list.sort(Comparator.naturalOrder()));
        events.forEach(list -> list.sort(Comparator.naturalOrder()));
        MessageDigest sha = DigestUtils.getSha256Digest();
        Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.comparing(customers.ids()::get))
                .forEach(
                        row -> {
                            add(sha, customers.ids().get(row));
                            add(sha, targetOf(target, row));
                            profile(sha, customers, target, row);
                            texts.get(row).forEach(text -> add(sha, text));
                            events.get(row).forEach(event -> add(sha, event));
                        });
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void profile(
            MessageDigest sha, CustomerTable customers, Target target, int row) {
        for (NumberColumn column : customers.numbers()) {
            if (column.name().equals(target.name())) continue;
            add(sha, column.name() + '=' + column.values()[row]);
        }
        for (CategoryColumn column : customers.categories()) {
            if (column.name().equals(target.name())) continue;
            int code = column.codes()[row];
            add(sha, column.name() + '=' + (code < 0 ? "" : column.levels().get(code)));
        }
    }

    private static String targetOf(Target target, int row) {
        return target.isNumber()
                ? Double.toString(target.values()[row])
                : target.classes().get(target.codes()[row]);
    }

    private static String event(Events events, int e) {
        int item = events.item()[e];
        int name = events.name()[e];
        return String.join(
                "\u001f",
                Long.toString(events.epochSecond()[e]),
                Double.toString(events.value()[e]),
                item < 0 ? "" : events.items().get(item),
                name < 0 ? "" : events.names().get(name));
    }

    private static void add(MessageDigest sha, String value) {
        sha.update(value.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0x1e);
    }
}
