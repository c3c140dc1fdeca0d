package dev.coterie.collect;

import java.util.HashMap;
import java.util.Map;

/**
 * Chooses among comma, semicolon, tab and bar: the one that cuts the most records of the file's
 * start into as many cells as the header.
 */
final class DelimiterDetector {
    private static final char[] CANDIDATES = {',', ';', '\t', '|'};

    private DelimiterDetector() {}

    /**
     * @param start the file's first characters; its last record may be cut
     */
    static char detect(String start, boolean whole) {
        char best = ',';
        double bestShare = -1;
        int bestCells = 0;
        for (char candidate : CANDIDATES) {
            Cut cut = cut(start, candidate, whole);
            // One cell in the header says nothing, unless every candidate says it.
            boolean splits = cut.headerCells > 1;
            boolean bestSplits = bestCells > 1;
            boolean better =
                    splits != bestSplits
                            ? splits
                            : cut.share > bestShare + 1e-9
                                    || cut.share > bestShare - 1e-9 && cut.headerCells > bestCells;
            if (better || bestShare < 0) {
                best = candidate;
                bestShare = cut.share;
                bestCells = cut.headerCells;
            }
        }
        return best;
    }

    /**
     * @param share of the records that have as many cells as the first
     */
    private record Cut(int headerCells, double share) {}

    private static Cut cut(String text, char delimiter, boolean whole) {
        Map<Integer, Integer> counts = new HashMap<>();
        int header = 0;
        int records = 0;
        int cells = 1;
        boolean quoted = false;
        boolean cellStart = true;
        boolean any = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (i == text.length() && (!whole && records > 0 || !any)) break;
            if (quoted && i < text.length()) {
                if (c == '"') quoted = false;
            } else if (c == '\n' || c == '\r') {
                if (any) {
                    if (records++ == 0) header = cells;
                    counts.merge(cells, 1, Integer::sum);
                }
                cells = 1;
                cellStart = true;
                any = false;
            } else {
                any = true;
                if (c == delimiter) {
                    cells++;
                    cellStart = true;
                } else {
                    // A doubled quote closes and opens again at once, which keeps the state right.
                    if (c == '"' && (cellStart || text.charAt(i - 1) == '"')) quoted = true;
                    cellStart = false;
                }
            }
        }
        if (records == 0) return new Cut(1, 0);
        return new Cut(header, counts.getOrDefault(header, 0) / (double) records);
    }
}
