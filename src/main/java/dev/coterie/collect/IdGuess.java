package dev.coterie.collect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the column of a table that says which customer a row belongs to. */
final class IdGuess {
    private IdGuess() {}

    /**
     * @param others the other tables of the import
     */
    static Optional<ColumnFacts> find(List<ColumnFacts> columns, List<RawTable> others) {
        ColumnFacts best = null;
        int bestScore = 0;
        for (ColumnFacts column : columns) {
            int score = score(column, others);
            if (score > bestScore) {
                best = column;
                bestScore = score;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int score(ColumnFacts column, List<RawTable> others) {
        boolean measured = column.numeric() == column.filled() && column.whole() < column.filled();
        if (column.filled() == 0 || measured || column.characters() > 64 || column.words() > 6) {
            return 0;
        }
        NameHints hints = NameHints.of(column.name());
        boolean shared = others.stream().anyMatch(t -> hasColumn(t, column.name()));
        int bonus = shared ? 10 : 0;
        if (hints.customerId()) return 100 + bonus;
        if (hints.customerOnly() && column.words() < 2) return 60 + bonus;
        if (hints.idOnly() && (column.unique() || shared)) return 50 + bonus;
        boolean allDates = column.dates() * 10 >= column.filled() * 9;
        if (allDates || column.yesNo() == column.filled() || hints.text()) return 0;
        if (shared && !hints.otherCode() && isKeyLike(column) && uniqueSomewhere(column, others)) {
            return 40;
        }
        boolean code = column.numeric() * 10 < column.filled() && isKeyLike(column);
        if (code && column.unique() && column.position() == 0 && column.rows() >= 10) {
            return hints.otherCode() || hints.personal() || !hasDigits(column) ? 0 : 30;
        }
        return 0;
    }

    private static boolean isKeyLike(ColumnFacts column) {
        return column.characters() <= 40 && column.spaced() * 10 < column.filled();
    }

    private static boolean hasDigits(ColumnFacts column) {
        return column.digits() * 10 >= column.filled() * 9;
    }

    private static boolean hasColumn(RawTable table, String name) {
        return table.columns().stream().anyMatch(c -> sameName(c.name(), name));
    }

    private static boolean uniqueSomewhere(ColumnFacts column, List<RawTable> others) {
        if (column.unique()) return true;
        for (RawTable other : others) {
            for (RawColumn candidate : other.columns()) {
                if (sameName(candidate.name(), column.name())
                        && candidate.values().size() == candidate.rows()) return true;
            }
        }
        return false;
    }

    private static boolean sameName(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]", "");
    }
}
