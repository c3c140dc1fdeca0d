package dev.coterie.prepare;

import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.DateText;
import dev.coterie.collect.LineNumbers;
import dev.coterie.collect.RawColumn;

/** One raw column read as dates, each distinct cell once, with what could not be used. */
final class DateCells {
    private final RawColumn column;
    private final DateText format;
    private final long[] seconds;
    private final DateText.Outcome[] outcomes;

    private DateCells(RawColumn column, ColumnSchema schema) {
        this.column = column;
        this.format = DateText.of(column.values(), schema.dateOrder(), true);
        this.seconds = new long[column.values().size()];
        this.outcomes = new DateText.Outcome[seconds.length];
    }

    static DateCells of(RawColumn column, ColumnSchema schema) {
        var cells = new DateCells(column, schema);
        for (int code = 0; code < cells.seconds.length; code++) {
            DateText.Reading reading = cells.format.read(column.values().get(code));
            cells.seconds[code] = reading.epochSecond();
            cells.outcomes[code] = reading.outcome();
        }
        return cells;
    }

    /** How the column is read. */
    DateText format() {
        return format;
    }

    /** UTC seconds, or {@link Long#MIN_VALUE}. */
    long at(int row) {
        return seconds[column.code(row)];
    }

    /** The latest date in the rows that were not rejected, or {@link Long#MIN_VALUE}. */
    long latest(TableInput table) {
        long latest = Long.MIN_VALUE;
        for (int row = 0; row < column.rows(); row++) {
            if (!table.rejected(row)) latest = Math.max(latest, at(row));
        }
        return latest;
    }

    void report(TableInput table, Findings findings) {
        report(DateText.Outcome.IMPOSSIBLE, "date_impossible", table, findings);
        report(DateText.Outcome.AMBIGUOUS, "date_ambiguous", table, findings);
        report(DateText.Outcome.NOT_A_DATE, "date_not_understood", table, findings);
        if (format.formats() > 1) {
            findings.info(
                    format.formats(),
                    "date_formats",
                    "column",
                    column.name(),
                    "count",
                    format.formats());
        }
    }

    private void report(DateText.Outcome outcome, String key, TableInput table, Findings findings) {
        var lines = new LineNumbers();
        for (int row = 0; row < column.rows(); row++) {
            if (outcomes[column.code(row)] == outcome && !table.rejected(row)) {
                lines.add(table.line(row));
            }
        }
        if (!lines.any()) return;
        findings.warning(
                lines.count(),
                key,
                "column",
                column.name(),
                "count",
                lines.count(),
                "lines",
                lines.message());
    }
}
