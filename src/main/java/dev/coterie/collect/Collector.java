package dev.coterie.collect;

import dev.coterie.config.Config;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the files of one import, guesses the roles of their columns, applies the choices of a
 * person and links the tables by their customer ids. Immutable and thread-safe.
 */
public final class Collector {
    private final TableReader reader;
    private final RoleGuesser guesser = new RoleGuesser();

    public Collector(Config.Limits limits) {
        this.reader = new TableReader(limits);
    }

    /**
     * @param names display names, one a path
     * @throws InvalidInputException if a file cannot be used or a choice names an unknown column
     * @throws dev.coterie.error.LimitException if a file is over a limit
     */
    public Collected collect(
            List<Path> paths, List<String> names, List<RoleChoice> choices, Progress progress) {
        if (paths.isEmpty() || paths.size() != names.size()) {
            throw new IllegalArgumentException("one name for each of at least one file");
        }
        var tables = new ArrayList<RawTable>();
        for (int i = 0; i < paths.size(); i++) {
            progress.checkCancelled();
            tables.add(reader.read(paths.get(i), names.get(i), progress));
        }
        return link(distinctNames(tables), choices);
    }

    /** The same for tables that are read already, as after a change of roles. */
    public Collected link(List<RawTable> tables, List<RoleChoice> choices) {
        checkChoices(tables, choices);
        var sources = new ArrayList<Collected.Source>();
        for (RawTable table : tables) {
            var schema = guesser.guess(table, tables, chosenFor(table, choices));
            sources.add(new Collected.Source(table, schema));
        }
        return new Linker(sources).link();
    }

    private static Map<String, RoleChoice> chosenFor(RawTable table, List<RoleChoice> choices) {
        Map<String, RoleChoice> chosen = new HashMap<>();
        for (RoleChoice choice : choices) {
            if (names(choice, table) && hasColumn(table, choice.column())) {
                chosen.put(choice.column(), choice); // a later choice replaces an earlier one
            }
        }
        return chosen;
    }

    private static void checkChoices(List<RawTable> tables, List<RoleChoice> choices) {
        for (RoleChoice choice : choices) {
            List<RawTable> named = tables.stream().filter(t -> names(choice, t)).toList();
            if (named.isEmpty()) {
                throw new InvalidInputException(
                        Message.of(
                                "collect.unknown_table",
                                "table",
                                choice.table().orElse(""),
                                "tables",
                                String.join(", ", tables.stream().map(RawTable::name).toList())));
            }
            if (named.stream().noneMatch(t -> hasColumn(t, choice.column()))) {
                throw new InvalidInputException(
                        Message.of(
                                "collect.unknown_column",
                                "column",
                                choice.column(),
                                "columns",
                                columnList(named)));
            }
        }
    }

    private static String columnList(List<RawTable> tables) {
        var names =
                tables.stream()
                        .flatMap(t -> t.columns().stream())
                        .map(RawColumn::name)
                        .distinct()
                        .toList();
        int shown = Math.min(names.size(), 60);
        String list = String.join(", ", names.subList(0, shown));
        return shown < names.size() ? list + ", ..." : list;
    }

    private static boolean hasColumn(RawTable table, String column) {
        return table.columns().stream().anyMatch(c -> c.name().equals(column));
    }

    private static boolean names(RoleChoice choice, RawTable table) {
        if (choice.table().isEmpty()) return true;
        String wanted = TableReader.cleanName(choice.table().get());
        return wanted.equals(table.name())
                || withoutEndings(wanted).equals(withoutEndings(table.name()));
    }

    /** {@code orders.csv.gz} is also called {@code orders}. */
    static String withoutEndings(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int end = lower.length();
        if (lower.endsWith(".gz")) end -= 3;
        for (String ending : List.of(".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json")) {
            if (lower.startsWith(ending, end - ending.length())) {
                end -= ending.length();
                break;
            }
        }
        return end == 0 ? name : name.substring(0, end);
    }

    /** Two files of the same name get different ones, so that a row can be found again. */
    private static List<RawTable> distinctNames(List<RawTable> tables) {
        var named = new ArrayList<RawTable>();
        Map<String, Integer> seen = new HashMap<>();
        for (RawTable table : tables) {
            int times = seen.merge(table.name(), 1, Integer::sum);
            named.add(times == 1 ? table : renamed(table, table.name() + " (" + times + ")"));
        }
        return named;
    }

    private static RawTable renamed(RawTable table, String name) {
        return new RawTable(
                name,
                table.fingerprint(),
                table.format(),
                table.columns(),
                table.recordNumbers(),
                table.lines(),
                table.rejects().stream()
                        .map(
                                r ->
                                        new Reject(
                                                name,
                                                r.record(),
                                                r.line(),
                                                r.column(),
                                                r.reason(),
                                                r.excerpt()))
                        .toList(),
                table.notices());
    }
}
