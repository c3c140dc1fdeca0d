package dev.coterie.prepare;

import java.util.List;

/**
 * New customers in the shape of a fitted table.
 *
 * @param customers in the order given; levels never seen when fitted stand after the known ones
 * @param unknownFields for each customer the profile keys that no column has
 * @param unreadable for each customer what was given but cannot be read: a profile key whose value
 *     is no number, date or yes/no of its column, or one that cannot be; {@code texts[i].at},
 *     {@code texts[i].rating}, {@code events[i].at}, {@code events[i].value}
 * @param imputed for each customer the numbers that were not given and are taken from the median
 */
public record Applied(
        CustomerTable customers,
        List<List<String>> unknownFields,
        List<List<String>> unreadable,
        List<List<String>> imputed) {
    public Applied {
        unknownFields = List.copyOf(unknownFields);
        unreadable = List.copyOf(unreadable);
        imputed = List.copyOf(imputed);
    }
}
