package dev.coterie.segment;

import java.util.List;

/**
 * Which customers are in which segment of a run.
 *
 * @param customers ids that name the same customer in another run; distinct
 * @param labels segment of each customer, 0..k-1
 * @param k number of segments, 1 or more; one of them may have no customer
 */
public record Membership(List<String> customers, int[] labels, int k) {
    public Membership {
        customers = List.copyOf(customers);
        if (customers.size() != labels.length) {
            throw new IllegalArgumentException(
                    customers.size() + " customers, " + labels.length + " labels");
        }
    }
}
