package dev.coterie.prepare;

import java.util.List;

/**
 * The customers of a data set after cleaning: who they are, what they wrote and what they did.
 *
 * <p>Values are as in the file (missing as NaN or -1); the fitted steps of the {@link Recipe} fill,
 * clip and scale them on their way into features, so that a profile shows the real figures.
 *
 * <p>Customers stand in canonical order, which does not depend on the order of rows in the files.
 *
 * @param ids customer ids, text, zeros kept; distinct
 * @param lines for each customer the 1-based physical line of its first row
 * @param numbers profile numbers
 * @param categories profile categories
 * @param texts ordered by customer, then day
 * @param targets columns a forecast may predict
 */
public record CustomerTable(
        List<String> ids,
        int[] lines,
        List<NumberColumn> numbers,
        List<CategoryColumn> categories,
        List<CustomerText> texts,
        Events events,
        List<TargetColumn> targets) {
    public CustomerTable {
        ids = List.copyOf(ids);
        numbers = List.copyOf(numbers);
        categories = List.copyOf(categories);
        texts = List.copyOf(texts);
        targets = List.copyOf(targets);
    }

    public int customers() {
        return ids.size();
    }
}
