package dev.coterie.demo;

import dev.coterie.demo.Shop.Group;
import dev.coterie.demo.Shop.Product;
import dev.coterie.invent.TextComposer.Written;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One invented customer with everything the files say of them.
 *
 * @param group the planted group
 * @param newsletterSince empty without newsletter
 * @param closed day the account was closed; empty unless the customer left
 */
record Shopper(
        String id,
        Group group,
        Optional<Integer> age,
        Optional<String> city,
        Optional<String> channel,
        LocalDate signup,
        Optional<LocalDate> newsletterSince,
        Optional<String> tier,
        Optional<LocalDate> closed,
        List<Order> orders,
        List<Review> reviews) {

    /**
     * @param amount negative for a return
     */
    record Order(LocalDate date, Product product, double amount, boolean coupon, boolean late) {
        boolean isReturn() {
            return amount < 0;
        }
    }

    /**
     * @param rating empty where the customer left it out
     */
    record Review(LocalDate date, Written written, boolean rated) {}

    long lateDeliveries() {
        return orders.stream().filter(Order::late).count();
    }

    boolean churned() {
        return closed.isPresent();
    }
}
