package dev.coterie.api;

import dev.coterie.demo.DemoData;
import dev.coterie.invent.CsvFile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Files of a demo shop that a test takes customers out of, shuffles or gives other behaviour. */
final class DemoShop {
    private final Map<String, List<String>> rows = new LinkedHashMap<>();
    final Map<String, String> truth;

    private DemoShop(Map<String, String> truth) {
        this.truth = truth;
    }

    /** Every {@code step}-th customer of each planted group. */
    static DemoShop of(DemoData data, int step) {
        var chosen = new LinkedHashMap<String, String>();
        var seen = new LinkedHashMap<String, Integer>();
        data.truth()
                .forEach(
                        (id, group) -> {
                            if (seen.merge(group, 1, Integer::sum) % step == 0)
                                chosen.put(id, group);
                        });
        var shop = new DemoShop(chosen);
        for (CsvFile file : data.files()) shop.rows.put(file.name(), file.csv().lines().toList());
        return shop.only(chosen.keySet()::contains);
    }

    /** Ids of a planted group, in a fixed order. */
    List<String> group(String key) {
        return truth.keySet().stream().filter(id -> truth.get(id).equals(key)).sorted().toList();
    }

    DemoShop only(Predicate<String> ids) {
        return mapped((header, lines) -> lines.stream().filter(l -> ids.test(id(l))).toList());
    }

    DemoShop shuffled(long seed) {
        return mapped(
                (header, lines) -> {
                    var copy = new ArrayList<>(lines);
                    Collections.shuffle(copy, new Random(seed));
                    return copy;
                });
    }

    /**
     * Lets customers behave as others do: their rows in every file but the customers' own become
     * copies of those of another customer.
     *
     * @param as the customer whose rows each of them gets
     */
    DemoShop behaving(Map<String, String> as) {
        String own = rows.keySet().iterator().next();
        var shop = new DemoShop(truth);
        rows.forEach(
                (file, lines) -> {
                    if (file.equals(own)) {
                        shop.rows.put(file, lines);
                        return;
                    }
                    var kept = new ArrayList<>(lines.subList(0, 1));
                    for (String line : lines.subList(1, lines.size())) {
                        if (!as.containsKey(id(line))) kept.add(line);
                        as.forEach(
                                (id, model) -> {
                                    if (id(line).equals(model))
                                        kept.add(id + line.substring(model.length()));
                                });
                    }
                    shop.rows.put(file, kept);
                });
        return shop;
    }

    /** Gives every customer another id. */
    DemoShop renamed(UnaryOperator<String> id) {
        return mapped(
                (header, lines) ->
                        lines.stream()
                                .map(l -> id.apply(id(l)) + l.substring(id(l).length()))
                                .toList());
    }

    HttpRequest upload(URI address) {
        var request = new Multipart();
        rows.forEach(
                (name, lines) ->
                        request.file(
                                name,
                                (String.join("\n", lines) + "\n")
                                        .getBytes(StandardCharsets.UTF_8)));
        return request.request(address).build();
    }

    Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        rows.forEach((name, lines) -> files.put(name, String.join("\n", lines) + "\n"));
        return files;
    }

    Set<String> ids() {
        return truth.keySet();
    }

    private interface Change {
        List<String> apply(String header, List<String> lines);
    }

    private DemoShop mapped(Change change) {
        var shop = new DemoShop(truth);
        rows.forEach(
                (name, lines) -> {
                    var all = new ArrayList<String>();
                    all.add(lines.get(0));
                    all.addAll(change.apply(lines.get(0), lines.subList(1, lines.size())));
                    shop.rows.put(name, all);
                });
        return shop;
    }

    private static String id(String line) {
        return line.substring(0, line.indexOf(','));
    }
}
