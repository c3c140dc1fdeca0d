package dev.coterie.prepare;

import dev.coterie.collect.LineNumbers;
import dev.coterie.collect.NameHints;
import dev.coterie.collect.NumberText;
import dev.coterie.collect.RawColumn;
import java.util.Locale;

/** One raw column read as numbers, each distinct cell once, with what could not be used. */
final class NumberCells {
    private static final double OLDEST = 120;

    /** What kept a cell from being used. */
    private enum Trouble {
        NONE,
        AMBIGUOUS,
        NOT_FINITE,
        NOT_A_NUMBER,
        IMPOSSIBLE
    }

    private final RawColumn column;
    private final NumberText format;
    private final double[] values;
    private final Trouble[] troubles;

    private NumberCells(RawColumn column) {
        this.column = column;
        this.format = NumberText.of(column.values());
        this.values = new double[column.values().size()];
        this.troubles = new Trouble[values.length];
    }

    static NumberCells of(RawColumn column) {
        var cells = new NumberCells(column);
        NameHints hints = NameHints.of(column.name());
        for (int code = 0; code < cells.values.length; code++) {
            NumberText.Reading reading = cells.format.read(column.values().get(code));
            double value = reading.value();
            Trouble trouble =
                    switch (reading.outcome()) {
                        case AMBIGUOUS -> Trouble.AMBIGUOUS;
                        case NOT_FINITE -> Trouble.NOT_FINITE;
                        case NOT_A_NUMBER -> Trouble.NOT_A_NUMBER;
                        default -> Trouble.NONE;
                    };
            if (isImpossible(hints, value)) {
                trouble = Trouble.IMPOSSIBLE;
                value = Double.NaN;
            }
            cells.values[code] = value + 0.0; // turns -0.0 into 0.0
            cells.troubles[code] = trouble;
        }
        return cells;
    }

    /** An age below 1 is how forms say that none was given. */
    static boolean isImpossible(NameHints hints, double value) {
        return hints.age() && (value < 1 || value > OLDEST) || hints.money() && value < 0;
    }

    /** How the column is read. */
    NumberText format() {
        return format;
    }

    double at(int row) {
        return values[column.code(row)];
    }

    void report(TableInput table, Findings findings) {
        for (Trouble trouble : Trouble.values()) {
            if (trouble == Trouble.NONE) continue;
            var lines = new LineNumbers();
            for (int row = 0; row < column.rows(); row++) {
                if (troubles[column.code(row)] == trouble && !table.rejected(row)) {
                    lines.add(table.line(row));
                }
            }
            if (!lines.any()) continue;
            findings.warning(
                    lines.count(),
                    "number_" + trouble.name().toLowerCase(Locale.ROOT),
                    "column",
                    column.name(),
                    "count",
                    lines.count(),
                    "lines",
                    lines.message());
        }
        if (format.currencies().size() > 1) {
            findings.warning(
                    format.currencies().size(),
                    "mixed_currencies",
                    "column",
                    column.name(),
                    "currencies",
                    String.join(" ", format.currencies()));
        }
    }
}
