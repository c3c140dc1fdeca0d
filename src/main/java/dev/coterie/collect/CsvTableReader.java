package dev.coterie.collect;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import dev.coterie.config.Config;
import dev.coterie.error.CoterieException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads one CSV file into columns. One instance a file. */
final class CsvTableReader {
    private static final int HEADER_SAMPLE = 100;
    private static final int START_CHARS = 1 << 18;

    private final String file;
    private final Config.Limits limits;
    private final Encoding encoding;
    private final Progress progress;
    private final ControlCharacters removed = new ControlCharacters();
    private final TableBuilder table;
    private List<String> names = List.of();
    private boolean header;
    private char delimiter;

    CsvTableReader(String file, Config.Limits limits, Encoding encoding, Progress progress) {
        this.file = file;
        this.limits = limits;
        this.encoding = encoding;
        this.progress = progress;
        this.table = new TableBuilder(file);
    }

    RawTable read(Content content) throws IOException {
        String start = TableReader.start(content, encoding, START_CHARS);
        Optional<Character> declared = declaredDelimiter(start);
        delimiter =
                declared.orElseGet(
                        () -> DelimiterDetector.detect(start, start.length() < START_CHARS));
        try (Reader text = encoding.reader(content.open());
                CsvRecordScanner scanner =
                        new CsvRecordScanner(text, file, delimiter, limits, removed);
                CsvReader<String[]> parser = parser(scanner)) {
            readRecords(parser.iterator(), scanner, declared.isPresent());
        } catch (CsvParseException e) {
            // The parser wraps what its source throws, such as our limits.
            for (Throwable t = e.getCause(); t != null; t = t.getCause()) {
                if (t instanceof CoterieException ours) throw ours;
            }
            throw new InvalidInputException(
                    Message.of("collect.csv_not_read", "file", file, "line", table.lastLine()), e);
        }
        return table.build(
                content, new FileFormat("csv", name(), delimiter, content.gzip(), header));
    }

    private CsvReader<String[]> parser(CsvRecordScanner scanner) {
        int most = Math.max(limits.rowBytes(), 1 << 14) * 2;
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(most)
                .build(
                        StringArrayHandler.of(
                                b ->
                                        b.maxFields(limits.rowBytes() + 2)
                                                .maxFieldSize(most)
                                                .maxRecordSize(most)),
                        scanner);
    }

    private void readRecords(
            Iterator<String[]> records, CsvRecordScanner scanner, boolean declared) {
        if (declared && records.hasNext()) {
            records.next();
            scanner.next();
        }
        var cells = new ArrayList<String[]>();
        var places = new ArrayList<CsvRecordScanner.Place>();
        while (cells.size() <= HEADER_SAMPLE && records.hasNext()) {
            cells.add(records.next());
            places.add(scanner.next());
        }
        int skipped = declared ? 1 : 0;
        if (cells.isEmpty() && scanner.refusals().isEmpty()) {
            throw new InvalidInputException(Message.of("collect.empty_file", "file", file));
        }
        if (cells.isEmpty() || places.get(0).index() != skipped) throw brokenHeader(scanner);
        header = HeaderDetector.isHeader(cells.get(0), cells.subList(1, cells.size()));
        nameColumns(cells.get(0));
        int offset = header ? -skipped : 1 - skipped;
        for (int i = header ? 1 : 0; i < cells.size(); i++) {
            add(cells.get(i), places.get(i), offset);
        }
        while (records.hasNext()) {
            String[] record = records.next();
            add(record, scanner.next(), offset);
            if ((table.rows() & 0xFFFF) == 0) {
                progress.checkCancelled();
                progress.advance(table.rows(), -1, Progress.Unit.ROWS);
                refuseHopeless(scanner);
            }
        }
        scanner.refusals().forEach(refusal -> refuse(refusal, offset));
        if (table.rows() == 0 && table.rejects() == 0) {
            throw new InvalidInputException(
                    Message.of(
                            "collect.no_data_rows",
                            "file",
                            file,
                            "line",
                            Integer.toString(places.get(0).line())));
        }
        table.addNotices(removed.notices());
    }

    private void nameColumns(String[] first) {
        var wanted = new ArrayList<String>();
        for (String cell : first) wanted.add(header ? cell : "");
        ColumnNames named = ColumnNames.of(wanted, file);
        names = named.names();
        table.columns(names);
        if (header) {
            table.addNotices(named.notices());
        } else {
            table.addNotices(
                    List.of(
                            Notice.warning(
                                    Message.of(
                                            "collect.no_header",
                                            "file",
                                            file,
                                            "last",
                                            names.get(names.size() - 1)),
                                    names.size())));
        }
    }

    private void add(String[] cells, CsvRecordScanner.Place place, int offset) {
        int record = place.index() + offset;
        if (cells.length == names.size()) {
            table.add(record, place.line(), cells);
            return;
        }
        Message reason =
                Message.of(
                        cells.length < names.size()
                                ? "collect.too_few_cells"
                                : "collect.too_many_cells",
                        "line",
                        Integer.toString(place.line()),
                        "found",
                        cells.length,
                        "expected",
                        names.size());
        String excerpt = TableBuilder.excerpt(cells, delimiter);
        table.reject(new Reject(file, record, place.line(), Optional.empty(), reason, excerpt));
    }

    private void refuse(CsvRecordScanner.Refusal refusal, int offset) {
        String column =
                refusal.column() < names.size()
                        ? names.get(refusal.column())
                        : "column_" + (refusal.column() + 1);
        String line = Integer.toString(refusal.line());
        Message reason =
                switch (refusal.fault()) {
                    case QUOTE_NEVER_CLOSED ->
                            Message.of(
                                    "collect.quote_never_closed", "line", line, "column", column);
                    case TEXT_AFTER_QUOTE ->
                            Message.of("collect.text_after_quote", "line", line, "column", column);
                    case CELL_TOO_LONG -> TableBuilder.cellTooLong(line, column, limits);
                    case ROW_TOO_LONG -> TableBuilder.rowTooLong(line, limits);
                    case UNDECODABLE ->
                            Message.of(
                                    "collect.undecodable",
                                    "line",
                                    line,
                                    "column",
                                    column,
                                    "encoding",
                                    name());
                };
        Optional<String> blamed =
                refusal.fault() == CsvRecordScanner.Fault.ROW_TOO_LONG
                        ? Optional.empty()
                        : Optional.of(column);
        table.reject(
                new Reject(
                        file,
                        refusal.index() + offset,
                        refusal.line(),
                        blamed,
                        reason,
                        refusal.excerpt()));
    }

    private void refuseHopeless(CsvRecordScanner scanner) {
        table.refuseHopeless(scanner.refusals().size());
    }

    private InvalidInputException brokenHeader(CsvRecordScanner scanner) {
        int line = scanner.refusals().get(0).line();
        return new InvalidInputException(
                Message.of("collect.header_broken", "file", file, "line", Integer.toString(line)));
    }

    /** Spreadsheet programs name their delimiter in a first line such as {@code sep=;}. */
    private static Optional<Character> declaredDelimiter(String start) {
        boolean declared =
                start.length() > 5
                        && start.regionMatches(true, 0, "sep=", 0, 4)
                        && ",;\t|".indexOf(start.charAt(4)) >= 0
                        && (start.charAt(5) == '\n' || start.charAt(5) == '\r');
        return declared ? Optional.of(start.charAt(4)) : Optional.empty();
    }

    private String name() {
        return encoding.charset().name();
    }
}
