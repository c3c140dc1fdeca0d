package dev.coterie.predict;

import dev.coterie.prepare.Events;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a customer did, as numbers in plain units: counts, days, amounts and shares. */
final class EventFigures {
    private static final double SECONDS_A_DAY = 86_400;

    private static final double RECENT_DAYS = 90;

    private EventFigures() {}

    /**
     * @param latest epoch second that days are counted back from, or {@link Long#MIN_VALUE}
     * @param kinds the figures wanted
     * @return one array a figure, one value a customer
     */
    static Map<FeatureName, double[]> of(
            Events events, int customers, long latest, List<FeatureName.Kind> kinds) {
        var figures = new LinkedHashMap<FeatureName, double[]>();
        for (FeatureName.Kind kind : kinds) {
            double[] values = new double[customers];
            Arrays.fill(values, kind == FeatureName.Kind.EVENT_COUNT ? 0 : Double.NaN);
            figures.put(FeatureName.of(kind), values);
        }
        int from = 0;
        while (from < events.count()) {
            int customer = events.customer()[from];
            int to = from;
            while (to < events.count() && events.customer()[to] == customer) to++;
            var one = new OneCustomer(events, from, to, latest);
            figures.forEach((name, values) -> values[customer] = one.figure(name.kind()));
            from = to;
        }
        return figures;
    }

    static boolean isOne(FeatureName.Kind kind) {
        return kind.name().startsWith("EVENT_");
    }

    /** The figures that the events can carry; none if there are no events. */
    static List<FeatureName.Kind> kinds(Events events) {
        var kinds = new ArrayList<FeatureName.Kind>();
        if (events.count() == 0) return kinds;
        kinds.add(FeatureName.Kind.EVENT_COUNT);
        if (events.latestEpochSecond() != Long.MIN_VALUE) {
            kinds.add(FeatureName.Kind.EVENT_DAYS_SINCE_LAST);
            kinds.add(FeatureName.Kind.EVENT_DAYS_SINCE_FIRST);
            kinds.add(FeatureName.Kind.EVENT_DAYS_BETWEEN);
            kinds.add(FeatureName.Kind.EVENT_RECENT_SHARE);
        }
        if (events.hasValues()) {
            kinds.add(FeatureName.Kind.EVENT_VALUE_SUM);
            kinds.add(FeatureName.Kind.EVENT_VALUE_MEAN);
            kinds.add(FeatureName.Kind.EVENT_RETURN_SHARE);
        }
        if (!events.items().isEmpty()) kinds.add(FeatureName.Kind.EVENT_ITEMS);
        return kinds;
    }

    /** The events of one customer: from (included) to (excluded). */
    private record OneCustomer(Events events, int from, int to, long latest) {
        double figure(FeatureName.Kind kind) {
            return switch (kind) {
                case EVENT_COUNT -> to - from;
                case EVENT_DAYS_SINCE_LAST -> (latest - lastSecond()) / SECONDS_A_DAY;
                case EVENT_DAYS_SINCE_FIRST -> (latest - firstSecond()) / SECONDS_A_DAY;
                case EVENT_DAYS_BETWEEN ->
                        to - from < 2
                                ? Double.NaN
                                : (lastSecond() - firstSecond()) / SECONDS_A_DAY / (to - from - 1);
                case EVENT_RECENT_SHARE -> recentShare();
                case EVENT_VALUE_SUM -> valueSum();
                case EVENT_VALUE_MEAN -> valueSum() / valueCount();
                case EVENT_RETURN_SHARE -> returnShare();
                case EVENT_ITEMS -> items();
                default -> throw new IllegalArgumentException("no event figure " + kind);
            };
        }

        private double lastSecond() {
            double last = Double.NaN;
            for (int e = from; e < to; e++) {
                long second = events.epochSecond()[e];
                if (second != Long.MIN_VALUE && !(second <= last)) last = second;
            }
            return last;
        }

        private double firstSecond() {
            double first = Double.NaN;
            for (int e = from; e < to; e++) {
                long second = events.epochSecond()[e];
                if (second != Long.MIN_VALUE && !(second >= first)) first = second;
            }
            return first;
        }

        private double recentShare() {
            int recent = 0;
            int dated = 0;
            for (int e = from; e < to; e++) {
                if (events.epochSecond()[e] == Long.MIN_VALUE) continue;
                dated++;
                if (events.epochSecond()[e] >= latest - RECENT_DAYS * SECONDS_A_DAY) recent++;
            }
            return dated == 0 ? Double.NaN : (double) recent / dated;
        }

        private int valueCount() {
            int known = 0;
            for (int e = from; e < to; e++) if (!Double.isNaN(events.value()[e])) known++;
            return known;
        }

        private double valueSum() {
            if (valueCount() == 0) return Double.NaN;
            double sum = 0;
            for (int e = from; e < to; e++) {
                if (!Double.isNaN(events.value()[e])) sum += events.value()[e];
            }
            return sum;
        }

        private double returnShare() {
            if (valueCount() == 0) return Double.NaN;
            int negative = 0;
            for (int e = from; e < to; e++) if (events.value()[e] < 0) negative++;
            return (double) negative / valueCount();
        }

        private double items() {
            Set<Integer> items = new HashSet<>();
            for (int e = from; e < to; e++) if (events.item()[e] >= 0) items.add(events.item()[e]);
            return items.size();
        }
    }
}
