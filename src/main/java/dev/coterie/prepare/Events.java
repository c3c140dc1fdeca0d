package dev.coterie.prepare;

import java.util.List;

/**
 * What customers did, column by column; all arrays have one entry per event, ordered by customer,
 * then time.
 *
 * @param customer row in the customer table
 * @param epochSecond time, or {@link Long#MIN_VALUE} if unknown
 * @param value amount in the file's currency, negative for a return; NaN if the data has no amounts
 * @param item index into items, or -1
 * @param items names of the things that events were about
 * @param name index into names, or -1
 * @param names names of the events
 * @param latestEpochSecond the latest time of the data set: ages are counted back from it
 */
public record Events(
        int[] customer,
        long[] epochSecond,
        double[] value,
        int[] item,
        List<String> items,
        int[] name,
        List<String> names,
        long latestEpochSecond) {
    public static final Events NONE =
            new Events(
                    new int[0],
                    new long[0],
                    new double[0],
                    new int[0],
                    List.of(),
                    new int[0],
                    List.of(),
                    Long.MIN_VALUE);

    public Events {
        items = List.copyOf(items);
        names = List.copyOf(names);
    }

    public int count() {
        return customer.length;
    }

    public boolean hasValues() {
        for (double v : value) if (!Double.isNaN(v)) return true;
        return false;
    }
}
