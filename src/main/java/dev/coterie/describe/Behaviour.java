package dev.coterie.describe;

import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Events;
import dev.coterie.proof.Fact;
import dev.coterie.words.Sense;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What customers did, one figure a customer: how lately, how often, for how much, when. */
final class Behaviour {
    private static final double DAY = 86_400;

    private final int[] count;
    private final int[] dated;
    private final int[] late;
    private final int[] weekend;
    private final int[] returns;
    private final int[] amounts;
    private final double[] total;
    private final double[] spent;
    private final long[] last;
    private final boolean buys;

    private Behaviour(CustomerTable customers) {
        int n = customers.customers();
        count = new int[n];
        dated = new int[n];
        late = new int[n];
        weekend = new int[n];
        returns = new int[n];
        amounts = new int[n];
        total = new double[n];
        spent = new double[n];
        last = new long[n];
        buys = customers.events().hasValues();
        Arrays.fill(last, Long.MIN_VALUE);
        read(customers.events());
    }

    private void read(Events events) {
        long first = Long.MAX_VALUE;
        for (long t : events.epochSecond()) if (t != Long.MIN_VALUE) first = Math.min(first, t);
        long middle = first == Long.MAX_VALUE ? 0 : first / 2 + events.latestEpochSecond() / 2;
        for (int e = 0; e < events.count(); e++) {
            int c = events.customer()[e];
            count[c]++;
            double value = events.value()[e];
            if (!Double.isNaN(value)) {
                total[c] += value;
                if (value < 0) returns[c]++;
                if (value > 0) {
                    spent[c] += value;
                    amounts[c]++;
                }
            }
            long time = events.epochSecond()[e];
            if (time == Long.MIN_VALUE) continue;
            dated[c]++;
            last[c] = Math.max(last[c], time);
            if (time > middle) late[c]++;
            DayOfWeek day = Instant.ofEpochSecond(time).atZone(ZoneOffset.UTC).getDayOfWeek();
            if (day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY) weekend[c]++;
        }
    }

    static List<Attribute> of(CustomerTable customers) {
        Events events = customers.events();
        if (events.count() == 0) return List.of();
        var b = new Behaviour(customers);
        int n = customers.customers();
        var attributes = new ArrayList<Attribute>();
        attributes.add(
                b.attribute("events", Sense.FREQUENCY, Fact.Unit.NUMBER, n, c -> b.count[c]));
        if (Arrays.stream(b.dated).anyMatch(d -> d > 0)) {
            long latest = events.latestEpochSecond();
            attributes.add(
                    b.attribute(
                            "recency_days",
                            Sense.RECENCY,
                            Fact.Unit.DAYS,
                            n,
                            c -> b.dated[c] == 0 ? Double.NaN : (latest - b.last[c]) / DAY));
            attributes.add(
                    b.attribute("recent_share", Sense.TREND, Fact.Unit.SHARE, n, c -> b.trend(c)));
            attributes.add(
                    b.attribute(
                            "weekend_share",
                            Sense.WEEKEND,
                            Fact.Unit.SHARE,
                            n,
                            c ->
                                    b.dated[c] == 0
                                            ? Double.NaN
                                            : (double) b.weekend[c] / b.dated[c]));
        }
        if (events.hasValues()) {
            attributes.add(
                    b.attribute("total_value", Sense.TOTAL, Fact.Unit.MONEY, n, c -> b.total[c]));
            attributes.add(
                    b.attribute(
                            "average_value",
                            Sense.BASKET,
                            Fact.Unit.MONEY,
                            n,
                            c -> b.amounts[c] == 0 ? Double.NaN : b.spent[c] / b.amounts[c]));
            attributes.add(
                    b.attribute(
                            "return_share",
                            Sense.RETURNS,
                            Fact.Unit.SHARE,
                            n,
                            c ->
                                    b.count[c] == 0
                                            ? Double.NaN
                                            : (double) b.returns[c] / b.count[c]));
        }
        attributes.addAll(Things.named(customers));
        return attributes;
    }

    /** Share of the later half of the window; of people with too few events it says nothing. */
    private double trend(int customer) {
        return dated[customer] < 2 ? Double.NaN : (double) late[customer] / dated[customer];
    }

    private interface Figure {
        double of(int customer);
    }

    private Attribute attribute(String key, Sense sense, Fact.Unit unit, int n, Figure figure) {
        var values = new double[n];
        for (int c = 0; c < n; c++) values[c] = figure.of(c);
        Difference.Kind kind = Asymmetry.kind(sense, unit, values);
        return new Attribute(key, sense, kind, unit, key, "", buys, values);
    }
}
