package dev.coterie.prepare;

import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.DateText;
import dev.coterie.collect.MissingWords;
import dev.coterie.collect.NumberText;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Makes one value a customer out of the profile columns of every table. */
final class ProfileBuilder {
    /** A numeric target with more values than this is a number, not classes. */
    private static final int MOST_CLASSES = 20;

    private static final long DAY = Duration.ofDays(1).toSeconds();

    private final int customers;
    private final long latest;
    private final boolean codes;
    private final Findings findings;
    private final Set<String> taken = new HashSet<>();
    private final List<NumberColumn> numbers = new ArrayList<>();
    private final List<CategoryColumn> categories = new ArrayList<>();
    private final List<TargetColumn> targets = new ArrayList<>();
    private final Map<String, NumberText> numberFormats = new HashMap<>();
    private final Map<String, DateText> dateFormats = new HashMap<>();

    /**
     * @param codes whether to look for codes for no value
     */
    ProfileBuilder(int customers, long latest, boolean codes, Findings findings) {
        this.customers = customers;
        this.latest = latest;
        this.codes = codes;
        this.findings = findings;
    }

    void add(TableInput table) {
        for (ColumnSchema schema : table.profile()) {
            RawColumn column = table.column(schema);
            String name = taken.add(schema.name()) ? schema.name() : free(schema.name(), table);
            switch (schema.role()) {
                case NUMBER -> number(table, column, schema, name, NumberColumn.Kind.NUMBER);
                case RATING -> number(table, column, schema, name, NumberColumn.Kind.RATING);
                case YESNO -> yesNo(table, column, name);
                case DATE -> age(table, column, schema, name);
                case CATEGORY -> categories.add(category(table, column, name));
                default -> target(table, column, name);
            }
        }
        for (ColumnSchema schema : table.schemas()) {
            if (schema.missing() == table.rows() && table.rows() > 0 && schema.role() != Role.ID) {
                findings.warning(1, "empty_column", "column", schema.name());
            }
        }
    }

    List<NumberColumn> numbers() {
        return numbers;
    }

    List<CategoryColumn> categories() {
        return categories;
    }

    List<TargetColumn> targets() {
        return targets;
    }

    Spellings spellings() {
        return new Spellings(numberFormats, dateFormats);
    }

    private String free(String name, TableInput table) {
        String wanted = name + " (" + table.name() + ")";
        String free = wanted;
        for (int n = 2; !taken.add(free); n++) free = wanted + " " + n;
        return free;
    }

    private void number(
            TableInput table,
            RawColumn column,
            ColumnSchema schema,
            String name,
            NumberColumn.Kind kind) {
        NumberCells cells = NumberCells.of(column);
        cells.report(table, findings);
        numberFormats.put(name, cells.format());
        double[] rows = new double[column.rows()];
        for (int row = 0; row < rows.length; row++) rows[row] = cells.at(row);
        boolean mean = table.events() || kind == NumberColumn.Kind.RATING;
        double[] values = mean ? means(table, rows) : firsts(table, rows);
        // Who settles that it is a number says that each of its numbers is one.
        boolean settled = !codes || schema.confirmed();
        OptionalDouble code = settled ? OptionalDouble.empty() : MissingCode.of(values);
        numbers.add(new NumberColumn(name, kind, values, code));
        noteMissing(name, values);
        code.ifPresent(none -> noteCode(name, values, none));
    }

    private void yesNo(TableInput table, RawColumn column, String name) {
        double[] byCode = new double[column.values().size()];
        for (int code = 0; code < byCode.length; code++) {
            Integer said = MissingWords.yesNo(column.values().get(code)).orElse(null);
            byCode[code] = said == null ? Double.NaN : said;
        }
        double[] rows = new double[column.rows()];
        for (int row = 0; row < rows.length; row++) rows[row] = byCode[column.code(row)];
        double[] values = table.events() ? means(table, rows) : firsts(table, rows);
        for (int i = 0; i < customers; i++) {
            if (!Double.isNaN(values[i])) values[i] = values[i] >= 0.5 ? 1 : 0;
        }
        numbers.add(new NumberColumn(name, NumberColumn.Kind.YESNO, values));
        noteMissing(name, values);
    }

