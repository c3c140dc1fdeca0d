package dev.coterie.demo;

import dev.coterie.demo.Shopper.Order;
import dev.coterie.demo.Shopper.Review;
import dev.coterie.invent.CsvFile;
import dev.coterie.invent.Draw;
import dev.coterie.invent.Hand;
import dev.coterie.invent.TextComposer;
import dev.coterie.language.Language;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Makes the demo projects: an invented shop a language, its customers in six planted groups.
 *
 * <p>Some dirt is planted as well: 3 % of the customers' rows twice, missing values, ids with
 * leading zeros, impossible ages, a column that is filled only once a customer has left, and a date
 * column whose order only the whole column tells. A late delivery multiplies the chance to leave by
 * {@value ShopperMaker#LATE_LIFT}.
 *
 * <p>Deterministic: the same seed gives the same bytes.
 */
public final class DemoGenerator {
    private static final double DUPLICATE_CUSTOMERS = 0.03;
    private static final double DUPLICATE_REVIEWS = 0.005;

    private final Shop shop;
    private final Language language;
    private final SplittableRandom random;
    private final ShopperMaker maker;

    private DemoGenerator(Language language, String resource, Hand hand, long seed) {
        this.shop = Shop.read(resource);
        this.language = language;
        this.random = new SplittableRandom(seed);
        this.maker = new ShopperMaker(shop, new TextComposer(shop.grammar(), hand));
    }

    /** A home and garden shop with 2,000 customers and about 4,000 texts. */
    public static DemoData english(long seed) {
        return new DemoGenerator(Language.ENGLISH, "english.yaml", Hand.ENGLISH, seed).generate();
    }

    /** A tea shop with 1,000 customers and about 2,000 texts. */
    public static DemoData chinese(long seed) {
        return new DemoGenerator(Language.CHINESE, "chinese.yaml", Hand.CHINESE, seed).generate();
    }

    private DemoData generate() {
        var shoppers = shoppers();
        var truth = new LinkedHashMap<String, String>();
        shoppers.forEach(shopper -> truth.put(shopper.id(), shopper.group().key()));
        return new DemoData(
                shop.project(),
                language,
                List.of(
                        file("customers", customerRows(shoppers)),
                        file("reviews", reviewRows(shoppers)),
                        file("orders", orderRows(shoppers))),
                truth);
    }

    private List<Shopper> shoppers() {
        int count = shop.groups().stream().mapToInt(Shop.Group::size).sum();
        var ids = new ArrayList<>(ids(count));
        var shoppers = new ArrayList<Shopper>();
        for (Shop.Group group : shop.groups()) {
            for (int i = 0; i < group.size(); i++) {
                String id = ids.get(shoppers.size());
                shoppers.add(maker.make(id, group, random.split()));
            }
        }
        draw().shuffle(shoppers);
        return shoppers;
    }

    private LinkedHashSet<String> ids(int count) {
        var draw = draw();
        int most = (int) Math.pow(10, shop.idDigits() - 1) * 4;
        var ids = new LinkedHashSet<String>();
        while (ids.size() < count) {
            ids.add(
                    String.format(
                            Locale.ROOT, "%0" + shop.idDigits() + "d", draw.between(1, most)));
        }
        return ids;
    }

    private Draw draw() {
        return new Draw(random.split());
    }

    private List<List<String>> customerRows(List<Shopper> shoppers) {
        var since = DateTimeFormatter.ofPattern(shop.sincePattern(), Locale.ROOT);
        var rows = new ArrayList<List<String>>();
        for (Shopper s : shoppers) {
            rows.add(
                    List.of(
                            s.id(),
                            s.age().map(String::valueOf).orElse(""),
                            s.city().orElse(""),
                            s.channel().orElse(""),
                            s.signup().toString(),
                            shop.yesNo(s.newsletterSince().isPresent()),
                            s.newsletterSince().map(since::format).orElse(""),
                            s.tier().orElse(""),
                            String.valueOf(s.lateDeliveries()),
                            s.closed().map(LocalDate::toString).orElse(""),
                            shop.yesNo(s.churned())));
        }
        return withDuplicates(rows, DUPLICATE_CUSTOMERS);
    }

    private List<List<String>> reviewRows(List<Shopper> shoppers) {
        var rows = new ArrayList<List<String>>();
        for (Shopper s : shoppers) {
            for (Review review : s.reviews()) {
                String rating = review.rated() ? String.valueOf(review.written().rating()) : "";
                rows.add(
                        List.of(s.id(), review.date().toString(), rating, review.written().text()));
            }
        }
        rows.sort(Comparator.comparing(row -> row.get(1)));
        return withDuplicates(rows, DUPLICATE_REVIEWS);
    }

    private List<List<String>> orderRows(List<Shopper> shoppers) {
        var rows = new ArrayList<List<String>>();
        for (Shopper s : shoppers) {
            for (Order order : s.orders()) {
                String delivery = shop.onTimeLate().get(order.late() ? 1 : 0);
                rows.add(
                        List.of(
                                s.id(),
                                order.date().toString(),
                                order.product().name(),
                                String.format(Locale.ROOT, "%.2f", order.amount()),
                                shop.yesNo(order.coupon()),
                                order.isReturn() ? "" : delivery));
            }
        }
        rows.sort(Comparator.comparing(row -> row.get(1)));
        return rows;
    }

    /** Repeats a share of the rows elsewhere in the file, cell by cell the same. */
    private List<List<String>> withDuplicates(List<List<String>> rows, double share) {
        var draw = draw();
        var all = new ArrayList<>(rows);
        var repeated = new ArrayList<>(rows);
        draw.shuffle(repeated);
        for (var row : repeated.subList(0, (int) Math.round(rows.size() * share))) {
            all.add(draw.between(0, all.size() - 1), row);
        }
        return all;
    }

    private CsvFile file(String kind, List<List<String>> rows) {
        return CsvFile.of(shop.files().get(kind), shop.columns().get(kind), rows);
    }
}
