package dev.coterie.collect;

/**
 * Keeps spreadsheet programs from running a cell as a formula.
 *
 * <p>Every CSV file that Coterie writes goes through {@link #guard}. A guarded cell starts with an
 * apostrophe, which {@link #unguard} takes away again, so nothing is lost.
 */
public final class CsvGuard {
    private CsvGuard() {}

    /** The cell, with an apostrophe before it if a spreadsheet program might run it. */
    public static String guard(String cell) {
        return isDangerous(withoutApostrophes(cell)) ? "'" + cell : cell;
    }

    /** The cell as it was before {@link #guard}. */
    public static String unguard(String cell) {
        if (!cell.startsWith("'")) return cell;
        return isDangerous(withoutApostrophes(cell)) ? cell.substring(1) : cell;
    }

    /** True if the cell starts like a formula and is no plain number. */
    public static boolean isDangerous(String cell) {
        return !cell.isEmpty() && isFormulaStart(cell.charAt(0)) && !isPlainNumber(cell);
    }

    /** One CSV cell: guarded, then quoted where it must be. */
    public static String cell(String text) {
        String guarded = guard(text);
        for (int i = 0; i < guarded.length(); i++) {
            char c = guarded.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';' || c == '\t') {
                return '"' + guarded.replace("\"", "\"\"") + '"';
            }
        }
        return guarded;
    }

    private static boolean isFormulaStart(char c) {
        return "=+-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20".indexOf(c) >= 0;
    }

    /**
     * A sign, digits with at most one point, and perhaps an exponent: {@code -500}, {@code +1e3}.
     */
    private static boolean isPlainNumber(String cell) {
        int i = cell.charAt(0) == '-' || cell.charAt(0) == '+' ? 1 : 0;
        int digits = 0;
        int points = 0;
        for (; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= '0' && c <= '9') digits++;
            else if (c == '.') points++;
            else break;
        }
        if (digits == 0 || points > 1) return false;
        return i == cell.length() || isExponent(cell, i);
    }

    private static boolean isExponent(String cell, int start) {
        if (cell.charAt(start) != 'e' && cell.charAt(start) != 'E') return false;
        int i = start + 1;
        if (i < cell.length() && (cell.charAt(i) == '-' || cell.charAt(i) == '+')) i++;
        if (i == cell.length()) return false;
        for (; i < cell.length(); i++) {
            if (cell.charAt(i) < '0' || cell.charAt(i) > '9') return false;
        }
        return true;
    }

    private static String withoutApostrophes(String cell) {
        int i = 0;
        while (i < cell.length() && cell.charAt(i) == '\'') i++;
        return cell.substring(i);
    }
}
