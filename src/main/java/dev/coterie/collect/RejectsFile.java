package dev.coterie.collect;

import dev.coterie.language.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        try {
            Files.writeString(path, csv(rejects, language));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's content. */
    public static String csv(List<Reject> rejects, Language language) {
        var out = new StringBuilder("file,record,line,column,reason,excerpt\n");
        for (Reject reject : rejects) {
            out.append(CsvGuard.cell(reject.file())).append(',');
            out.append(reject.record()).append(',');
            out.append(reject.line()).append(',');
            out.append(CsvGuard.cell(reject.column().orElse(""))).append(',');
            out.append(CsvGuard.cell(reject.reason().in(language))).append(',');
            out.append(CsvGuard.cell(reject.excerpt())).append('\n');
        }
        return out.toString();
    }
}
