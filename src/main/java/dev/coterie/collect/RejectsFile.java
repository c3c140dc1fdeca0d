package dev.coterie.collect;

import dev.coterie.language.Language;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the rows that could not be taken as CSV: file, record, line, column, reason, excerpt.
 * UTF-8, line feeds, cells guarded by {@link CsvGuard}.
 */
public final class RejectsFile {
    private RejectsFile() {}

    public static void write(Path path, List<Reject> rejects, Language language) {
        try (BufferedWriter out = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
            write(out, rejects, language);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same on any target; the target stays open. */
    public static void write(Appendable out, List<Reject> rejects, Language language)
            throws IOException {
        out.append("file,record,line,column,reason,excerpt\n");
        for (Reject reject : rejects) {
            out.append(CsvGuard.cell(reject.file())).append(',');
            out.append(Long.toString(reject.record())).append(',');
            out.append(Long.toString(reject.line())).append(',');
            out.append(CsvGuard.cell(reject.column().orElse(""))).append(',');
            out.append(CsvGuard.cell(reject.reason().in(language))).append(',');
            out.append(CsvGuard.cell(reject.excerpt())).append('\n');
        }
    }
}
