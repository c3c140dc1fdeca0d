package dev.coterie.cli;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows for a terminal that can be printed one by one: the widths are those of the header, or wider
 * where a column asks for it.
 */
final class TextTable {
    private final List<Integer> widths = new ArrayList<>();
    private final List<String> header = new ArrayList<>();

    /**
     * @param least width in terminal cells
     */
    TextTable column(String name, int least) {
        header.add(name);
        widths.add(Math.max(least, cells(name)));
        return this;
    }

    String header() {
        return row(header);
    }

    /** The first column stands on the left, figures on the right. */
    String row(List<String> values) {
        var line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            String padding = " ".repeat(Math.max(0, widths.get(i) - cells(value)));
            if (i > 0) line.append("  ");
            line.append(i == 0 ? value + padding : padding + value);
        }
        return line.toString().stripTrailing();
    }

    /** Chinese characters are two cells wide. */
    private static int cells(String text) {
        return text.codePoints()
                .map(
                        c ->
                                switch (UCharacter.getIntPropertyValue(
                                        c, UProperty.EAST_ASIAN_WIDTH)) {
                                    case UCharacter.EastAsianWidth.WIDE,
                                            UCharacter.EastAsianWidth.FULLWIDTH ->
                                            2;
                                    default -> 1;
                                })
                .sum();
    }
}
