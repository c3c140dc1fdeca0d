package dev.coterie.features;

import dev.coterie.prepare.Events;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a customer's events say, as raw figures before scaling: recency, frequency, monetary value
 * and their trend, with breadth and returns.
 *
 * <p>Ages are counted back from the data set's latest event. Every figure is on the scale where its
 * chance variation is about the same for all customers, so that customers with few events are no
 * group of their own: counts as twice their root, differences of counts divided by the root of
 * their sum, ages and amounts as logarithms (sign kept).
 *
 * @see <a href="https://doi.org/10.1093/biomet/35.3-4.246">Anscombe, the transformation of Poisson,
 *     binomial and negative-binomial data, 1948</a>
 */
record Behaviour(List<String> names, double[][] values) {
    private static final double SECONDS_A_DAY = 86_400;

    /** The names of the features that a data set's events can carry. */
    static List<String> namesFor(Events events) {
        var names = new ArrayList<String>();
        names.add("frequency");
        boolean dated = events.latestEpochSecond() != Long.MIN_VALUE;
        if (dated) names.addAll(List.of("recency_days", "trend"));
        if (events.hasValues()) {
            names.addAll(List.of("monetary", "average_value", "return_share"));
        }
        if (!events.items().isEmpty()) names.add("distinct_items");
        return List.copyOf(names);
    }

    /**
     * @param customers rows of the customer table
     * @param names the features to compute, as named when fitted
     * @param latest epoch second that ages are counted from
     */
    static Behaviour of(Events events, int customers, List<String> names, long latest) {
        int[] start = new int[customers + 1];
        for (int customer : events.customer()) start[customer + 1]++;
        for (int c = 0; c < customers; c++) start[c + 1] += start[c];
        double[][] values = new double[customers][];
        for (int c = 0; c < customers; c++) {
            var one = new OneCustomer(events, start[c], start[c + 1], latest);
            values[c] = names.stream().mapToDouble(one::figure).toArray();
        }
        return new Behaviour(names, values);
    }

    /** The events of one customer: rows from (included) to (excluded), in time order. */
    private record OneCustomer(Events events, int from, int to, long latest) {
        double figure(String name) {
            return switch (name) {
                case "frequency" -> 2 * Math.sqrt(to - from + 0.375);
                case "recency_days" -> Math.log1p(recencyDays());
                case "trend" -> trend();
                case "monetary" -> signedLog(total());
                case "average_value" -> signedLog(to == from ? 0 : total() / (to - from));
                case "return_share" -> returnShare();
                case "distinct_items" -> 2 * Math.sqrt(distinctItems() + 0.375);
                default -> throw new IllegalArgumentException("no behaviour " + name);
            };
        }

        private double days(int event) {
            long second = events.epochSecond()[event];
            return second == Long.MIN_VALUE
                    ? Double.NaN
                    : Math.max(0, (latest - second) / SECONDS_A_DAY);
        }

        /** Days since the last event; NaN without one, which the fitted step fills. */
        private double recencyDays() {
            double least = Double.NaN;
            for (int e = from; e < to; e++) {
                double days = days(e);
                if (Double.isNaN(least) || days < least) least = days;
            }
            return least;
        }

        /** Days since the first event; NaN without one. */
        private double firstDays() {
            double most = Double.NaN;
            for (int e = from; e < to; e++) {
                double days = days(e);
                if (Double.isNaN(most) || days > most) most = days;
            }
            return most;
        }

        /**
         * How many more events lie in the later than in the earlier half of the time since the
         * customer's first, in units of what chance makes of it.
         */
        private double trend() {
            double first = firstDays();
            if (Double.isNaN(first)) return Double.NaN;
            int late = 0;
            for (int e = from; e < to; e++) if (days(e) <= first / 2) late++;
            int early = to - from - late;
            return (late - early) / Math.sqrt(to - from + 2);
        }

        private double total() {
            double sum = 0;
            for (int e = from; e < to; e++) {
                if (!Double.isNaN(events.value()[e])) sum += events.value()[e];
            }
            return sum;
        }

        private double returnShare() {
            if (to == from) return 0;
            int returns = 0;
            for (int e = from; e < to; e++) if (events.value()[e] < 0) returns++;
            return (double) returns / (to - from);
        }

        private int distinctItems() {
            Set<Integer> seen = new HashSet<>();
            for (int e = from; e < to; e++) if (events.item()[e] >= 0) seen.add(events.item()[e]);
            return seen.size();
        }

        private static double signedLog(double value) {
            return Math.signum(value) * Math.log1p(Math.abs(value));
        }
    }
}
