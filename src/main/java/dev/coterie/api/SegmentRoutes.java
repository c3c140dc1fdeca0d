package dev.coterie.api;

import dev.coterie.proof.Fact;
import dev.coterie.run.Project;
import dev.coterie.run.SegmentEntry;
import dev.coterie.run.Segments;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code /segments}, their members, their facts, and the history of changes. */
final class SegmentRoutes {
    private final Workspace workspace;
    private final Readers readers;
    private final SegmentView view;
    private final FactView facts;
    private final Counts counts;
    private final RuleView rules;

    SegmentRoutes(Workspace workspace, Readers readers, Counts counts) {
        this.workspace = workspace;
        this.readers = readers;
        this.view = new SegmentView(counts);
        this.facts = new FactView(counts);
        this.counts = counts;
        this.rules = new RuleView(counts);
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v1/projects/{p}/segments", this::list);
        routes.get("/api/v1/segments/{s}", this::get);
        routes.patch("/api/v1/segments/{s}", this::change);
        routes.get("/api/v1/segments/{s}/members", this::members);
        routes.get("/api/v1/segments/{s}/evidence", this::evidence);
        routes.get("/api/v1/segments/{s}/neighbors", this::neighbours);
        routes.get("/api/v1/segments/{s}/rule", this::rule);
    }

    private void list(Context ctx) {
        Reader reader = readers.ofProject(ctx);
        Project project = workspace.projects().get(ctx.pathParam("p"));
        var run = reader.finished().run();
        var analysis = reader.finished().analysis();
        var cited = new LinkedHashSet<String>();
        Map<String, Object> page =
                Page.of(ctx, run.id())
                        .of(
                                ctx,
                                analysis.segmentation().k(),
                                i -> view.of(reader, i + 1, cited, false));
        Map<String, Object> body =
                Body.of(
                        "run",
                        Body.of(
                                "id",
                                run.id(),
                                "number",
                                run.number(),
                                "published",
                                project.publishedRun().equals(Optional.of(run.id()))),
                        "customers",
                        reader.finished().customers(),
                        "outliers",
                        counts.withShare(
                                analysis.segmentation().outliers(), reader.finished().customers()),
                        "text_language",
                        analysis.description().textLanguage(),
                        "reason",
                        analysis.segmentation().reason().in(reader.language()),
                        "facts",
                        facts.of(reader, cited));
        body.putAll(page);
        Call.answer(ctx, 200, body);
    }

    private void get(Context ctx) {
        Call.answer(ctx, 200, whole(ctx, readers.ofSegment(ctx)));
    }

    private Map<String, Object> whole(Context ctx, Readers.Found found) {
        Reader reader = found.reader();
        int number = reader.number(found.entry());
        ctx.header("ETag", reader.entry(number).etag());
        return view.whole(reader, number);
    }

    record Change(String name, String notes, Boolean locked) {}

    private void change(Context ctx) {
        var asked = Call.body(ctx, Change.class, Call.SMALL_BODY);
        Optional<String> run = Call.query(ctx, "run");
        String id = ctx.pathParam("s");
        // A run that does not have the segment is refused before anything is changed.
        run.ifPresent(r -> workspace.segments().get(id, run));
        SegmentEntry changed =
                workspace
                        .segments()
                        .change(
                                id,
                                new Segments.Change(
                                        Optional.ofNullable(asked.name()),
                                        Optional.ofNullable(asked.notes()),
                                        Optional.ofNullable(asked.locked())),
                                Call.ifMatch(ctx));
        Readers.Found found = readers.ofSegment(ctx, seenIn(run, changed));
        Map<String, Object> body = whole(ctx, found);
        body.put("edit", workspace.segments().lastChange(id).orElse(null));
        Call.answer(ctx, 200, body);
    }

    /** The segment in the run that the caller looks at, if that has it. */
    private SegmentEntry seenIn(Optional<String> run, SegmentEntry usual) {
        boolean there =
                run.isPresent()
                        && workspace.segments().runsWith(usual.id()).stream()
                                .anyMatch(r -> r.id().equals(run.get()));
        return there ? workspace.segments().get(usual.id(), run) : usual;
    }

    /** The owner's own list of members: row counts are not withheld here. */
    private void members(Context ctx) {
        var found = readers.ofSegment(ctx);
        SegmentEntry entry = found.entry();
        Reader reader = found.reader();
        var segmentation = reader.finished().analysis().segmentation();
        int number = reader.number(entry);
        int[] rows = segmentation.members(number - 1);
        if (Call.format(ctx, "json", "csv").equals("csv")) {
            var table = new ArrayList<List<String>>();
            table.add(List.of("customer_id", "segment", "confidence", "outlier"));
            for (int row : rows) {
                table.add(
                        List.of(
                                reader.finished().sourceId(row),
                                Integer.toString(number),
                                String.format(Locale.ROOT, "%.4f", segmentation.confidence()[row]),
                                Boolean.toString(segmentation.outlier()[row])));
            }
            CsvAnswer.send(ctx, "segment-" + number + ".csv", table);
            return;
        }
        Map<String, Object> body = Body.of("run", entry.run());
        body.putAll(
                Page.of(ctx, entry.run())
                        .of(
                                ctx,
                                rows.length,
                                i ->
                                        Body.of(
                                                "id",
                                                reader.finished().customerId(rows[i]),
                                                "source_id",
                                                reader.finished().sourceId(rows[i]),
                                                "confidence",
                                                segmentation.confidence()[rows[i]],
                                                "outlier",
                                                segmentation.outlier()[rows[i]])));
        Call.answer(ctx, 200, body);
    }

    private void evidence(Context ctx) {
        var found = readers.ofSegment(ctx);
        SegmentEntry entry = found.entry();
        Reader reader = found.reader();
        List<Fact> all =
                reader.profile(reader.number(entry)).facts().stream()
                        .map(reader.facts()::get)
                        .filter(fact -> fact != null)
                        .toList();
        Map<String, Object> body = Body.of("run", entry.run());
        body.putAll(
                Page.of(ctx, entry.run())
                        .of(ctx, all, f -> facts.of(entry.run(), f, reader.language())));
        Call.answer(ctx, 200, body);
    }

    private void rule(Context ctx) {
        var found = readers.ofSegment(ctx);
        SegmentEntry entry = found.entry();
        Reader reader = found.reader();
        Map<String, Object> body = Body.of("run", entry.run(), "segment", entry.id());
        body.putAll(
                reader.profile(entry.number())
                        .rule()
                        .map(rule -> rules.whole(rule, reader.language()))
                        .orElseGet(RuleView::none));
        Call.answer(ctx, 200, body);
    }

    private void neighbours(Context ctx) {
        var found = readers.ofSegment(ctx);
        SegmentEntry entry = found.entry();
        Reader reader = found.reader();
        double[][] centroids = reader.finished().analysis().segmentation().segmentCentroids();
        int self = reader.number(entry);
        double[] own = centroids[self - 1];
        List<Integer> nearest =
                IntStream.rangeClosed(1, centroids.length)
                        .filter(number -> number != self)
                        .boxed()
                        .sorted(Comparator.comparingDouble(n -> distance(own, centroids[n - 1])))
                        .toList();
        Map<String, Object> body = Body.of("run", entry.run());
        body.putAll(
                Page.of(ctx, entry.run())
                        .of(
                                ctx,
                                nearest,
                                number -> {
                                    Map<String, Object> view = reader.brief(number);
                                    view.put("distance", distance(own, centroids[number - 1]));
                                    return view;
                                }));
        Call.answer(ctx, 200, body);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.sqrt(sum);
    }
}