    private void age(TableInput table, RawColumn column, ColumnSchema schema, String name) {
        DateCells cells = DateCells.of(column, schema);
        cells.report(table, findings);
        dateFormats.put(name, cells.format());
        double[] rows = new double[column.rows()];
        for (int row = 0; row < rows.length; row++) rows[row] = days(cells.at(row), latest);
        double[] values = firsts(table, rows);
        numbers.add(new NumberColumn(name, NumberColumn.Kind.AGE_DAYS, values));
        findings.step("date_to_age", name, count(values));
        noteMissing(name, values);
    }

    /** Whole days from a date to the latest one; NaN where there is none. */
    static double days(long second, long latest) {
        if (second == Long.MIN_VALUE || latest == Long.MIN_VALUE) return Double.NaN;
        return Math.floorDiv(latest, DAY) - (double) Math.floorDiv(second, DAY);
    }

    private CategoryColumn category(TableInput table, RawColumn column, String name) {
        int[] codes = codes(table, column);
        long missing = Arrays.stream(codes).filter(c -> c < 0).count();
        if (missing > 0) noteMissing(name, missing);
        return byFrequency(name, column.values(), codes);
    }

    /** Each customer's cell: the most frequent one where rows are acts, else the first. */
    private int[] codes(TableInput table, RawColumn column) {
        int[] alias = stripped(column);
        int[] codes = new int[customers];
        Arrays.fill(codes, -1);
        if (!table.events()) {
            for (int row = column.rows() - 1; row >= 0; row--) {
                int code = alias[column.code(row)];
                if (!table.rejected(row) && code >= 0) codes[table.customer(row)] = code;
            }
            return codes;
        }
        long[] pairs = new long[column.rows()];
        int n = 0;
        for (int row = 0; row < column.rows(); row++) {
            int code = alias[column.code(row)];
            if (!table.rejected(row) && code >= 0) {
                pairs[n++] = (long) table.customer(row) << 32 | code;
            }
        }
        Arrays.sort(pairs, 0, n);
        int[] most = new int[customers];
        for (int i = 0; i < n; ) {
            int from = i;
            while (i < n && pairs[i] == pairs[from]) i++;
            int customer = (int) (pairs[from] >> 32);
            int code = (int) pairs[from];
            boolean tie =
                    i - from == most[customer]
                            && column.values()
                                            .get(code)
                                            .strip()
                                            .compareTo(column.values().get(codes[customer]).strip())
                                    < 0;
            if (i - from > most[customer] || tie) {
                most[customer] = i - from;
                codes[customer] = code;
            }
        }
        return codes;
    }

    /**
     * For each distinct cell the code of its first spelling without spaces around; -1 if missing.
     */
    private static int[] stripped(RawColumn column) {
        var first = new HashMap<String, Integer>();
        int[] alias = new int[column.values().size()];
        for (int code = 0; code < alias.length; code++) {
            String cell = column.values().get(code);
            if (MissingWords.isMissing(cell)) {
                alias[code] = -1;
            } else {
                Integer known = first.putIfAbsent(cell.strip(), code);
                alias[code] = known == null ? code : known;
            }
        }
        return alias;
    }

    private static CategoryColumn byFrequency(String name, List<String> values, int[] codes) {
        int[] counts = new int[values.size()];
        for (int code : codes) if (code >= 0) counts[code]++;
        var used = new ArrayList<Integer>();
        for (int code = 0; code < counts.length; code++) if (counts[code] > 0) used.add(code);
        used.sort(
                Comparator.<Integer>comparingInt(c -> -counts[c])
                        .thenComparing(c -> values.get(c).strip()));
        int[] place = new int[counts.length];
        for (int i = 0; i < used.size(); i++) place[used.get(i)] = i;
        int[] ordered = new int[codes.length];
        for (int i = 0; i < codes.length; i++) ordered[i] = codes[i] < 0 ? -1 : place[codes[i]];
        return new CategoryColumn(
                name, used.stream().map(c -> values.get(c).strip()).toList(), ordered);
    }

