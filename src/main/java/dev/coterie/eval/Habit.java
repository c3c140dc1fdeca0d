package dev.coterie.eval;

import dev.coterie.invent.Draw;
import java.util.ArrayList;
import java.util.List;

/**
 * How a customer orders, or the members of a group on average; natural logarithms throughout.
 *
 * @param orders of the number of orders
 * @param amount of the amount of an order
 * @param recency of the days since the last order
 */
record Habit(double orders, double amount, double recency) {
    /** What a population without groups does on average. */
    private static final Habit COMMON = new Habit(Math.log(8), Math.log(70), Math.log(60));

    private static final double COMMON_SPREAD = 0.42;

    private static final double[] ORDERS = {3, 6, 11, 20};
    private static final double[] AMOUNTS = {22, 48, 100, 210};
    private static final double[] RECENCIES = {14, 40, 110, 270};

    /** Two habits of a data set differ by at least so many steps of the scales, summed. */
    private static final int APART = 3;

    /** Habits that lie apart, one a group of customers who order alike. */
    static List<Habit> apart(int count, Draw draw) {
        var steps = new ArrayList<int[]>();
        while (steps.size() < count) {
            int[] next = {draw.between(0, 3), draw.between(0, 3), draw.between(0, 3)};
            if (steps.stream().allMatch(other -> distance(next, other) >= APART)) steps.add(next);
        }
        return steps.stream()
                .map(
                        s ->
                                new Habit(
                                        Math.log(ORDERS[s[0]]),
                                        Math.log(AMOUNTS[s[1]]),
                                        Math.log(RECENCIES[s[2]])))
                .toList();
    }

    /** A member's own habit. */
    Habit near(double spread, Draw draw) {
        return new Habit(
                draw.normal(orders, spread),
                draw.normal(amount, spread),
                draw.normal(recency, spread));
    }

    /** A customer's habit where habits tell nothing: one broad hill without groups. */
    static Habit common(Draw draw) {
        return COMMON.near(COMMON_SPREAD, draw);
    }

    /** Any habit at all. */
    static Habit anything(Draw draw) {
        return new Habit(within(ORDERS, draw), within(AMOUNTS, draw), within(RECENCIES, draw));
    }

    private static double within(double[] scale, Draw draw) {
        double low = Math.log(scale[0] / 1.5);
        double high = Math.log(scale[scale.length - 1] * 1.5);
        return low + (high - low) * draw.between(0, 1_000_000) / 1e6;
    }

    private static int distance(int[] a, int[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
        return sum;
    }
}
