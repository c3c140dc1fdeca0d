package dev.coterie.prepare;

import dev.coterie.collect.DateText;
import dev.coterie.collect.NumberText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the profile columns of a data set write numbers and dates: what a column as a whole has
 * settled, such as the decimal sign or whether the day comes first, holds for a single cell too.
 *
 * @param numbers by column
 * @param dates by column
 */
record Spellings(Map<String, NumberText> numbers, Map<String, DateText> dates) {
    static final Spellings NONE = new Spellings(Map.of(), Map.of());

    Spellings {
        numbers = Map.copyOf(numbers);
        dates = Map.copyOf(dates);
    }

    /** The number of a cell; NaN if it has none. */
    double number(String column, String cell) {
        NumberText own = NumberText.of(List.of(cell));
        return numbers.getOrDefault(column, own).read(cell).value();
    }

    /** UTC seconds of a cell; {@link Long#MIN_VALUE} if it has no date. */
    long second(String column, String cell) {
        DateText own = DateText.of(List.of(cell), Optional.empty(), true);
        return dates.getOrDefault(column, own).read(cell).epochSecond();
    }
}