    private void target(TableInput table, RawColumn column, String name) {
        NumberCells cells = NumberCells.of(column);
        var filled = new TreeSet<String>();
        boolean numeric = true;
        for (String cell : column.values()) {
            if (MissingWords.isMissing(cell)) continue;
            filled.add(cell.strip());
            numeric &= NumberText.of(List.of(cell)).read(cell).isNumeric();
        }
        if (numeric && filled.size() > MOST_CLASSES) {
            cells.report(table, findings);
            double[] rows = new double[column.rows()];
            for (int row = 0; row < rows.length; row++) rows[row] = cells.at(row);
            double[] values = table.events() ? means(table, rows) : firsts(table, rows);
            targets.add(
                    new TargetColumn(
                            name, TargetColumn.Kind.NUMBER, List.of(), new int[0], values));
            return;
        }
        CategoryColumn category = byFrequency(name, column.values(), codes(table, column));
        List<String> classes = category.levels().stream().sorted().toList();
        int[] codes = new int[customers];
        for (int i = 0; i < customers; i++) {
            int level = category.codes()[i];
            codes[i] = level < 0 ? -1 : classes.indexOf(category.levels().get(level));
        }
        targets.add(
                new TargetColumn(name, TargetColumn.Kind.CLASSES, classes, codes, new double[0]));
    }

    /** The first row of a customer that has a value. */
    private double[] firsts(TableInput table, double[] rows) {
        double[] values = new double[customers];
        Arrays.fill(values, Double.NaN);
        for (int row = rows.length - 1; row >= 0; row--) {
            if (!table.rejected(row) && !Double.isNaN(rows[row])) {
                values[table.customer(row)] = rows[row];
            }
        }
        return values;
    }

    /**
     * The mean over a customer's rows, summed in the order of size so that row order is nothing.
     */
    private double[] means(TableInput table, double[] rows) {
        int[] ends = new int[customers + 1];
        for (int row = 0; row < rows.length; row++) {
            if (table.kept(row) && !Double.isNaN(rows[row])) ends[table.customer(row) + 1]++;
        }
        for (int i = 0; i < customers; i++) ends[i + 1] += ends[i];
        double[] sorted = new double[ends[customers]];
        int[] next = Arrays.copyOf(ends, customers);
        for (int row = 0; row < rows.length; row++) {
            if (table.kept(row) && !Double.isNaN(rows[row])) {
                sorted[next[table.customer(row)]++] = rows[row];
            }
        }
        double[] values = new double[customers];
        for (int i = 0; i < customers; i++) {
            Arrays.sort(sorted, ends[i], ends[i + 1]);
            double sum = 0;
            for (int at = ends[i]; at < ends[i + 1]; at++) sum += sorted[at];
            values[i] = ends[i] == ends[i + 1] ? Double.NaN : sum / (ends[i + 1] - ends[i]);
        }
        return values;
    }

    private void noteCode(String name, double[] values, double code) {
        long count = Arrays.stream(values).filter(v -> v == code).count();
        findings.warning(
                count, "missing_code", "column", name, "code", (long) code, "count", count);
    }

    private void noteMissing(String name, double[] values) {
        long missing = values.length - count(values);
        if (missing > 0) noteMissing(name, missing);
    }

    private void noteMissing(String name, long missing) {
        findings.info(
                missing,
                "missing",
                "column",
                name,
                "count",
                missing,
                "share",
                (double) missing / customers);
    }

    private static long count(double[] values) {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).count();
    }
}
