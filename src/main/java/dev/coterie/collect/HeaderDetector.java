package dev.coterie.collect;

import java.util.List;
import java.util.Optional;

/**
 * Tells a header from a first row of data. A word over a column of numbers or dates speaks for a
 * header; a number or date over a column of the like against it; with neither it is a header.
 */
final class HeaderDetector {
    private HeaderDetector() {}

    /**
     * @param first the first record
     * @param next some records after it
     */
    static boolean isHeader(String[] first, List<String[]> next) {
        int against = 0;
        for (int column = 0; column < first.length; column++) {
            if (first[column].isBlank() || !isMeasured(next, column)) continue;
            if (!isMeasure(first[column])) return true;
            against++;
        }
        return against == 0;
    }

    private static boolean isMeasured(List<String[]> rows, int column) {
        int measures = 0;
        int filled = 0;
        for (String[] row : rows) {
            if (column >= row.length || MissingWords.isMissing(row[column])) continue;
            filled++;
            if (isMeasure(row[column])) measures++;
        }
        return filled > 0 && measures * 10 >= filled * 9;
    }

    private static boolean isMeasure(String cell) {
        return NumberText.of(List.of(cell)).read(cell).isNumeric()
                || DateText.of(List.of(cell), Optional.empty(), false).read(cell).isDateShaped();
    }
}
