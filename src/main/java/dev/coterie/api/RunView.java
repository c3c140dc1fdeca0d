package dev.coterie.api;

import dev.coterie.features.Block;
import dev.coterie.language.Language;
import dev.coterie.run.Event;
import dev.coterie.run.FinishedRun;
import dev.coterie.run.Job;
import dev.coterie.run.JobEvents;
import dev.coterie.run.ModelUsage;
import dev.coterie.run.Project;
import dev.coterie.run.Run;
import dev.coterie.run.RunSettings;
import dev.coterie.run.Stage;
import dev.coterie.run.State;
import dev.coterie.run.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs as JSON. */
final class RunView {
    private final Workspace workspace;
    private final Counts counts;

    RunView(Workspace workspace, Counts counts) {
        this.workspace = workspace;
        this.counts = counts;
    }

    Map<String, Object> of(Run run, Project project, Language language) {
        var warnings =
                run.summary()
                        .map(Run.Summary::warnings)
                        .orElseGet(() -> workspace.jobs().warnings(run.job()));
        return Body.of(
                "id",
                run.id(),
                "project",
                run.project(),
                "dataset",
                run.dataset(),
                "number",
                run.number(),
                "state",
                run.state().word(),
                "published",
                project.publishedRun().equals(Optional.of(run.id())),
                "created_at",
                run.createdAt(),
                "started_at",
                run.startedAt(),
                "finished_at",
                run.finishedAt(),
                "job",
                run.job(),
                "cut_from",
                run.cutFrom(),
                "settings",
                settings(run.settings()),
                "stages",
                stages(run, language),
                "summary",
                run.summary().map(s -> summary(s, language)),
                "matched_to",
                run.summary().flatMap(Run.Summary::matched).map(this::matched),
                "warnings",
                NoticeView.of(warnings, language),
                "waiting",
                workspace.jobs().waiting(run.id()).map(job -> waiting(job, language)),
                "usage",
                UsageView.of(workspace.usage().of(ModelUsage.For.RUN, run.id())),
                "problem",
                run.failure().map(f -> Problem.of(f, language)));
    }

    /** When the language model is asked again, and why it has not written yet. */
    static Map<String, Object> waiting(Job job, Language language) {
        return Body.of(
                "job",
                job.id(),
                "until",
                job.until(),
                "reason",
                job.reason().map(r -> r.in(language)));
    }

    /** The run whose segments this one took on, and what changed since. */
    private Map<String, Object> matched(Run.Matched matched) {
        return Body.of(
                "run",
                matched.run(),
                "number",
                matched.number(),
                "customers",
                Body.of(
                        "stayed",
                        counts.of(matched.stayed()),
                        "moved",
                        counts.of(matched.moved()),
                        "new",
                        counts.of(matched.newCustomers()),
                        "gone",
                        counts.of(matched.goneCustomers())),
                "segments",
                Body.of("kept", matched.kept(), "born", matched.born(), "died", matched.died()));
    }

    private static Map<String, Object> settings(RunSettings settings) {
        var balance = new LinkedHashMap<String, Object>();
        for (Block block : Block.values()) {
            Double factor = settings.balance().get(block);
            Double share = settings.shares().get(block);
            Object automatic = settings.shares().isEmpty() ? "auto" : "0%";
            Object shown = share == null ? automatic : Math.round(share * 1000) / 10.0 + "%";
            balance.put(block.word(), factor == null ? shown : factor);
        }
        return Body.of(
                "segments",
                settings.k().isPresent() ? settings.k().getAsInt() : "auto",
                "algorithm",
                settings.algorithm().word(),
                "balance",
                balance,
                "encoder",
                settings.encoder(),
                "text_language",
                settings.textLanguage().orElse("auto"),
                "language",
                settings.language().tag(),
                "seed",
                settings.seed());
    }

