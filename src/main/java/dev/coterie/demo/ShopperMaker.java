package dev.coterie.demo;

import dev.coterie.demo.Shop.Group;
import dev.coterie.demo.Shop.Product;
import dev.coterie.demo.Shopper.Order;
import dev.coterie.demo.Shopper.Review;
import dev.coterie.invent.Draw;
import dev.coterie.invent.TextComposer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Invents one customer of a group: profile, orders, texts, and whether they left. */
final class ShopperMaker {
    /** A late delivery multiplies the chance to leave by this, in every group. */
    static final double LATE_LIFT = 2.4;

    /** Share of customers who write like their group but buy like another one. */
    private static final double STRAY = 0.04;

    private static final double MISSING = 0.035;

    private final Shop shop;
    private final TextComposer composer;

    ShopperMaker(Shop shop, TextComposer composer) {
        this.shop = shop;
        this.composer = composer;
    }

    /**
     * @param random a generator of this customer's own; profile, orders and texts split it, so that
     *     a change of one leaves the others as they were
     */
    Shopper make(String id, Group group, SplittableRandom random) {
        var draw = new Draw(random.split());
        Group buysLike = draw.chance(STRAY) ? draw.one(shop.groups()) : group;
        LocalDate signup = shop.untilDate().minusDays(draw.between(buysLike.signup()));
        var orders = orders(buysLike, signup, new Draw(random.split()));
        boolean late = orders.stream().anyMatch(Order::late);
        boolean left = draw.chance(Math.min(0.95, group.churn() * (late ? LATE_LIFT : 1)));
        LocalDate last = orders.get(orders.size() - 1).date();
        return new Shopper(
                id,
                group,
                draw.chance(MISSING) ? Optional.empty() : Optional.of(age(group, draw)),
                present(draw.weighted(shop.cities()), draw),
                present(draw.weighted(group.channels()), draw),
                signup,
                draw.chance(group.newsletter())
                        ? Optional.of(between(signup, shop.untilDate(), draw))
                        : Optional.empty(),
                present(draw.weighted(buysLike.tiers()), draw),
                left ? Optional.of(between(last, shop.untilDate(), draw)) : Optional.empty(),
                orders,
                reviews(group, orders, new Draw(random.split())));
    }

    /** A plausible age, and once in a while a slip such as 132. */
    private static int age(Group group, Draw draw) {
        int age = (int) Math.round(draw.normal(group.age().get(0), group.age().get(1)));
        int plausible = Math.max(18, Math.min(86, age));
        return draw.chance(0.002) ? plausible + 100 : plausible;
    }

    private static Optional<String> present(String value, Draw draw) {
        return draw.chance(MISSING) ? Optional.empty() : Optional.of(value);
    }

    private static LocalDate between(LocalDate first, LocalDate last, Draw draw) {
        return first.plusDays(draw.between(0, (int) (last.toEpochDay() - first.toEpochDay())));
    }

    private List<Order> orders(Group group, LocalDate signup, Draw draw) {
        var products = affordable(group);
        var orders = new ArrayList<Order>();
        for (LocalDate date : orderDates(group, signup, draw)) {
            Product product = draw.one(products);
            boolean coupon = draw.chance(group.coupon());
            double gross = product.price() * (draw.chance(0.15) ? 2 : 1);
            double amount = coupon ? gross * (1 - 0.05 * draw.between(2, 5)) : gross;
            orders.add(new Order(date, product, amount, coupon, draw.chance(group.late())));
            LocalDate back = date.plusDays(draw.between(4, 16));
            if (draw.chance(group.returns()) && !back.isAfter(shop.untilDate())) {
                orders.add(new Order(back, product, -amount, coupon, false));
            }
        }
        orders.sort(Comparator.comparing(Order::date));
        return List.copyOf(orders);
    }

    /** Products in the group's price range: those it prefers twice, as many again of the others. */
    private List<Product> affordable(Group group) {
        var products = new ArrayList<Product>();
        for (Product product : shop.products()) {
            boolean inRange =
                    product.price() >= group.price().get(0)
                            && product.price() <= group.price().get(1);
            if (!inRange) continue;
            products.add(product);
            if (product.tags().stream().anyMatch(group.tags()::contains)) {
                products.add(product);
                products.add(product);
            }
        }
        return products;
    }

    private List<LocalDate> orderDates(Group group, LocalDate signup, Draw draw) {
        int count = draw.between(group.orders());
        var dates = new ArrayList<LocalDate>();
        if (group.months().isEmpty()) {
            LocalDate last = shop.untilDate().minusDays(draw.between(group.recency()));
            LocalDate latest = last.isBefore(signup) ? signup : last;
            dates.add(latest);
            while (dates.size() < count) dates.add(between(signup, latest, draw));
        } else {
            var season =
                    signup.datesUntil(shop.untilDate())
                            .filter(day -> group.months().contains(day.getMonthValue()))
                            .toList();
            for (int i = 0; i < count; i++) dates.add(draw.one(season));
        }
        return dates;
    }

    private List<Review> reviews(Group group, List<Order> orders, Draw draw) {
        int dice = draw.between(1, 100);
        int count = dice <= 4 ? 0 : dice <= 34 ? 1 : dice <= 70 ? 2 : dice <= 90 ? 3 : 4;
        var reviews = new ArrayList<Review>();
        for (int i = 0; i < count; i++) {
            String theme = draw.weighted(group.themes());
            Order order = draw.one(orders);
            LocalDate date = order.date().plusDays(draw.between(2, 25));
            LocalDate written = date.isAfter(shop.untilDate()) ? shop.untilDate() : date;
            Product about = about(theme, orders, draw);
            var text =
                    composer.compose(
                            theme,
                            group.bad().getOrDefault(theme, 0.3),
                            shop.closings().get(group.closing()),
                            about.thing(),
                            draw);
            reviews.add(new Review(written, text, !draw.chance(MISSING)));
        }
        return List.copyOf(reviews);
    }

    /** A bought product that suits the theme; failing that, any product that does. */
    private Product about(String theme, List<Order> orders, Draw draw) {
        var bought = orders.stream().map(Order::product).toList();
        boolean picky = shop.products().stream().anyMatch(p -> p.tags().contains(theme));
        if (!picky) return draw.one(bought);
        var fitting = bought.stream().filter(p -> p.tags().contains(theme)).toList();
        if (!fitting.isEmpty()) return draw.one(fitting);
        return draw.one(shop.products().stream().filter(p -> p.tags().contains(theme)).toList());
    }
}
