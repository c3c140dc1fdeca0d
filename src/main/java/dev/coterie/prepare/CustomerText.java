package dev.coterie.prepare;

/**
 * One piece of writing by one customer.
 *
 * @param customer row in the customer table
 * @param text as in the file, control characters removed; never blank
 * @param table file it came from
 * @param column column it came from
 * @param line 1-based physical line of its row
 * @param epochDay day it was written, or {@link Long#MIN_VALUE} if unknown
 * @param rating score given with it, or NaN
 */
public record CustomerText(
        int customer,
        String text,
        String table,
        String column,
        int line,
        long epochDay,
        double rating) {}
