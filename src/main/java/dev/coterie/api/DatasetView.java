package dev.coterie.api;

import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.DateOrder;
import dev.coterie.collect.Role;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.QualityReport;
import dev.coterie.run.Dataset;
import dev.coterie.run.DatasetSummary;
import dev.coterie.words.PersonalData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Datasets as JSON. */
final class DatasetView {
    private DatasetView() {}

    /**
     * @param whole with the columns of every table
     */
    static Map<String, Object> of(Dataset dataset, Language language, boolean whole) {
        DatasetSummary summary = dataset.summary();
        Optional<Map<String, Object>> blocked = blocked(summary, language);
        return Body.of(
                "id",
                dataset.id(),
                "project",
                dataset.project(),
                "name",
                dataset.name(),
                "created_at",
                dataset.createdAt(),
                "files",
                dataset.files().stream()
                        .map(
                                f ->
                                        Body.of(
                                                "name",
                                                f.name(),
                                                "bytes",
                                                f.bytes(),
                                                "sha256",
                                                f.sha256()))
                        .toList(),
                "customers",
                summary.customers(),
                "texts",
                summary.texts(),
                "events",
                summary.events(),
                "tables",
                summary.tables().stream().map(t -> table(t, summary, language, whole)).toList(),
                "links",
                links(summary),
                "warnings",
                NoticeView.of(summary.warnings(), language),
                "rejects",
                Body.of(
                        "total",
                        summary.rejected(),
                        "first",
                        summary.firstRejects().stream()
                                .map(r -> NoticeView.of(r, language))
                                .toList(),
                        "href",
                        "/api/v1/datasets/" + dataset.id() + "/rejects"),
                "roles_confirmed",
                !dataset.choices().isEmpty(),
                "undecided",
                undecided(summary, language),
                "runnable",
                blocked.isEmpty(),
                "blocked",
                blocked);
    }

    private static Map<String, Object> table(
            DatasetSummary.Table table, DatasetSummary summary, Language language, boolean whole) {
        var format = table.format();
        var view = new LinkedHashMap<String, Object>();
        view.put("name", table.name());
        view.put("customer_table", table.customerTable());
        view.put(
                "format",
                Body.of(
                        "kind",
                        format.kind(),
                        "encoding",
                        format.encoding(),
                        "delimiter",
                        String.valueOf(format.delimiter()),
                        "gzip",
                        format.gzip(),
                        "header",
                        format.header()));
        view.put(
                "rows",
                summary.quality().tables().stream()
                        .filter(count -> count.table().equals(table.name()))
                        .findFirst()
                        .map(DatasetView::rows)
                        .orElse(null));
        if (whole) view.put("columns", columns(table, language));
        return view;
    }

    private static Map<String, Object> rows(QualityReport.TableCount count) {
        return Body.of(
                "in",
                count.in(),
                "kept",
                count.kept(),
                "merged",
                count.merged(),
                "rejected",
                count.rejected());
    }

    private static List<Map<String, Object>> columns(
            DatasetSummary.Table table, Language language) {
        return table.schema().columns().stream().map(c -> column(c, language)).toList();
    }

    private static Map<String, Object> column(ColumnSchema column, Language language) {
        return Body.of(
                "name",
                column.name(),
                "role",
                column.role().word(),
                "date_order",
                column.dateOrder().map(DateOrder::word),
                "reason",
                column.reason().in(language),
                "samples",
                samples(column),
                "distinct",
                column.distinct(),
                "missing",
                column.missing(),
                "undecided",
                column.undecided() && !column.confirmed(),
                "confirmed",
                column.confirmed());
    }

    /** Of a personal column only how long its values are, of others nothing that tells a person. */
    private static List<String> samples(ColumnSchema column) {
        boolean personal = column.role() == Role.PERSONAL;
        return column.samples().stream()
                .map(s -> personal ? "•".repeat(Math.min(s.length(), 12)) : PersonalData.mask(s))
                .toList();
    }

    private static List<Map<String, Object>> links(DatasetSummary summary) {
        return summary.links().stream()
                .map(
                        link ->
                                Body.of(
                                        "from_table",
                                        link.fromTable(),
                                        "from_column",
                                        link.fromColumn(),
                                        "to_table",
                                        link.toTable(),
                                        "rows",
                                        link.rows(),
                                        "matched",
                                        link.matched(),
                                        "rate",
                                        link.rate()))
                .toList();
    }

    private static List<Map<String, Object>> undecided(DatasetSummary summary, Language language) {
        return summary.undecided().stream()
                .map(
                        open ->
                                Body.of(
                                        "table",
                                        open.table(),
                                        "column",
                                        open.column().name(),
                                        "reason",
                                        open.column().reason().in(language)))
                .toList();
    }

    /** The undecided columns as the places of a problem. */
    static List<Map<String, Object>> undecidedErrors(DatasetSummary summary, Language language) {
        return summary.undecided().stream()
                .map(
                        open ->
                                Body.of(
                                        "pointer",
                                        "/columns/" + open.column().name(),
                                        "code",
                                        "undecided_column",
                                        "detail",
                                        open.column().reason().in(language)))
                .toList();
    }

    private static Optional<Map<String, Object>> blocked(
            DatasetSummary summary, Language language) {
        if (summary.refusal().isPresent()) {
            var refusal = summary.refusal().get();
            return Optional.of(
                    Body.of("code", refusal.code(), "detail", refusal.message().in(language)));
        }
        int open = summary.undecided().size();
        if (open == 0) return Optional.empty();
        var message = Message.of("run.roles_not_confirmed", "count", open);
        return Optional.of(Body.of("code", "roles_not_confirmed", "detail", message.in(language)));
    }

    static Map<String, Object> schema(Dataset dataset, Language language) {
        return Body.of(
                "dataset",
                dataset.id(),
                "tables",
                dataset.summary().tables().stream()
                        .map(
                                t ->
                                        Body.of(
                                                "name",
                                                t.name(),
                                                "customer_table",
                                                t.customerTable(),
                                                "columns",
                                                columns(t, language)))
                        .toList(),
                "links",
                links(dataset.summary()),
                "undecided",
                undecided(dataset.summary(), language),
                "roles_confirmed",
                !dataset.choices().isEmpty());
    }

    static Map<String, Object> quality(Dataset dataset, Language language) {
        var summary = dataset.summary();
        return Body.of(
                "dataset",
                dataset.id(),
                "tables",
                summary.quality().tables().stream()
                        .map(
                                count -> {
                                    var row = new LinkedHashMap<String, Object>();
                                    row.put("table", count.table());
                                    row.putAll(rows(count));
                                    return row;
                                })
                        .toList(),
                "findings",
                NoticeView.of(summary.quality().findings(), language),
                "steps",
                summary.steps().stream()
                        .map(
                                step ->
                                        Body.of(
                                                "key",
                                                step.key(),
                                                "column",
                                                step.column(),
                                                "text",
                                                step.description().in(language),
                                                "rows",
                                                step.rows()))
                        .toList());
    }
}
