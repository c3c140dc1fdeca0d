package dev.coterie.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.error.ConflictException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Balance;
import dev.coterie.run.Dataset;
import dev.coterie.run.Job;
import dev.coterie.run.Project;
import dev.coterie.run.Run;
import dev.coterie.run.RunSettings;
import dev.coterie.run.State;
import dev.coterie.run.Workspace;
import dev.coterie.segment.Algorithm;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** {@code /runs}. */
final class RunRoutes {
    private final Workspace workspace;
    private final RunView view;
    private final ComparisonView comparison;
    private final JobView jobs;
    private final Readers readers;
    private final Counts counts;
    private final EncoderCatalog encoders;

    RunRoutes(
            Workspace workspace,
            RunView view,
            ComparisonView comparison,
            JobView jobs,
            Readers readers,
            Counts counts,
            EncoderCatalog encoders) {
        this.workspace = workspace;
        this.readers = readers;
        this.counts = counts;
        this.encoders = encoders;
        this.view = view;
        this.comparison = comparison;
        this.jobs = jobs;
    }

    void add(RoutesConfig routes, Idempotency idempotency) {
        routes.get("/api/v1/projects/{p}/runs", this::list);
        routes.post("/api/v1/projects/{p}/runs", idempotency.once(this::start));
        routes.get("/api/v1/runs/{r}", this::get);
        routes.delete("/api/v1/runs/{r}", this::delete);
        routes.post("/api/v1/runs/{r}:publish", this::publish);
        routes.get("/api/v1/runs/{r}/choices", this::choices);
        routes.get("/api/v1/runs/{r}/tree", this::tree);
        routes.get("/api/v1/runs/{r}/metrics", this::metrics);
        routes.get("/api/v1/runs/{r}/comparison", this::compare);
    }

    private void list(Context ctx) {
        Project project = workspace.projects().get(ctx.pathParam("p"));
        List<Run> all = workspace.runs().list(project.id());
        Language language = Call.language(ctx);
        Call.answer(
                ctx,
                200,
                Page.of(ctx, "runs").of(ctx, all, run -> view.of(run, project, language)));
    }

    private void get(Context ctx) {
        Run run = workspace.runs().get(ctx.pathParam("r"));
        Project project = workspace.projects().get(run.project());
        Call.answer(ctx, 200, view.of(run, project, Call.language(ctx)));
    }

    private void delete(Context ctx) {
        workspace.deleteRun(ctx.pathParam("r"));
        ctx.status(204);
    }

    private void publish(Context ctx) {
        Call.noFields(ctx);
        Run run = workspace.runs().publish(ctx.pathParam("r"));
        Project project = workspace.projects().get(run.project());
        Call.answer(ctx, 200, view.of(run, project, Call.language(ctx)));
    }

    /**
     * @param segments {@code "auto"} or a number
     * @param algorithm {@code "auto"} or a name
     * @param balance block to {@code "auto"}, a factor, or for all blocks a share such as {@code
     *     "40%"}
     */
    record NewRun(
            String dataset,
            String from,
            JsonNode segments,
            String algorithm,
            Map<String, JsonNode> balance,
            String encoder,
            String textLanguage,
            String language,
            Long seed) {}

    private void start(Context ctx) {
        Project project = workspace.projects().get(ctx.pathParam("p"));
        var asked = Call.body(ctx, NewRun.class, Call.SMALL_BODY);
        Optional<Run> from = Optional.ofNullable(asked.from()).map(workspace.runs()::get);
        Optional<String> dataset =
                Optional.ofNullable(asked.dataset()).or(() -> from.map(Run::dataset));
        RunSettings base =
                from.map(Run::settings).orElseGet(() -> RunSettings.defaults(project.language()));
        RunSettings settings = settings(asked, base);
        Job job;
        try {
            job =
                    from.filter(run -> onlyCuts(asked, run, project, settings)).isPresent()
                            ? workspace.runs().startCut(from.get(), settings)
                            : workspace.runs().start(project.id(), dataset, whole(asked, settings));
        } catch (ConflictException e) {
            if (!e.code().equals("roles_not_confirmed")) throw e;
            askForRoles(ctx, workspace.runs().dataset(project, dataset), e);
            return;
        }
        ctx.header("Location", "/api/v1/jobs/" + job.id()).header("Retry-After", "1");
        Call.answer(ctx, 202, jobs.of(job, Call.language(ctx)));
    }

