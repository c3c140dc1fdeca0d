package dev.coterie.collect;

import dev.coterie.config.Config;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gathers one file's rows, rejects and notices. Not thread-safe. */
final class TableBuilder {
    /** So many rejects, and ten times the rows kept, mean that the file is something else. */
    private static final int HOPELESS = 200_000;

    private final String file;
    private final List<String> names = new ArrayList<>();
    private final List<RawColumn.Builder> builders = new ArrayList<>();
    private final IntList records = new IntList();
    private final IntList lines = new IntList();
    private final List<Reject> rejects = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private int lastLine = 1;

    TableBuilder(String file) {
        this.file = file;
    }

    void columns(List<String> columns) {
        columns.forEach(this::column);
    }

    /** A column that appears later; earlier rows have no value in it. */
    int column(String name) {
        names.add(name);
        var builder = new RawColumn.Builder();
        for (int row = 0; row < lines.size(); row++) builder.add("");
        builders.add(builder);
        return builders.size() - 1;
    }

    List<String> names() {
        return names;
    }

    /**
     * @param cells one per column; missing ones at the end may be left out
     */
    void add(int record, int line, String[] cells) {
        for (int i = 0; i < builders.size(); i++) {
            builders.get(i).add(i < cells.length && cells[i] != null ? cells[i] : "");
        }
        records.add(record);
        lines.add(line);
        lastLine = line;
    }

    void reject(Reject reject) {
        rejects.add(reject);
    }

    void addNotices(List<Notice> more) {
        notices.addAll(more);
    }

    int rows() {
        return lines.size();
    }

    int rejects() {
        return rejects.size();
    }

    String lastLine() {
        return Integer.toString(lastLine);
    }

    void refuseHopeless(int waiting) {
        long refused = rejects.size() + (long) waiting;
        if (refused < HOPELESS || refused < 10L * lines.size()) return;
        throw new InvalidInputException(
                Message.of(
                        "collect.mostly_refused",
                        "file",
                        file,
                        "refused",
                        refused,
                        "kept",
                        lines.size(),
                        "first",
                        rejects.isEmpty() ? "" : rejects.get(0).reason()));
    }

    RawTable build(Content content, FileFormat format) throws IOException {
        refuseHopeless(0);
        var columns = new ArrayList<RawColumn>();
        for (int i = 0; i < names.size(); i++) columns.add(builders.get(i).build(names.get(i)));
        builders.clear();
        rejects.sort(Comparator.comparingLong(Reject::record));
        formulaNotice(columns).ifPresent(notices::add);
        return new RawTable(
                file,
                content.fingerprint(),
                format,
                columns,
                records.toArray(),
                lines.toArray(),
                rejects,
                notices);
    }

    private Optional<Notice> formulaNotice(List<RawColumn> columns) {
        var found = new LineNumbers();
        int[] rowLines = lines.toArray();
        for (RawColumn column : columns) {
            boolean[] dangerous = new boolean[column.values().size()];
            boolean any = false;
            for (int code = 0; code < dangerous.length; code++) {
                String cell = column.values().get(code);
                dangerous[code] = cell.length() > 1 && CsvGuard.isDangerous(cell);
                any |= dangerous[code];
            }
            for (int row = 0; any && row < column.rows(); row++) {
                if (dangerous[column.code(row)]) found.add(rowLines[row]);
            }
        }
        if (!found.any()) return Optional.empty();
        Message message =
                Message.of(
                        "collect.formula_cells",
                        "file",
                        file,
                        "count",
                        found.count(),
                        "lines",
                        found.message());
        return Optional.of(Notice.warning(message, found.count()));
    }

    static Message cellTooLong(String line, String column, Config.Limits limits) {
        return Message.of(
                "collect.cell_too_long",
                "line",
                line,
                "column",
                column,
                "limit",
                LimitMessages.size(limits.cellBytes()));
    }

    static Message rowTooLong(String line, Config.Limits limits) {
        return Message.of(
                "collect.row_too_long",
                "line",
                line,
                "limit",
                LimitMessages.size(limits.rowBytes()));
    }

    /** The start of a row as it stands, at most 200 characters. */
    static String excerpt(String[] cells, char delimiter) {
        var excerpt = new StringBuilder();
        for (int i = 0; i < cells.length && excerpt.length() <= CsvRecordScanner.EXCERPT; i++) {
            if (i > 0) excerpt.append(delimiter);
            excerpt.append(cells[i]);
        }
        return cut(excerpt.toString());
    }

    static String cut(String text) {
        if (text.length() <= CsvRecordScanner.EXCERPT) return text;
        int end = CsvRecordScanner.EXCERPT;
        if (Character.isHighSurrogate(text.charAt(end - 1))) end--;
        return text.substring(0, end);
    }
}
