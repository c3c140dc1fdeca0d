package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.run.Project;
import dev.coterie.run.Run;
import dev.coterie.run.State;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /projects}. */
final class ProjectRoutes {
    private final Workspace workspace;

    ProjectRoutes(Workspace workspace) {
        this.workspace = workspace;
    }

    void add(RoutesConfig routes, Idempotency idempotency) {
        routes.get("/api/v1/projects", this::list);
        routes.post("/api/v1/projects", idempotency.once(this::create));
        routes.get("/api/v1/projects/{p}", this::get);
        routes.patch("/api/v1/projects/{p}", this::rename);
        routes.delete("/api/v1/projects/{p}", this::delete);
    }

    record NewProject(String name, String language) {}

    record Rename(String name) {}

    private void list(Context ctx) {
        List<Project> all = workspace.projects().list();
        Call.answer(ctx, 200, Page.of(ctx, "projects").of(ctx, all, this::view));
    }

    private void create(Context ctx) {
        var asked = Call.body(ctx, NewProject.class, Call.SMALL_BODY);
        if (asked.name() == null) throw Call.missing("name");
        Language language = Call.language(asked.language(), Call.language(ctx));
        Project project = workspace.projects().create(asked.name(), language, false);
        ctx.header("Location", "/api/v1/projects/" + project.id());
        answer(ctx, 201, project);
    }

    private void get(Context ctx) {
        answer(ctx, 200, workspace.projects().get(ctx.pathParam("p")));
    }

    private void rename(Context ctx) {
        var asked = Call.body(ctx, Rename.class, Call.SMALL_BODY);
        if (asked.name() == null) throw Call.missing("name");
        answer(
                ctx,
                200,
                workspace.projects().rename(ctx.pathParam("p"), asked.name(), Call.ifMatch(ctx)));
    }

    private void delete(Context ctx) {
        workspace.deleteProject(ctx.pathParam("p"));
        ctx.status(204);
    }

    private void answer(Context ctx, int status, Project project) {
        ctx.header("ETag", project.etag());
        Call.answer(ctx, status, view(project));
    }

    private Map<String, Object> view(Project project) {
        List<Run> runs = workspace.runs().list(project.id());
        int datasets = workspace.datasets().count(project.id());
        Optional<Run> latest = runs.stream().findFirst();
        Optional<Run> published =
                runs.stream()
                        .filter(r -> project.publishedRun().equals(Optional.of(r.id())))
                        .findFirst();
        return Body.of(
                "id",
                project.id(),
                "slug",
                project.slug(),
                "name",
                project.name(),
                "language",
                project.language().tag(),
                "demo",
                project.demo(),
                "created_at",
                project.createdAt(),
                "state",
                state(latest, published, datasets),
                "datasets",
                datasets,
                "customers",
                published.flatMap(Run::summary).map(Run.Summary::customers),
                "segments",
                published.flatMap(Run::summary).map(Run.Summary::segments),
                "published_run",
                published.map(r -> Body.of("id", r.id(), "number", r.number())),
                "latest_run",
                latest.map(
                        r ->
                                Body.of(
                                        "id",
                                        r.id(),
                                        "number",
                                        r.number(),
                                        "state",
                                        r.state().word(),
                                        "job",
                                        r.job())),
                "etag",
                project.etag());
    }

    private static String state(Optional<Run> latest, Optional<Run> published, int datasets) {
        boolean working = latest.isPresent() && !latest.get().state().ended();
        if (working) return "running";
        if (published.isPresent()) return "published";
        if (latest.isPresent() && latest.get().state() == State.FAILED) return "failed";
        return datasets == 0 ? "empty" : "imported";
    }
}