    /**
     * True if another number of segments, and perhaps another language of their words, is all that
     * is asked of a finished run, and its tree has that many leaves.
     */
    private boolean onlyCuts(NewRun asked, Run from, Project project, RunSettings settings) {
        if (!from.project().equals(project.id())) throw Readers.missing("run", from.id());
        RunSettings as = from.settings();
        boolean sameData = asked.dataset() == null || asked.dataset().equals(from.dataset());
        boolean sameFeatures =
                settings.balance().equals(as.balance())
                        && settings.shares().equals(as.shares())
                        && settings.algorithm() == as.algorithm()
                        && settings.encoder().equals(as.encoder())
                        && settings.textLanguage().equals(as.textLanguage())
                        && settings.seed() == as.seed();
        if (from.state() != State.SUCCEEDED || !sameData || !sameFeatures) return false;
        if (asked.segments() == null || settings.k().isEmpty()) return false;
        var tree =
                workspace.runs().finished(from.id()).analysis().segmentation().hierarchy().tree();
        return settings.k().getAsInt() <= tree.leaves();
    }

    private static void askForRoles(Context ctx, Dataset dataset, ConflictException e) {
        Problem.of(e)
                .with(
                        DatasetView.undecidedErrors(dataset.summary(), Call.language(ctx)),
                        new Problem.Next("PUT", "/api/v1/datasets/" + dataset.id() + "/schema"))
                .send(ctx);
    }

    /**
     * The settings for clustering anew. The number of segments that a tree was cut at is none that
     * HDBSCAN* could be given.
     */
    private static RunSettings whole(NewRun asked, RunSettings settings) {
        boolean itself = settings.algorithm() == Algorithm.HDBSCAN && settings.k().isPresent();
        if (!itself) return settings;
        if (asked.segments() == null) return settings.with(OptionalInt.empty());
        throw new InvalidInputException(Message.of("segment.k_with_hdbscan"), "/segments", null);
    }

    private RunSettings settings(NewRun asked, RunSettings base) {
        Algorithm algorithm =
                asked.algorithm() == null
                        ? base.algorithm()
                        : Algorithm.named(asked.algorithm(), "/algorithm");
        Balance balance =
                asked.balance() == null
                        ? new Balance(base.balance(), base.shares())
                        : Balance.read(words(asked.balance()));
        return new RunSettings(
                base.roles(),
                asked.segments() == null ? base.k() : segments(asked.segments()),
                algorithm,
                balance.factors(),
                balance.shares(),
                encoder(asked.encoder()).or(base::encoder),
                asked.textLanguage() == null
                        ? base.textLanguage()
                        : textLanguage(asked.textLanguage()),
                Call.language(asked.language(), base.language()),
                asked.seed() == null ? base.seed() : asked.seed());
    }

    /** A JSON number is a factor, a text a share or {@code auto}; null means {@code auto} too. */
    private static Map<String, String> words(Map<String, JsonNode> balance) {
        var words = new LinkedHashMap<String, String>();
        balance.forEach(
                (block, value) -> {
                    boolean automatic = value == null || value.isNull();
                    words.put(block, automatic ? "auto" : value.asText());
                });
        return words;
    }

    private static OptionalInt segments(JsonNode asked) {
        if (asked.isNull() || asked.asText().equals("auto")) return OptionalInt.empty();
        boolean fits = asked.isInt() && asked.asInt() >= 1 && asked.asInt() <= 254;
        if (!fits) {
            throw new InvalidInputException(
                    Message.of("api.number_of_segments"), "/segments", null);
        }
        return OptionalInt.of(asked.asInt());
    }

    private Optional<String> encoder(String asked) {
        if (asked == null) return Optional.empty();
        String[] known =
                encoders.cards().stream()
                        .flatMap(c -> Stream.concat(Stream.of(c.name()), c.aliases().stream()))
                        .toArray(String[]::new);
        return Optional.of(Call.oneOf(asked, "/encoder", known));
    }

    private static Optional<String> textLanguage(String asked) {
        String language = Call.oneOf(asked, "/text_language", "auto", "en", "zh");
        return language.equals("auto") ? Optional.empty() : Optional.of(language);
    }

    private void choices(Context ctx) {
        Reader reader = readers.ofRun(ctx, ctx.pathParam("r"));
        Call.answer(ctx, 200, new CutView(reader, counts).choices());
    }

    private void tree(Context ctx) {
        Reader reader = readers.ofRun(ctx, ctx.pathParam("r"));
        Call.answer(ctx, 200, new CutView(reader, counts).tree());
    }

    private void metrics(Context ctx) {
        var reader = readers.ofRun(ctx, ctx.pathParam("r"));
        Call.answer(ctx, 200, view.metrics(reader.finished()));
    }

    private void compare(Context ctx) {
        String id = ctx.pathParam("r");
        var changes = workspace.comparisons().changes(id, Call.query(ctx, "with"));
        Project project = workspace.projects().get(workspace.runs().get(id).project());
        Call.answer(ctx, 200, comparison.of(changes, project.publishedRun(), Call.language(ctx)));
    }
}
