package dev.coterie.api;

import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LimitException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.FinishedRun;
import dev.coterie.run.SegmentEdits;
import dev.coterie.run.SegmentEntry;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Merge, split, customers placed by hand, undo, and the history of all changes. */
final class EditRoutes {
    private static final int MOST_CUSTOMERS = 1000;

    private final Workspace workspace;
    private final Readers readers;
    private final EditView view;
    private final SegmentView segments;

    EditRoutes(Workspace workspace, Readers readers, Counts counts) {
        this.workspace = workspace;
        this.readers = readers;
        this.view = new EditView(counts);
        this.segments = new SegmentView(counts);
    }

    void add(RoutesConfig routes, Idempotency idempotency) {
        routes.post("/api/v1/projects/{p}/segments:merge", idempotency.once(this::merge));
        routes.post("/api/v1/segments/{s}:split", idempotency.once(this::split));
        routes.post("/api/v1/projects/{p}/segments:undo", idempotency.once(this::undo));
        routes.get("/api/v1/projects/{p}/history", this::history);
        routes.post("/api/v1/projects/{p}/customers:move", idempotency.once(this::move));
        routes.post("/api/v1/projects/{p}/customers:release", idempotency.once(this::release));
    }

    record Merge(List<String> segments, Boolean dryRun) {}

    private void merge(Context ctx) {
        var asked = Call.body(ctx, Merge.class, Call.SMALL_BODY);
        if (asked.segments() == null) {
            throw new InvalidInputException(Message.of("run.merge_two"), "/segments", null);
        }
        answer(
                ctx,
                workspace
                        .edits()
                        .merge(
                                ctx.pathParam("p"),
                                asked.segments(),
                                Call.query(ctx, "run"),
                                etags(ctx),
                                Boolean.TRUE.equals(asked.dryRun())),
                new ArrayList<>());
    }

    record Split(Boolean dryRun) {}

    private void split(Context ctx) {
        var asked = Call.body(ctx, Split.class, Call.SMALL_BODY);
        answer(
                ctx,
                workspace
                        .edits()
                        .split(
                                ctx.pathParam("s"),
                                Call.query(ctx, "run"),
                                etags(ctx),
                                Boolean.TRUE.equals(asked.dryRun())),
                new ArrayList<>());
    }

    /**
     * @param customers {@code cus_} ids or ids from the file
     * @param segment id, or null for the nearest segment of each
     */
    record Move(List<String> customers, String segment, Boolean dryRun) {}

    private void move(Context ctx) {
        var asked = Call.body(ctx, Move.class, Call.SMALL_BODY);
        FinishedRun run = run(ctx, Optional.ofNullable(asked.segment()));
        var failed = new ArrayList<Map<String, Object>>();
        List<Integer> rows = rows(run, asked.customers(), failed, Call.language(ctx));
        answer(
                ctx,
                workspace
                        .edits()
                        .move(
                                run.run().id(),
                                rows,
                                Optional.ofNullable(asked.segment()),
                                etags(ctx),
                                Boolean.TRUE.equals(asked.dryRun())),
                failed);
    }

    record Release(List<String> customers, Boolean dryRun) {}

    private void release(Context ctx) {
        var asked = Call.body(ctx, Release.class, Call.SMALL_BODY);
        FinishedRun run = run(ctx, Optional.empty());
        var failed = new ArrayList<Map<String, Object>>();
        List<Integer> rows = rows(run, asked.customers(), failed, Call.language(ctx));
        answer(
                ctx,
                workspace
                        .edits()
                        .release(run.run().id(), rows, Boolean.TRUE.equals(asked.dryRun())),
                failed);
    }

