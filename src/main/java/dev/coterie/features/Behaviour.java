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
 * <p>Ages are counted back from the data set's latest event. Counts and amounts are on a
 * logarithmic scale (sign kept), since they spread over orders of magnitude.
 */
record Behaviour(List<String> names, double[][] values) {
    private static final double SECONDS_A_DAY = 86_400;

    /** The names of the features that a data set's events can carry. */
    static List<String> namesFor(Events events) {
        var names = new ArrayList<String>();
        names.add("frequency");
        boolean dated = events.latestEpochSecond() != Long.MIN_VALUE;
        if (dated) names.addAll(List.of("recency_days", "active_days", "interval_days", "trend"));
        if (events.hasValues()) {
            names.addAll(List.of("monetary", "average_value", "value_spread", "return_share"));
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
                case "frequency" -> Math.log1p(to - from);
                case "recency_days" -> Math.log1p(recencyDays());
                case "active_days" -> Math.log1p(activeDays());
                case "interval_days" ->
                        Math.log1p(to - from < 2 ? recencyDays() : activeDays() / (to - from - 1));
                case "trend" -> trend();
                case "monetary" -> signedLog(total());
                case "average_value" -> signedLog(to == from ? 0 : total() / (to - from));
                case "value_spread" -> Math.log1p(spread());
                case "return_share" -> returnShare();
                case "distinct_items" -> Math.log1p(distinctItems());
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

        private double activeDays() {
            double most = Double.NaN;
            for (int e = from; e < to; e++) {
                double days = days(e);
                if (Double.isNaN(most) || days > most) most = days;
            }
            return most - recencyDays();
        }

        /**
         * Log ratio of events in the later half of the customer's own time to those in the earlier
         * half.
         */
        private double trend() {
            double recency = recencyDays();
            double first = recency + activeDays();
            if (Double.isNaN(first)) return Double.NaN;
            double middle = first / 2;
            int late = 0;
            int early = 0;
            for (int e = from; e < to; e++) {
                if (days(e) <= middle) late++;
                else early++;
            }
            return Math.log((late + 0.5) / (early + 0.5));
        }

        private double total() {
            double sum = 0;
            for (int e = from; e < to; e++) {
                if (!Double.isNaN(events.value()[e])) sum += events.value()[e];
            }
            return sum;
        }

        /** Standard deviation of the amounts. */
        private double spread() {
            int n = to - from;
            if (n < 2) return 0;
            double mean = total() / n;
            double squares = 0;
            for (int e = from; e < to; e++) {
                double value = Double.isNaN(events.value()[e]) ? mean : events.value()[e];
                squares += (value - mean) * (value - mean);
            }
            return Math.sqrt(squares / (n - 1));
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
