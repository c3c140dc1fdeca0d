package dev.coterie.collect;

import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Finds the customer table of an import and how well the other tables' ids are found in it. */
final class Linker {
    /** Below this share of matched rows the ids are probably written in different ways. */
    private static final double POOR = 0.5;

    private final List<Collected.Source> sources;
    private final List<Notice> notices = new ArrayList<>();

    Linker(List<Collected.Source> sources) {
        this.sources = sources;
    }

    Collected link() {
        noteColumns();
        OptionalInt customers = customerTable();
        var links = new ArrayList<Collected.Link>();
        if (sources.size() > 1) {
            if (sources.stream().noneMatch(s -> s.schema().id().isPresent())) {
                throw new InvalidInputException(
                        Message.of(
                                "collect.no_shared_id",
                                "tables",
                                String.join(
                                        ", ",
                                        sources.stream().map(s -> s.table().name()).toList())));
            }
            customers.ifPresentOrElse(to -> links.addAll(links(to)), this::noteStrangers);
        }
        return new Collected(sources, customers, links, notices);
    }

    private OptionalInt customerTable() {
        if (sources.size() == 1) {
            Collected.Source only = sources.get(0);
            boolean one = ids(only).map(Linker::oneRowEach).orElse(true);
            return one ? OptionalInt.of(0) : OptionalInt.empty();
        }
        int best = -1;
        for (int i = 0; i < sources.size(); i++) {
            boolean one = ids(sources.get(i)).map(Linker::oneRowEach).orElse(false);
            if (one && (best < 0 || rank(i) > rank(best))) best = i;
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    /** A table of customers by its name before others, then one without acts, then the longest. */
    private double rank(int index) {
        Collected.Source source = sources.get(index);
        TableSchema schema = source.schema();
        boolean acts =
                !schema.with(Role.VALUE).isEmpty()
                        || !schema.with(Role.QUANTITY).isEmpty()
                        || !schema.with(Role.EVENT).isEmpty();
        boolean named =
                source.table()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .matches(".*(customer|client|user|member|客户|用户|会员|顾客).*");
        double rank = source.table().rows() / (source.table().rows() + 1.0);
        return rank + (acts ? 0 : 2) + (named ? 1 : 0);
    }

    /**
     * Without a customer table everybody named anywhere is a customer; tables that hardly name the
     * same ones probably have another column as id.
     */
    private void noteStrangers() {
        List<Collected.Source> named = sources.stream().filter(s -> ids(s).isPresent()).toList();
        Collected.Source most =
                Collections.max(
                        named, Comparator.comparingInt(s -> ids(s).orElseThrow().values().size()));
        Set<String> known = known(most);
        for (Collected.Source source : named) {
            if (source == most) continue;
            var link = link(source, ids(source).orElseThrow(), most.table().name(), known);
            if (link.rate() < POOR) note("collect.link_poor", link);
        }
    }

    private static Set<String> known(Collected.Source customers) {
        var known = new HashSet<String>();
        for (String id : ids(customers).orElseThrow().values()) known.add(id.strip());
        return known;
    }

    private List<Collected.Link> links(int to) {
        Collected.Source customers = sources.get(to);
        Set<String> known = known(customers);
        var links = new ArrayList<Collected.Link>();
        for (int i = 0; i < sources.size(); i++) {
            Optional<RawColumn> ids = ids(sources.get(i));
            if (i == to || ids.isEmpty()) continue;
            var link = link(sources.get(i), ids.get(), customers.table().name(), known);
            links.add(link);
            note(link.rate() < POOR ? "collect.link_poor" : "collect.link", link);
        }
        return links;
    }

    private void note(String key, Collected.Link link) {
        Message message =
                Message.of(
                        key,
                        "from",
                        link.fromTable(),
                        "column",
                        link.fromColumn(),
                        "to",
                        link.toTable(),
                        "rows",
                        link.rows(),
                        "matched",
                        link.matched(),
                        "rate",
                        link.rate());
        notices.add(
                link.rate() < POOR
                        ? Notice.high(message, link.rows() - link.matched())
                        : Notice.info(message, link.matched()));
    }

    private static Collected.Link link(
            Collected.Source from, RawColumn ids, String to, Set<String> known) {
        boolean[] present = new boolean[ids.values().size()];
        boolean[] found = new boolean[present.length];
        for (int code = 0; code < present.length; code++) {
            String id = ids.values().get(code).strip();
            present[code] = !MissingWords.isMissingMeasure(id);
            found[code] = present[code] && known.contains(id);
        }
        long rows = 0;
        long matched = 0;
        for (int row = 0; row < ids.rows(); row++) {
            if (present[ids.code(row)]) rows++;
            if (found[ids.code(row)]) matched++;
        }
        return new Collected.Link(from.table().name(), ids.name(), to, rows, matched);
    }

    private static Optional<RawColumn> ids(Collected.Source source) {
        return source.schema()
                .id()
                .flatMap(
                        id ->
                                source.table().columns().stream()
                                        .filter(c -> c.name().equals(id.name()))
                                        .findFirst());
    }

    private static boolean oneRowEach(RawColumn ids) {
        long distinct =
                ids.values().stream().filter(v -> !MissingWords.isMissingMeasure(v)).count();
        long rows = 0;
        for (int row = 0; row < ids.rows(); row++) {
            if (!MissingWords.isMissingMeasure(ids.cell(row))) rows++;
        }
        return distinct > 0 && distinct >= RoleGuesser.ONE_ROW_EACH * rows;
    }

    /** What a person should know about the guessed columns before anything runs. */
    private void noteColumns() {
        for (Collected.Source source : sources) {
            String table = source.table().name();
            boolean noId = source.schema().id().isEmpty();
            if (noId && sources.size() > 1) {
                notices.add(Notice.high(Message.of("collect.no_id_column", "table", table), 1));
            } else if (noId) {
                Message message =
                        Message.of(
                                "collect.row_is_customer",
                                "table",
                                table,
                                "rows",
                                source.table().rows());
                notices.add(Notice.info(message, source.table().rows()));
            }
            for (ColumnSchema column : source.schema().columns()) {
                if (column.reason().key().equals("collect.reason_counter")) {
                    Message message =
                            Message.of(
                                    "collect.counter_ignored",
                                    "table",
                                    table,
                                    "column",
                                    column.name());
                    notices.add(Notice.info(message, source.table().rows()));
                }
            }
        }
    }
}
