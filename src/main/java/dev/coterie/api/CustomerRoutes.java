package dev.coterie.api;

import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.run.FinishedRun;
import dev.coterie.run.SimilarCustomers;
import dev.coterie.segment.Segmentation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** {@code /customers} of a run: the list, one of them, and those like it. */
final class CustomerRoutes {
    private static final int MOST_SIMILAR = 100;

    private final Readers readers;

    CustomerRoutes(Readers readers) {
        this.readers = readers;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v1/projects/{p}/customers", this::list);
        routes.get("/api/v1/projects/{p}/customers/{id}", this::get);
        routes.get("/api/v1/projects/{p}/customers/{id}/similar", this::similar);
    }

    private void list(Context ctx) {
        Reader reader = readers.ofProject(ctx);
        FinishedRun finished = reader.finished();
        Segmentation segmentation = finished.analysis().segmentation();
        Optional<String> segment = Call.query(ctx, "segment");
        Optional<String> outlier = Call.query(ctx, "outlier");
        int wanted = segment.map(id -> number(finished, id) - 1).orElse(-1);
        outlier.ifPresent(asked -> Call.oneOf(asked, "?outlier", "true", "false"));
        boolean only = outlier.equals(Optional.of("true"));
        boolean without = outlier.equals(Optional.of("false"));
        int[] rows =
                IntStream.range(0, finished.customers())
                        .filter(row -> wanted < 0 || segmentation.labels()[row] == wanted)
                        .filter(row -> !only || segmentation.outlier()[row])
                        .filter(row -> !without || !segmentation.outlier()[row])
                        .toArray();
        Map<String, Object> body = Body.of("run", finished.run().id());
        body.putAll(
                Page.of(ctx, finished.run().id())
                        .of(ctx, rows.length, i -> CustomerView.brief(reader, rows[i])));
        Call.answer(ctx, 200, body);
    }

    private static int number(FinishedRun finished, String id) {
        return finished.segmentNumber(id)
                .orElseThrow(
                        () ->
                                new NotFoundException(
                                        Message.of(
                                                "run.not_found",
                                                "kind",
                                                Message.of("run.kind.segment"),
                                                "id",
                                                id)));
    }

    private void get(Context ctx) {
        Reader reader = readers.ofProject(ctx);
        Call.answer(ctx, 200, CustomerView.whole(reader, row(ctx, reader.finished())));
    }

    /** The row of the customer in the path; the answer does not repeat the id that was asked. */
    private static int row(Context ctx, FinishedRun finished) {
        OptionalInt row = finished.row(ctx.pathParam("id"));
        if (row.isEmpty()) throw new NotFoundException(Message.of("api.no_such_customer"));
        return row.getAsInt();
    }

    private void similar(Context ctx) {
        Reader reader = readers.ofProject(ctx);
        FinishedRun finished = reader.finished();
        int row = row(ctx, finished);
        int limit = Math.min(MOST_SIMILAR, Page.of(ctx, "").limit());
        if (Call.query(ctx, "limit").isEmpty()) limit = 10;
        String within =
                Call.oneOf(Call.query(ctx, "within").orElse(null), "?within", "run", "segment");
        String explain =
                Call.oneOf(Call.query(ctx, "explain").orElse(null), "?explain", "true", "false");
        List<SimilarCustomers.Similar> found =
                new SimilarCustomers(finished).of(row, limit, within.equals("segment"));
        Call.answer(
                ctx,
                200,
                Body.of(
                        "run",
                        finished.run().id(),
                        "customer",
                        finished.customerId(row),
                        "exact",
                        true,
                        "data",
                        found.stream().map(s -> view(reader, s, explain.equals("true"))).toList(),
                        "page",
                        Body.of("next", null, "total", found.size(), "total_exact", true)));
    }

    private static Map<String, Object> view(
            Reader reader, SimilarCustomers.Similar similar, boolean explain) {
        FinishedRun finished = reader.finished();
        int number = reader.segmentOf(similar.row());
        return Body.of(
                "id",
                finished.customerId(similar.row()),
                "source_id",
                finished.sourceId(similar.row()),
                "score",
                similar.score(),
                "segment",
                finished.segmentId(number),
                "number",
                number,
                "because",
                explain ? similar.because() : List.of());
    }
}
