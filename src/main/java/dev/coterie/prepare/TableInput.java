package dev.coterie.prepare;

import dev.coterie.collect.Collected;
import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.MissingWords;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.RawTable;
import dev.coterie.collect.Role;
import dev.coterie.collect.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One raw table with what preparation must know about it, and the fate of each of its rows. */
final class TableInput {
    /** What became of a row. */
    enum Fate {
        KEPT,
        MERGED,
        REJECTED
    }

    private final RawTable table;
    private final TableSchema schema;
    private final boolean severalRows;
    private final boolean events;
    private final int[] customers;
    private final byte[] fates;
    private final Map<String, RawColumn> columns = new HashMap<>();

    /**
     * @param customerTable true if this table has one row a customer
     */
    TableInput(Collected.Source source, boolean customerTable) {
        this.table = source.table();
        this.schema = source.schema();
        for (RawColumn column : table.columns()) columns.put(column.name(), column);
        this.severalRows = !customerTable && id().filter(TableInput::repeats).isPresent();
        boolean acts =
                has(Role.VALUE)
                        || has(Role.QUANTITY)
                        || has(Role.PRICE)
                        || has(Role.ITEM)
                        || has(Role.EVENT);
        this.events = acts || severalRows && has(Role.DATE) && !has(Role.TEXT);
        this.customers = new int[table.rows()];
        this.fates = new byte[table.rows()];
    }

    RawTable table() {
        return table;
    }

    String name() {
        return table.name();
    }

    int rows() {
        return table.rows();
    }

    int line(int row) {
        return table.lines()[row];
    }

    boolean has(Role role) {
        return !schema.with(role).isEmpty();
    }

    List<ColumnSchema> with(Role role) {
        return schema.with(role);
    }

    List<ColumnSchema> schemas() {
        return schema.columns();
    }

    Optional<RawColumn> first(Role role) {
        return schema.with(role).stream().findFirst().map(c -> columns.get(c.name()));
    }

    RawColumn column(ColumnSchema schema) {
        return columns.get(schema.name());
    }

    Optional<RawColumn> id() {
        return first(Role.ID);
    }

    /** True if customers have several rows here. */
    boolean severalRows() {
        return severalRows;
    }

    /** True if the rows are acts. */
    boolean events() {
        return events;
    }

    /** True if the dates here tell when a text was written or an act was done. */
    boolean datesRows() {
        return events || severalRows;
    }

    /** The columns that describe customers. */
    List<ColumnSchema> profile() {
        var profile = new ArrayList<ColumnSchema>();
        for (ColumnSchema column : schema.columns()) {
            boolean describes =
                    switch (column.role()) {
                        case NUMBER, CATEGORY, YESNO, TARGET, RATING -> true;
                        case DATE -> !datesRows();
                        default -> false;
                    };
            if (describes) profile.add(column);
        }
        return profile;
    }

    void assign(int row, int customer) {
        customers[row] = customer;
    }

    /** The customer of a row that was not rejected. */
    int customer(int row) {
        return customers[row];
    }

    Fate fate(int row) {
        return Fate.values()[fates[row]];
    }

    void fate(int row, Fate fate) {
        fates[row] = (byte) fate.ordinal();
    }

    boolean kept(int row) {
        return fates[row] == 0;
    }

    boolean rejected(int row) {
        return fates[row] == (byte) Fate.REJECTED.ordinal();
    }

    boolean sameRow(int one, int other) {
        for (RawColumn column : table.columns()) {
            if (column.code(one) != column.code(other)) return false;
        }
        return true;
    }

    /** A hash of a row's cells; equal rows have equal ones. */
    long rowHash(int row) {
        long hash = 0x9E3779B97F4A7C15L;
        for (RawColumn column : table.columns()) {
            hash = (hash ^ column.code(row)) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    QualityReport.TableCount count() {
        long[] counts = new long[Fate.values().length];
        for (byte fate : fates) counts[fate]++;
        long refused = table.rejects().size();
        return new QualityReport.TableCount(
                name(),
                rows() + refused,
                counts[Fate.KEPT.ordinal()],
                counts[Fate.MERGED.ordinal()],
                counts[Fate.REJECTED.ordinal()] + refused);
    }

    private static boolean repeats(RawColumn ids) {
        boolean[] seen = new boolean[ids.values().size()];
        boolean[] present = new boolean[seen.length];
        for (int code = 0; code < seen.length; code++) {
            present[code] = !MissingWords.isMissingMeasure(ids.values().get(code));
        }
        for (int row = 0; row < ids.rows(); row++) {
            int code = ids.code(row);
            if (seen[code] && present[code]) return true;
            seen[code] = true;
        }
        return false;
    }
}