    /** The run of the segment named, else the one that {@code ?run=} or publication means. */
    private FinishedRun run(Context ctx, Optional<String> segment) {
        Reader asked = readers.ofProject(ctx);
        if (segment.isEmpty()) return asked.finished();
        String id = segment.get();
        var usual = workspace.segments().get(id);
        String project = workspace.runs().get(usual.run()).project();
        if (!project.equals(asked.finished().run().project())) {
            throw Readers.missing("segment", id);
        }
        boolean named = Call.query(ctx, "run").isPresent();
        String run = named ? asked.finished().run().id() : usual.run();
        return workspace.runs().finished(run);
    }

    private static List<Integer> rows(
            FinishedRun run,
            List<String> customers,
            List<Map<String, Object>> failed,
            Language language) {
        if (customers == null || customers.isEmpty()) {
            throw new InvalidInputException(Message.of("api.no_customers"), "/customers", null);
        }
        if (customers.size() > MOST_CUSTOMERS) {
            throw new LimitException(
                    Message.of(
                            "api.too_many_customers",
                            "limit",
                            MOST_CUSTOMERS,
                            "found",
                            customers.size()));
        }
        Set<Integer> rows = new LinkedHashSet<>();
        for (int i = 0; i < customers.size(); i++) {
            OptionalInt row =
                    customers.get(i) == null ? OptionalInt.empty() : run.row(customers.get(i));
            if (row.isPresent()) rows.add(row.getAsInt());
            else {
                failed.add(
                        Body.of(
                                "index",
                                i,
                                "code",
                                "no_such_customer",
                                "detail",
                                Message.of("api.no_such_customer").in(language)));
            }
        }
        return List.copyOf(rows);
    }

    /** Every entity tag in {@code If-Match}; none means that the caller does not say. */
    private static Set<String> etags(Context ctx) {
        var tags = new LinkedHashSet<String>();
        String header = ctx.header("If-Match");
        if (header == null || header.strip().equals("*")) return tags;
        for (String tag : header.split(",")) if (!tag.isBlank()) tags.add(tag.strip());
        return tags;
    }

    private void answer(
            Context ctx, SegmentEdits.Outcome outcome, List<Map<String, Object>> failed) {
        Language language = Call.language(ctx);
        Map<String, Object> body =
                view.of(
                        outcome,
                        reader(outcome.before(), language),
                        reader(outcome.after(), language));
        body.put("failed", failed);
        Call.answer(ctx, 200, body);
    }

    private Reader reader(FinishedRun run, Language language) {
        return new Reader(run, workspace.segments().of(run), language);
    }

    /**
     * @param edit the change that is meant; absent: the latest
     */
    record Undo(Long edit) {}

    private void undo(Context ctx) {
        var asked = Call.body(ctx, Undo.class, Call.SMALL_BODY);
        SegmentEntry.Edit undone =
                workspace.edits().undo(ctx.pathParam("p"), Optional.ofNullable(asked.edit()));
        FinishedRun run = workspace.runs().finished(seen(ctx, undone));
        Reader reader = reader(run, Call.language(ctx));
        OptionalInt number = run.segmentNumber(undone.segment());
        Call.answer(
                ctx,
                200,
                Body.of(
                        "run",
                        run.run().id(),
                        "undone",
                        EditView.edit(undone, reader.language()),
                        "segment",
                        number.isPresent() ? segments.whole(reader, number.getAsInt()) : null));
    }

    /** The run that the caller looks at, if the change was of a segment's words and that has it. */
    private String seen(Context ctx, SegmentEntry.Edit undone) {
        return Call.query(ctx, "run")
                .filter(run -> undone.ofSegment())
                .filter(
                        run ->
                                workspace.segments().runsWith(undone.segment()).stream()
                                        .anyMatch(r -> r.id().equals(run)))
                .orElse(undone.run());
    }

    private void history(Context ctx) {
        List<SegmentEntry.Edit> all = workspace.segments().history(ctx.pathParam("p"));
        Language language = Call.language(ctx);
        Call.answer(
                ctx,
                200,
                Page.of(ctx, "history").of(ctx, all, edit -> EditView.edit(edit, language)));
    }
}
