package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.run.Job;
import dev.coterie.run.State;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** {@code /jobs} and their events. */
final class JobRoutes {
    private final Workspace workspace;
    private final JobView view;
    private final EventStream streams;

    JobRoutes(Workspace workspace, JobView view, EventStream streams) {
        this.workspace = workspace;
        this.view = view;
        this.streams = streams;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v1/jobs", this::list);
        routes.get("/api/v1/jobs/{j}", this::get);
        routes.get("/api/v1/jobs/{j}/events", this::events);
        routes.post("/api/v1/jobs/{j}:cancel", this::cancel);
    }

    private void list(Context ctx) {
        Optional<String> project =
                Call.query(ctx, "project").map(p -> workspace.projects().get(p).id());
        Optional<String> state = Call.query(ctx, "state");
        state.ifPresent(asked -> Call.oneOf(asked, "?state", State.words()));
        List<Job> all = workspace.jobs().list(project, state);
        Language language = Call.language(ctx);
        Call.answer(ctx, 200, Page.of(ctx, "jobs").of(ctx, all, job -> view.of(job, language)));
    }

    private void get(Context ctx) {
        Call.answer(
                ctx, 200, view.of(workspace.jobs().get(ctx.pathParam("j")), Call.language(ctx)));
    }

    private void cancel(Context ctx) {
        Call.noFields(ctx);
        Job job = workspace.jobs().cancel(ctx.pathParam("j"));
        Call.answer(ctx, 200, view.of(job, Call.language(ctx)));
    }

    private void events(Context ctx) {
        String id = workspace.jobs().get(ctx.pathParam("j")).id();
        Language language = Call.language(ctx);
        streams.send(
                ctx,
                id,
                event -> view.event(event, id, language),
                () -> workspace.jobs().get(id).state().ended());
    }
}
