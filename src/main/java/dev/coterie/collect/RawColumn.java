package dev.coterie.collect;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One column of text cells, each distinct value held once. Empty cells are the empty text. */
public final class RawColumn {
    private final String name;
    private final List<String> values;
    private final int[] codes;

    private RawColumn(String name, List<String> values, int[] codes) {
        this.name = name;
        this.values = values;
        this.codes = codes;
    }

    public String name() {
        return name;
    }

    public int rows() {
        return codes.length;
    }

    /** The cell of a row as it stands in the file, after decoding; never null. */
    public String cell(int row) {
        return values.get(codes[row]);
    }

    /** The distinct cells in order of first appearance; {@link #code} points into it. */
    public List<String> values() {
        return values;
    }

    public int code(int row) {
        return codes[row];
    }

    /** Gathers the cells of one column while a file is read. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Integer> seen = new LinkedHashMap<>();
        private int[] codes = new int[1024];
        private int rows;

        public void add(String cell) {
            if (rows == codes.length) codes = Arrays.copyOf(codes, rows * 2);
            Integer code = seen.putIfAbsent(cell, seen.size());
            codes[rows++] = code == null ? seen.size() - 1 : code;
        }

        public int rows() {
            return rows;
        }

        public RawColumn build(String name) {
            return new RawColumn(name, List.copyOf(seen.keySet()), Arrays.copyOf(codes, rows));
        }
    }
}
