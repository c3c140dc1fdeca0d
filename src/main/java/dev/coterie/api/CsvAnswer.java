package dev.coterie.api;

import dev.coterie.collect.CsvGuard;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Tables as CSV attachments, each cell through {@link CsvGuard}. */
final class CsvAnswer {
    private CsvAnswer() {}

    static void send(Context ctx, String fileName, List<List<String>> rows) {
        var text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(row.stream().map(CsvGuard::cell).collect(Collectors.joining(",")));
            text.append("\r\n");
        }
        send(ctx, fileName, text.toString());
    }

    static void send(Context ctx, String fileName, String csv) {
        ctx.contentType("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + fileName + "\"")
                .result(csv.getBytes(StandardCharsets.UTF_8));
    }
}
