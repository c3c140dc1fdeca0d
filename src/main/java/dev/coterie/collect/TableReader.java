package dev.coterie.collect;

import dev.coterie.config.Config;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one CSV or JSON Lines file, plain or gzip, into a {@link RawTable}.
 *
 * <p>The file is streamed: once to find its encoding, once to take its rows. Memory holds the
 * distinct cells of each column and the rows' codes. Immutable and thread-safe.
 */
public final class TableReader {
    private static final Logger log = LoggerFactory.getLogger(TableReader.class);

    private final Config.Limits limits;

    public TableReader(Config.Limits limits) {
        this.limits = limits;
    }

    /**
     * @param displayName what messages call the file
     * @throws InvalidInputException if the file is empty, has no data rows or is no text
     * @throws dev.coterie.error.LimitException if it has too many columns or unpacks to too much
     */
    public RawTable read(Path file, String displayName, Progress progress) {
        long started = System.nanoTime();
        String name = cleanName(displayName);
        if (!Files.isRegularFile(file)) {
            throw new NotFoundException(Message.of("collect.no_such_file", "file", name));
        }
        try {
            Content content = Content.of(file, name, limits.gzipRatio());
            Encoding encoding = EncodingDetector.detect(content);
            String start = start(content, encoding, 1 << 16);
            if (start.isBlank()) {
                throw new InvalidInputException(Message.of("collect.empty_file", "file", name));
            }
            RawTable table =
                    isJsonLines(start, name)
                            ? new JsonLinesReader(name, limits, encoding, progress).read(content)
                            : new CsvTableReader(name, limits, encoding, progress).read(content);
            RawTable told = withNotice(table, encoding);
            log.info(
                    "collect: {} rows x {} columns, {} rejected, in {} ms",
                    told.rows(),
                    told.columns().size(),
                    told.rejects().size(),
                    (System.nanoTime() - started) / 1_000_000);
            progress.advance(told.rows(), told.rows(), Progress.Unit.ROWS);
            return told;
        } catch (IOException e) {
            throw new StorageException(Message.of("collect.cannot_read", "file", name), e);
        }
    }

    /** The file's first characters, without those that no cell may hold. */
    static String start(Content content, Encoding encoding, int characters) throws IOException {
        var start = new StringBuilder();
        char[] buffer = new char[1 << 14];
        try (Reader text = encoding.reader(content.open())) {
            int n = text.read(buffer);
            while (n >= 0 && start.length() < characters) {
                for (int i = 0; i < n; i++) {
                    if (!ControlCharacters.isUnwanted(buffer[i])) start.append(buffer[i]);
                }
                n = text.read(buffer);
            }
        }
        return start.toString();
    }

    private static boolean isJsonLines(String start, String name) {
        String text = start.stripLeading();
        if (text.startsWith("[") && text.substring(1).stripLeading().startsWith("{")) {
            throw new InvalidInputException(Message.of("collect.json_array", "file", name));
        }
        if (text.startsWith("{")) {
            String inside = text.substring(1).stripLeading();
            if (inside.startsWith("\"") || inside.startsWith("}")) return true;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        boolean named = lower.matches(".*\\.(jsonl|ndjson)(\\.gz)?");
        return named && (text.startsWith("{") || text.contains("\n{"));
    }

    /** Says which encoding was found where it is not UTF-8. */
    private static RawTable withNotice(RawTable table, Encoding encoding) {
        if (encoding.isUtf8()) return table;
        List<Notice> notices = new ArrayList<>();
        String key = encoding.marked() ? "collect.encoding_marked" : "collect.encoding_guessed";
        notices.add(
                Notice.warning(
                        Message.of(
                                key, "file", table.name(), "encoding", encoding.charset().name()),
                        1));
        notices.addAll(table.notices());
        return new RawTable(
                table.name(),
                table.fingerprint(),
                table.format(),
                table.columns(),
                table.recordNumbers(),
                table.lines(),
                table.rejects(),
                notices);
    }

    /** The last part of a path, without control characters: a name is shown, never opened. */
    static String cleanName(String displayName) {
        String name = displayName.replaceAll("[\\p{Cc}\\p{Cf}]", "");
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        String last = name.substring(slash + 1).strip();
        return last.isEmpty() ? "file" : last;
    }
}
