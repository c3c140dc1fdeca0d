package dev.coterie.prepare;

import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.MissingWords;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.Reject;
import dev.coterie.collect.Role;
import dev.coterie.language.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Who the customers are: gives every row its customer, merges exact repeats, rejects the rest. */
final class CustomerIndex {
    private static final int EXCERPT = 80;

    private final List<TableInput> tables;
    private final OptionalInt customerTable;
    private final Findings findings;
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Integer> byId = new HashMap<>();
    private final List<Reject> rejects = new ArrayList<>();
    private int[] lines = new int[1024];
    private long merged;
    private long conflicting;

    CustomerIndex(List<TableInput> tables, OptionalInt customerTable, Findings findings) {
        this.tables = tables;
        this.customerTable = customerTable;
        this.findings = findings;
    }

    void build() {
        if (customerTable.isPresent()) {
            TableInput owner = tables.get(customerTable.getAsInt());
            if (owner.id().isEmpty()) rowsAreCustomers(owner);
            else own(owner, true);
            for (TableInput table : tables) if (table != owner) own(table, false);
        } else {
            tables.forEach(table -> own(table, true));
        }
        if (merged > 0) findings.step("merge_duplicates", merged);
        if (conflicting > 0) findings.step("first_row_wins", conflicting);
    }

    List<String> ids() {
        return ids;
    }

    int[] lines() {
        return Arrays.copyOf(lines, ids.size());
    }

    List<Reject> rejects() {
        return rejects;
    }

    /**
     * Without an id column each row is a customer by its row number. Whole equal rows are reported
     * and kept: nothing tells that they are one person, and each row is owed its segment.
     */
    private void rowsAreCustomers(TableInput table) {
        Repeats repeats = new Repeats(table);
        int repeated = 0;
        for (int row = 0; row < table.rows(); row++) {
            if (repeats.firstOf(row) >= 0) repeated++;
            String id = Integer.toString(table.table().recordNumbers()[row]);
            table.assign(row, newCustomer(id, table.line(row)));
        }
        if (repeated > 0) {
            findings.info(repeated, "repeated_rows", "file", table.name(), "rows", repeated);
        }
    }

    /** True if the customers have no id but their row number. */
    boolean idsAreRowNumbers() {
        return customerTable.isPresent() && tables.get(customerTable.getAsInt()).id().isEmpty();
    }

    /**
     * @param defines true if an id seen here for the first time is a new customer
     */
    private void own(TableInput table, boolean defines) {
        Optional<RawColumn> id = table.id();
        Message noId =
                Message.of(
                        id.isPresent() ? "prepare.no_customer" : "prepare.no_id_column",
                        "column",
                        id.map(RawColumn::name).orElse(""));
        Message unknown =
                Message.of(
                        "prepare.unknown_customer", "column", id.map(RawColumn::name).orElse(""));
        var repeats = new IdRepeats(table);
        Repeats rows = new Repeats(table);
        for (int row = 0; row < table.rows(); row++) {
            String cell = id.isPresent() ? id.get().cell(row).strip() : "";
            if (MissingWords.isMissingMeasure(cell)) {
                reject(table, row, noId);
                continue;
            }
            Integer known = byId.get(cell);
            if (known == null && !defines) {
                reject(table, row, unknown);
                continue;
            }
            if (known == null) known = newCustomer(cell, table.line(row));
            table.assign(row, known);
            int same = rows.firstOf(row);
            repeats.add(row, known, same);
        }
        repeats.report();
    }

    private int newCustomer(String id, int line) {
        int index = ids.size();
        ids.add(id);
        byId.put(id, index);
        if (index == lines.length) lines = Arrays.copyOf(lines, index * 2);
        lines[index] = line;
        return index;
    }

    private void reject(TableInput table, int row, Message reason) {
        table.fate(row, TableInput.Fate.REJECTED);
        var excerpt = new StringBuilder();
        for (RawColumn column : table.table().columns()) {
            if (excerpt.length() > EXCERPT) break;
            if (column != table.table().columns().get(0)) excerpt.append(',');
            String cell = column.cell(row);
            excerpt.append(cell, 0, Math.min(cell.length(), EXCERPT));
        }
        int end = Math.min(excerpt.length(), EXCERPT);
        if (end > 0 && Character.isHighSurrogate(excerpt.charAt(end - 1))) end--;
        rejects.add(
                new Reject(
                        table.name(),
                        table.table().recordNumbers()[row],
                        table.line(row),
                        table.id().map(RawColumn::name),
                        reason,
                        excerpt.substring(0, end)));
    }

