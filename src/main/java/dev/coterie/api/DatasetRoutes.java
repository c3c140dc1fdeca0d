package dev.coterie.api;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.coterie.collect.DateOrder;
import dev.coterie.collect.Reject;
import dev.coterie.collect.RejectsFile;
import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.RefusedException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Dataset;
import dev.coterie.run.Datasets;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** {@code /datasets}: uploads, roles, quality, refused rows. */
final class DatasetRoutes {
    private final Workspace workspace;
    private final long requestBytes;
    private final Semaphore uploads;

    DatasetRoutes(Workspace workspace, long requestBytes, int uploadsAtOnce) {
        this.workspace = workspace;
        this.requestBytes = requestBytes;
        this.uploads = new Semaphore(uploadsAtOnce);
    }

    void add(RoutesConfig routes, Idempotency idempotency) {
        routes.get("/api/v1/projects/{p}/datasets", this::list);
        routes.post("/api/v1/projects/{p}/datasets", idempotency.once(this::upload));
        routes.get("/api/v1/datasets/{d}", this::get);
        routes.delete("/api/v1/datasets/{d}", this::delete);
        routes.get("/api/v1/datasets/{d}/schema", this::schema);
        routes.put("/api/v1/datasets/{d}/schema", this::choose);
        routes.get("/api/v1/datasets/{d}/quality", this::quality);
        routes.get("/api/v1/datasets/{d}/rejects", this::rejects);
    }

    private void list(Context ctx) {
        List<Dataset> all = workspace.datasets().list(ctx.pathParam("p"));
        Language language = Call.language(ctx);
        Call.answer(
                ctx,
                200,
                Page.of(ctx, "datasets").of(ctx, all, d -> DatasetView.of(d, language, false)));
    }

    private void upload(Context ctx) throws IOException {
        workspace.projects().get(ctx.pathParam("p"));
        if (!ctx.isMultipartFormData()) {
            throw new InvalidInputException(Message.of("api.not_multipart"));
        }
        long announced = ctx.req().getContentLengthLong();
        if (announced > requestBytes) throw Call.tooLarge(requestBytes, announced);
        // Before the body is read: slow clients must not queue up behind each other.
        if (!uploads.tryAcquire()) throw new RefusedException(Message.of("api.busy"));
        try {
            var files = new ArrayList<Part>();
            for (UploadedFile file : parts(ctx)) files.add(new Part(file));
            String name = Optional.ofNullable(ctx.formParam("name")).orElse("");
            Dataset dataset = workspace.datasets().upload(ctx.pathParam("p"), name, files);
            ctx.header("Location", "/api/v1/datasets/" + dataset.id());
            Call.answer(ctx, 201, DatasetView.of(dataset, Call.language(ctx), true));
        } finally {
            uploads.release();
        }
    }

    private List<UploadedFile> parts(Context ctx) {
        try {
            return Call.files(ctx);
        } catch (InvalidInputException e) {
            if (overLimit(e.getCause())) throw Call.tooLarge(requestBytes, requestBytes + 1);
            throw e;
        }
    }

    private record Part(UploadedFile file) implements Datasets.Incoming {
        @Override
        public String name() {
            return file.filename();
        }

        @Override
        public InputStream open() {
            return file.content();
        }
    }

    private void get(Context ctx) {
        Dataset dataset = workspace.datasets().get(ctx.pathParam("d"));
        Call.answer(ctx, 200, DatasetView.of(dataset, Call.language(ctx), true));
    }

    private void delete(Context ctx) {
        workspace.datasets().delete(ctx.pathParam("d"));
        ctx.status(204);
    }

    private void schema(Context ctx) {
        Dataset dataset = workspace.datasets().get(ctx.pathParam("d"));
        Call.answer(ctx, 200, DatasetView.schema(dataset, Call.language(ctx)));
    }

    record Choices(List<Choice> columns) {}

    /**
     * @param column its name, under that word too, as the schema gives it
     */
    record Choice(String table, @JsonAlias("name") String column, String role, String dateOrder) {}

    private void choose(Context ctx) {
        var asked = Call.body(ctx, Choices.class, Call.SMALL_BODY);
        if (asked.columns() == null) throw Call.missing("columns");
        Dataset before = workspace.datasets().get(ctx.pathParam("d"));
        var choices = new ArrayList<RoleChoice>();
        for (int i = 0; i < asked.columns().size(); i++) {
            choices.add(choice(asked.columns().get(i), "/columns/" + i, before));
        }
        Dataset after = workspace.datasets().choose(before.id(), choices);
        Call.answer(ctx, 200, DatasetView.of(after, Call.language(ctx), true));
    }

    private static RoleChoice choice(Choice asked, String pointer, Dataset dataset) {
        if (asked == null || asked.column() == null) throw Call.wrong(pointer + "/column");
        Optional<Role> role = Optional.ofNullable(asked.role()).flatMap(Role::of);
        if (role.isEmpty()) {
            String known = String.join(", ", Arrays.stream(Role.values()).map(Role::word).toList());
            throw new InvalidInputException(
                    Message.of("api.unknown_role", "known", known), pointer + "/role", null);
        }
        Optional<DateOrder> order = Optional.ofNullable(asked.dateOrder()).flatMap(DateOrder::of);
        if (order.isEmpty()) {
            Call.oneOf(asked.dateOrder(), pointer + "/date_order", "dmy", "mdy", "ymd");
        }
        boolean known =
                dataset.summary().tables().stream()
                        .filter(t -> asked.table() == null || t.name().equals(asked.table()))
                        .anyMatch(t -> t.schema().column(asked.column()).isPresent());
        if (!known) {
            throw new InvalidInputException(
                    Message.of("api.unknown_column", "column", asked.column()),
                    pointer + "/column",
                    null);
        }
        return new RoleChoice(
                Optional.ofNullable(asked.table()), asked.column(), role.get(), order);
    }

    private void quality(Context ctx) {
        Dataset dataset = workspace.datasets().get(ctx.pathParam("d"));
        Call.answer(ctx, 200, DatasetView.quality(dataset, Call.language(ctx)));
    }

    private void rejects(Context ctx) {
        Language language = Call.language(ctx);
        List<Reject> all = workspace.datasets().rejects(ctx.pathParam("d"));
        String accept = Optional.ofNullable(ctx.header("Accept")).orElse("");
        boolean csv = Call.format(ctx, "json", "csv").equals("csv");
        if (csv || accept.startsWith("text/csv")) {
            CsvAnswer.send(ctx, "rejects.csv", RejectsFile.csv(all, language));
            return;
        }
        Call.answer(
                ctx,
                200,
                Page.of(ctx, ctx.pathParam("d"))
                        .of(ctx, all, reject -> NoticeView.of(reject, language)));
    }

    /** How Jetty says that a part or the whole request is over the limit. */
    private static boolean overLimit(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (text.contains("exceed") || text.contains("too large")) return true;
        }
        return false;
    }
}
