package dev.coterie.brief;

import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Events;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;

/**
 * When a segment acts.
 *
 * @param days length of the latest stretch that is looked at
 * @param activeLately share of the segment's customers with an event in that stretch
 * @param peakMonth 1..12, the month with the highest share of its dated events against all others'
 *     events, or 0 if the window is shorter than a year
 * @param peakShare share of its events in that month
 * @param peakElsewhere share of the others' events in it
 * @param events of the segment, dated
 * @param otherEvents of everyone else, dated
 * @param firstDay first day of the data, days since 1970, or {@link Long#MIN_VALUE}
 * @param lastDay last day
 */
record Rhythm(
        int days,
        double activeLately,
        int peakMonth,
        double peakShare,
        double peakElsewhere,
        long events,
        long otherEvents,
        long firstDay,
        long lastDay) {
    private static final long DAY = 86_400;

    static Rhythm of(CustomerTable customers, int[] labels, int cluster) {
        Events e = customers.events();
        long first = Long.MAX_VALUE;
        for (long t : e.epochSecond()) if (t != Long.MIN_VALUE) first = Math.min(first, t);
        long members = Arrays.stream(labels).filter(l -> l == cluster).count();
        if (first == Long.MAX_VALUE || members == 0) {
            return new Rhythm(0, 0, 0, 0, 0, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE);
        }
        long last = e.latestEpochSecond();
        int window = (int) Math.max(1, (last - first) / DAY);
        int days = stretch(customers, labels, cluster, Math.max(7, Math.min(90, window / 4)));
        var active = new HashSet<Integer>();
        var here = new long[13];
        var there = new long[13];
        for (int i = 0; i < e.count(); i++) {
            long t = e.epochSecond()[i];
            if (t == Long.MIN_VALUE) continue;
            boolean own = labels[e.customer()[i]] == cluster;
            if (own && last - t < days * DAY) active.add(e.customer()[i]);
            int month = Instant.ofEpochSecond(t).atZone(ZoneOffset.UTC).getMonthValue();
            (own ? here : there)[month]++;
        }
        long all = Arrays.stream(here).sum();
        long others = Arrays.stream(there).sum();
        int peak = 0;
        double best = 0;
        for (int m = 1; m <= 12 && window >= 360 && all > 0; m++) {
            double gap = (double) here[m] / all - (double) there[m] / Math.max(1, others);
            if (gap > best && here[m] >= 30) {
                best = gap;
                peak = m;
            }
        }
        return new Rhythm(
                days,
                (double) active.size() / members,
                best >= 0.03 ? peak : 0,
                all == 0 ? 0 : (double) here[peak] / all,
                (double) there[peak] / Math.max(1, others),
                all,
                others,
                Math.floorDiv(first, DAY),
                Math.floorDiv(last, DAY));
    }

    /**
     * Halves the stretch while nearly everybody is active in it: a rate near one leaves no room for
     * a rise to be measured.
     */
    private static int stretch(CustomerTable customers, int[] labels, int cluster, int longest) {
        Events e = customers.events();
        long members = Arrays.stream(labels).filter(l -> l == cluster).count();
        int days = longest;
        while (days >= 14) {
            var active = new HashSet<Integer>();
            for (int i = 0; i < e.count(); i++) {
                boolean own = labels[e.customer()[i]] == cluster;
                long t = e.epochSecond()[i];
                if (own && t != Long.MIN_VALUE && e.latestEpochSecond() - t < days * DAY)
                    active.add(e.customer()[i]);
            }
            if (active.size() <= 0.85 * members) break;
            days /= 2;
        }
        return days;
    }

    boolean known() {
        return days > 0;
    }
}