    private Map<String, Object> summary(Run.Summary summary, Language language) {
        var balance = new LinkedHashMap<String, Object>();
        var shares = new LinkedHashMap<String, Object>();
        for (Block block : Block.values()) {
            Double factor = summary.balance().get(block);
            if (factor != null) balance.put(block.word(), factor);
            Double share = summary.shares().get(block);
            if (share != null) shares.put(block.word(), share);
        }
        return Body.of(
                "customers",
                summary.customers(),
                "texts",
                summary.texts(),
                "events",
                summary.events(),
                "segments",
                summary.segments(),
                "outliers",
                counts.withShare(summary.outliers(), summary.customers()),
                "reason",
                summary.reason().in(language),
                "algorithm",
                summary.method()
                        .map(
                                m ->
                                        Body.of(
                                                "name",
                                                m.algorithm().word(),
                                                "reason",
                                                m.reason().in(language))),
                "encoder",
                summary.encoder(),
                "text_language",
                summary.textLanguage(),
                "balance",
                balance,
                "shares",
                shares,
                "stability",
                summary.stability(),
                "writer",
                summary.writer());
    }

    /** What each stage came to, read from the events of the run's job. */
    private List<Map<String, Object>> stages(Run run, Language language) {
        var began = new EnumMap<Stage, Boolean>(Stage.class);
        var took = new EnumMap<Stage, Long>(Stage.class);
        var progress = new EnumMap<Stage, Job.Done>(Stage.class);
        Optional<Stage> current = Optional.empty();
        for (Event event : workspace.events().all(run.job())) {
            if (event.type().equals("job.stage")) {
                var stage = JobEvents.stage(event);
                Stage key = stageOf(stage.key());
                began.put(key, true);
                if (stage.millis().isPresent()) took.put(key, stage.millis().getAsLong());
                else current = Optional.of(key);
            } else if (event.type().equals("job.progress")) {
                var at = JobEvents.progress(event);
                if (!at.stage().isEmpty()) progress.put(stageOf(at.stage()), at.progress());
            }
        }
        var stages = new ArrayList<Map<String, Object>>();
        for (Stage stage : Stage.values()) {
            Optional<Job.Done> done = Optional.ofNullable(progress.get(stage));
            Map<String, Object> view = JobView.stage(stage.word(), OptionalLong.empty(), language);
            view.put("state", state(run, stage, current, began.containsKey(stage)));
            view.put("done", done.map(Job.Done::done).orElse(null));
            view.put("total", done.map(Job.Done::total).orElse(null));
            view.put("unit", done.map(Job.Done::unit).orElse(null));
            view.put("ms", took.get(stage));
            stages.add(view);
        }
        return stages;
    }

    private static Stage stageOf(String key) {
        return Stage.valueOf(key.toUpperCase(Locale.ROOT));
    }

    private static String state(Run run, Stage stage, Optional<Stage> current, boolean began) {
        boolean here = current.equals(Optional.of(stage));
        if (run.state() == State.SUCCEEDED) return began ? "done" : "skipped";
        if (here && run.state() == State.RUNNING) return "running";
        if (here && run.state().ended()) return "failed";
        boolean passed = current.isPresent() && stage.ordinal() < current.get().ordinal();
        if (passed) return began ? "done" : "skipped";
        return "waiting";
    }

    Map<String, Object> metrics(FinishedRun finished) {
        var segmentation = finished.analysis().segmentation();
        double[] stability = segmentation.stability();
        var each = new ArrayList<Map<String, Object>>();
        for (int c = 0; c < stability.length; c++) {
            each.add(
                    Body.of(
                            "number",
                            c + 1,
                            "score",
                            stability[c],
                            "level",
                            segmentation.level(c).word()));
        }
        return Body.of(
                "run",
                finished.run().id(),
                "segments",
                segmentation.k(),
                "outliers",
                counts.withShare(segmentation.outliers(), finished.customers()),
                "stability",
                Body.of(
                        "mean",
                        Arrays.stream(stability).average().orElse(Double.NaN),
                        "per_segment",
                        each,
                        "row_order",
                        finished.analysis().prepared().rowOrder()));
    }
}
