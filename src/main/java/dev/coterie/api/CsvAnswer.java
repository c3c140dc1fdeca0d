package dev.coterie.api;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Tables as CSV attachments, with cells that a spreadsheet would run made harmless. */
final class CsvAnswer {
    private static final String STARTS = "=+-@\t\r\n\0＝＋－＠";
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private CsvAnswer() {}

    static void send(Context ctx, String fileName, List<List<String>> rows) {
        var text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i > 0) text.append(',');
                text.append(quoted(guarded(row.get(i))));
            }
            text.append("\r\n");
        }
        ctx.contentType("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + fileName + "\"")
                .result(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A cell that starts like a formula gets an apostrophe in front, unless it is a number. */
    static String guarded(String cell) {
        if (cell.isEmpty() || STARTS.indexOf(cell.charAt(0)) < 0) return cell;
        return NUMBER.matcher(cell).matches() ? cell : "'" + cell;
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