    /** Finds rows whose every cell equals that of an earlier one. */
    private static final class Repeats {
        private final TableInput table;
        private final Map<Long, Integer> firstByHash;

        Repeats(TableInput table) {
            this.table = table;
            this.firstByHash = new HashMap<>(table.rows() * 2);
        }

        /** The earlier equal row, or -1. */
        int firstOf(int row) {
            Integer first = firstByHash.putIfAbsent(table.rowHash(row), row);
            return first != null && table.sameRow(first, row) ? first : -1;
        }
    }

    /** Counts a table's repeated ids: rows that repeat exactly apart from rows that contradict. */
    private final class IdRepeats {
        private final TableInput table;
        private final List<ColumnSchema> profile;
        private final Map<Integer, Integer> firstRow = new HashMap<>();
        private final Set<Integer> exactIds = new HashSet<>();
        private final Set<Integer> conflictIds = new HashSet<>();
        private final List<Message> examples = new ArrayList<>();
        private long exact;
        private long conflicts;

        IdRepeats(TableInput table) {
            this.table = table;
            // Where rows are acts, a column that changes is taken by its most frequent value.
            this.profile = table.events() ? List.of() : contradictable(table);
        }

        private List<ColumnSchema> contradictable(TableInput table) {
            return table.profile().stream().filter(c -> c.role() != Role.RATING).toList();
        }

        void add(int row, int customer, int same) {
            if (same >= 0) {
                exact++;
                exactIds.add(customer);
                if (!table.events()) {
                    table.fate(row, TableInput.Fate.MERGED);
                    merged++;
                }
                return;
            }
            Integer first = firstRow.putIfAbsent(customer, row);
            if (first == null) return;
            ColumnSchema differing = differing(first, row);
            boolean useful = table.events() || table.has(Role.TEXT) || table.has(Role.RATING);
            if (!useful) table.fate(row, TableInput.Fate.MERGED);
            if (differing == null) return;
            conflicts++;
            if (conflictIds.add(customer) && examples.size() < 3) {
                RawColumn column = table.column(differing);
                examples.add(
                        Message.of(
                                "prepare.conflict",
                                "id",
                                table.id().orElseThrow().cell(row),
                                "column",
                                column.name(),
                                "first",
                                shorten(column.cell(first)),
                                "other",
                                shorten(column.cell(row)),
                                "line",
                                Integer.toString(table.line(row))));
            }
        }

        private ColumnSchema differing(int one, int other) {
            for (ColumnSchema schema : profile) {
                RawColumn column = table.column(schema);
                if (column.code(one) != column.code(other)) return schema;
            }
            return null;
        }

        void report() {
            String id = table.id().map(RawColumn::name).orElse("");
            if (table.events()) {
                if (exact > 0)
                    findings.info(exact, "repeated_events", "file", table.name(), "rows", exact);
                return;
            }
            conflicting += conflicts;
            var repeated = new HashSet<>(exactIds);
            repeated.addAll(conflictIds);
            if (conflicts > 0) {
                Message all = examples.get(0);
                for (int i = 1; i < examples.size(); i++) {
                    all = Message.of("prepare.both", "first", all, "second", examples.get(i));
                }
                findings.warning(
                        exact + conflicts,
                        "conflicting_ids",
                        "file",
                        table.name(),
                        "column",
                        id,
                        "ids",
                        repeated.size(),
                        "exact",
                        exact,
                        "conflicts",
                        conflicts,
                        "conflict_ids",
                        conflictIds.size(),
                        "examples",
                        all);
            } else if (exact > 0) {
                findings.warning(
                        exact,
                        "repeated_ids",
                        "file",
                        table.name(),
                        "column",
                        id,
                        "ids",
                        exactIds.size(),
                        "exact",
                        exact);
            }
        }

        private static String shorten(String cell) {
            return cell.length() <= 40 ? cell : cell.substring(0, 40).strip() + "...";
        }
    }
}
