package dev.coterie.rule;

import dev.coterie.collect.Collected;
import dev.coterie.collect.Collector;
import dev.coterie.collect.MissingWords;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.RoleChoice;
import dev.coterie.collect.TestLimits;
import dev.coterie.describe.Themes;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Preparation;
import dev.coterie.prepare.Prepared;
import dev.coterie.progress.Progress;
import dev.coterie.segment.Algorithm;
import dev.coterie.segment.Certificate;
import dev.coterie.segment.Hierarchy;
import dev.coterie.segment.Method;
import dev.coterie.segment.PrototypeModel;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.Smoothing;
import dev.coterie.words.WrittenWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Files read and cleaned the real way, with planted segments, and the same files in SQLite. */
record RuleData(Collected collected, Prepared prepared, RuleSources sources) {
    /**
     * @param files rows with a header by file name, cells already quoted where they need it
     */
    static RuleData of(Path folder, Map<String, List<String>> files, List<RoleChoice> roles) {
        try {
            var paths = new ArrayList<Path>();
            int n = 0;
            for (List<String> rows : files.values()) {
                Path path = folder.resolve("file" + n++ + ".csv");
                Files.write(path, rows);
                paths.add(path);
            }
            var collected =
                    new Collector(TestLimits.DEFAULT)
                            .collect(paths, List.copyOf(files.keySet()), roles, Progress.NONE);
            var prepared = new Preparation().prepare(collected, Progress.NONE);
            return new RuleData(collected, prepared, RuleSources.of(collected, prepared.recipe()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RuleData of(Path folder, String file, List<String> rows, List<RoleChoice> roles) {
        return of(folder, Map.of(file, rows), roles);
    }

    CustomerTable customers() {
        return prepared.customers();
    }

    /** Segments by the customers' ids; a negative one is an outlier of segment 0. */
    Segmentation segmented(int k, ToIntFunction<String> segment) {
        int n = customers().customers();
        int[] planted = customers().ids().stream().mapToInt(segment).toArray();
        var outlier = new boolean[n];
        for (int i = 0; i < n; i++) outlier[i] = planted[i] < 0;
        return new Segmentation(
                k,
                IntStream.of(planted).map(p -> Math.max(0, p)).toArray(),
                new double[n],
                outlier,
                new double[n],
                new double[k][1],
                new double[n],
                new PrototypeModel(new double[k][1], new double[k], 1, Smoothing.NONE),
                new double[k],
                new Certificate(new double[k], new double[k], new double[k], null),
                List.of(),
                true,
                Message.of("describe.term", "en", "Planted.", "zh", "预设。"),
                new Method(Algorithm.KMEANS, Message.of("segment.method_kmeans")),
                new Segmentation.MapLayout(new int[n], new int[n]),
                Hierarchy.undivided(new int[n], new double[k][1], new double[k]));
    }

    List<SegmentRule> rules(int k, ToIntFunction<String> segment) {
        return rules(segmented(k, segment));
    }

    List<SegmentRule> rules(Segmentation segmentation) {
        var words = WrittenWords.of(customers().texts());
        return List.copyOf(
                RuleLearner.learn(
                                customers(), words, segmentation, sources, Themes::words, c -> true)
                        .values());
    }

    /** The ids of those who fulfil a rule, as the learner sees it. */
    Set<String> fulfil(SegmentRule rule) {
        var columns = new ArrayList<>(RuleColumns.of(customers(), sources));
        columns.add(
                new Writings(customers().texts(), customers().customers(), new int[0])
                        .asking(List.of()));
        var ids = new TreeSet<String>();
        for (int i = 0; i < customers().customers(); i++) {
            int row = i;
            boolean all =
                    rule.conditions().stream()
                            .allMatch(
                                    c ->
                                            columns.stream()
                                                    .filter(x -> x.field().equals(c.field()))
                                                    .findFirst()
                                                    .orElseThrow()
                                                    .holds(c, row));
            if (all) ids.add(customers().ids().get(i));
        }
        return ids;
    }

    /** The ids that a query gives on these files in an SQLite database. */
    Set<String> query(String sql) {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            for (RuleSources.Table table : sources.tables()) load(db, table);
            var ids = new ArrayList<String>();
            try (var rows = db.createStatement().executeQuery(sql)) {
                while (rows.next()) ids.add(rows.getString(1));
            }
            Set<String> distinct = new TreeSet<>(ids);
            if (distinct.size() != ids.size()) throw new AssertionError("an id twice: " + ids);
            return distinct;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static void load(Connection db, RuleSources.Table table) throws SQLException {
        List<RawColumn> columns = table.raw().columns();
        var defined = new ArrayList<String>();
        for (RawColumn c : columns) {
            boolean numbers =
                    c.values().stream()
                            .allMatch(
                                    v ->
                                            MissingWords.isMissing(v)
                                                    || v.strip().matches("-?\\d+(\\.\\d+)?"));
            boolean id = table.id().filter(c.name()::equals).isPresent();
            defined.add(quote(c.name()) + (numbers && !id ? " REAL" : " TEXT"));
        }
        String name = quote(table.name());
        db.createStatement()
                .execute("CREATE TABLE " + name + " (" + String.join(", ", defined) + ")");
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        try (var insert = db.prepareStatement("INSERT INTO " + name + " VALUES (" + marks + ")")) {
            for (int row = 0; row < table.raw().rows(); row++) {
                for (int c = 0; c < columns.size(); c++) {
                    String cell = columns.get(c).cell(row);
                    insert.setString(c + 1, MissingWords.isMissing(cell) ? null : cell);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Written here anew: the tables must not be made by the code under test. */
    private static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Cells as CSV, each quoted. */
    static String row(Object... cells) {
        var out = new StringBuilder();
        for (Object cell : cells) {
            out.append(out.isEmpty() ? "" : ",")
                    .append('"')
                    .append(cell.toString().replace("\"", "\"\""))
                    .append('"');
        }
        return out.toString();
    }

    static Map<String, List<String>> files(Object... namesAndRows) {
        var files = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i < namesAndRows.length; i += 2) {
            var rows = new ArrayList<String>();
            for (Object r : (List<?>) namesAndRows[i + 1]) rows.add((String) r);
            files.put((String) namesAndRows[i], rows);
        }
        return files;
    }
}
