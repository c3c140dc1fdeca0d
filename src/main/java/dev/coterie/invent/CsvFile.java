package dev.coterie.invent;

import java.util.List;

/**
 * One invented file.
 *
 * @param name file name, such as {@code orders.csv}
 * @param csv its whole text: comma-separated, header first, line feeds between rows
 */
public record CsvFile(String name, String csv) {
    /** A file of a header and its rows; cells are quoted where they need it. */
    public static CsvFile of(String name, List<String> header, List<List<String>> rows) {
        var csv = new StringBuilder();
        appendRow(csv, header);
        rows.forEach(row -> appendRow(csv, row));
        return new CsvFile(name, csv.toString());
    }

    private static void appendRow(StringBuilder csv, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) csv.append(',');
            String cell = cells.get(i);
            boolean quoted = cell.contains(",") || cell.contains("\"") || cell.contains("\n");
            csv.append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        csv.append('\n');
    }
}
