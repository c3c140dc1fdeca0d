package dev.coterie.eval;

import dev.coterie.eval.Layout.Place;
import dev.coterie.invent.CsvFile;
import dev.coterie.invent.Draw;
import dev.coterie.language.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Makes data sets with planted groups.
 *
 * <p>Deterministic: the same family and seed give the same bytes. Not thread-safe.
 */
public final class PlantedGenerator {
    private static final double MISSING = 0.02;

    /** Each group of a skewed family has this share of the size of the one before. */
    private static final double SKEW = 0.8;

    private final Map<Language, Inventory> inventories = new EnumMap<>(Language.class);
    private final Map<Language, TextPool> pools = new EnumMap<>(Language.class);

    /** A data set of the family; every seed gives another one. */
    public PlantedData generate(PlantedFamily family, long seed) {
        var inventory = inventories.computeIfAbsent(family.language(), Inventory::of);
        var pool =
                pools.computeIfAbsent(
                        family.language(), language -> new TextPool(language, inventory));
        var random = new SplittableRandom(seed ^ family.name().hashCode() * 0x9E3779B97F4A7C15L);
        var draw = new Draw(random.split());
        List<Place> places = family.layout().places(family.groups());
        var maker = new PlantedCustomerMaker(family, inventory, pool, places, draw);
        var ids = ids(family.customers(), draw);
        var groups = groups(family, draw);
        var customers = new ArrayList<PlantedCustomer>();
        for (int i = 0; i < ids.size(); i++) {
            customers.add(maker.make(ids.get(i), groups.get(i), random.split()));
        }
        var truth = new LinkedHashMap<String, Integer>();
        customers.forEach(c -> truth.put(c.id(), c.group()));
        return new PlantedData(
                family,
                seed,
                family.silent() == 1
                        ? List.of(
                                customerFile(customers, inventory, draw),
                                orderFile(customers, inventory))
                        : List.of(
                                customerFile(customers, inventory, draw),
                                textFile(customers, inventory),
                                orderFile(customers, inventory)),
                truth);
    }

    private static List<String> ids(int count, Draw draw) {
        var ids = new LinkedHashSet<String>();
        while (ids.size() < count) {
            ids.add(String.format(Locale.ROOT, "%06d", draw.between(1, 399_999)));
        }
        return List.copyOf(ids);
    }

    /** The group of each customer in shuffled order, with exactly the shares of the family. */
    private static List<Integer> groups(PlantedFamily family, Draw draw) {
        int noise = (int) Math.round(family.noise() * family.customers());
        int members = family.customers() - noise;
        double[] weights =
                IntStream.range(0, family.groups())
                        .mapToDouble(g -> family.skewed() ? Math.pow(SKEW, g) : 1)
                        .toArray();
        double total = IntStream.range(0, weights.length).mapToDouble(g -> weights[g]).sum();
        var order = new ArrayList<>(IntStream.range(0, weights.length).boxed().toList());
        draw.shuffle(order);
        var groups = new ArrayList<Integer>();
        double sum = 0;
        for (int g = 0; g < weights.length; g++) {
            sum += weights[g];
            while (groups.size() < Math.round(members * sum / total)) groups.add(order.get(g));
        }
        for (int i = 0; i < noise; i++) groups.add(PlantedData.NOISE);
        draw.shuffle(groups);
        return groups;
    }

    private static CsvFile customerFile(
            List<PlantedCustomer> customers, Inventory inventory, Draw draw) {
        var rows = new ArrayList<List<String>>();
        for (PlantedCustomer c : customers) {
            var fields = c.fields();
            rows.add(
                    List.of(
                            c.id(),
                            sometimes(String.valueOf(fields.age()), draw),
                            sometimes(fields.city(), draw),
                            sometimes(fields.channel(), draw),
                            sometimes(fields.plan(), draw),
                            sometimes(fields.household(), draw),
                            inventory.yesNo().get(draw.chance(0.5) ? 0 : 1),
                            c.signup().toString()));
        }
        return CsvFile.of("customers.csv", inventory.columns().get("customers"), rows);
    }

    private static String sometimes(String cell, Draw draw) {
        return draw.chance(MISSING) ? "" : cell;
    }

    private static CsvFile textFile(List<PlantedCustomer> customers, Inventory inventory) {
        var rows = new ArrayList<List<String>>();
        for (PlantedCustomer c : customers) {
            for (var text : c.texts()) {
                rows.add(
                        List.of(
                                c.id(),
                                text.date().toString(),
                                String.valueOf(text.written().rating()),
                                text.written().text()));
            }
        }
        return dated("texts", rows, inventory);
    }

    private static CsvFile orderFile(List<PlantedCustomer> customers, Inventory inventory) {
        var rows = new ArrayList<List<String>>();
        for (PlantedCustomer c : customers) {
            for (var order : c.orders()) {
                rows.add(
                        List.of(
                                c.id(),
                                order.date().toString(),
                                String.format(Locale.ROOT, "%.2f", order.amount())));
            }
        }
        return dated("orders", rows, inventory);
    }

    private static CsvFile dated(String kind, List<List<String>> rows, Inventory inventory) {
        rows.sort(Comparator.comparing(row -> row.get(1)));
        return CsvFile.of(kind + ".csv", inventory.columns().get(kind), rows);
    }
}
