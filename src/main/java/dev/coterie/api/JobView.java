package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Event;
import dev.coterie.run.Job;
import dev.coterie.run.JobEvents;
import dev.coterie.run.Stage;
import dev.coterie.run.State;
import dev.coterie.run.Workspace;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Jobs and their events as JSON. */
final class JobView {
    private final Workspace workspace;

    JobView(Workspace workspace) {
        this.workspace = workspace;
    }

    Map<String, Object> of(Job job, Language language) {
        boolean open = !job.state().ended();
        return Body.of(
                "id",
                job.id(),
                "type",
                job.type(),
                "state",
                job.state().word(),
                "project",
                job.project(),
                "run",
                !job.type().equals("brief") ? Optional.of(job.subject()) : Optional.empty(),
                "stage",
                job.stage().map(key -> stage(key, OptionalLong.empty(), language)),
                "progress",
                job.progress().map(JobView::progress),
                "result",
                job.state() == State.SUCCEEDED
                        ? Optional.of(Body.of(job.type(), job.subject()))
                        : Optional.empty(),
                "problem",
                job.failure().map(f -> Problem.of(f, language)),
                "until",
                job.until().filter(u -> job.state() == State.WAITING),
                "reason",
                job.reason().filter(r -> job.state() == State.WAITING).map(r -> r.in(language)),
                "pausable",
                false,
                "cancellable",
                open,
                "resumable",
                true,
                "warnings",
                NoticeView.of(workspace.jobs().warnings(job.id()), language),
                "created_at",
                job.createdAt(),
                "started_at",
                job.startedAt(),
                "finished_at",
                job.finishedAt());
    }

    /** The data of one event, for a reader of a language. */
    String event(Event event, String jobId, Language language) {
        Object data =
                switch (event.type()) {
                    case "job.stage" -> {
                        var stage = JobEvents.stage(event);
                        yield stage(stage.key(), stage.millis(), language);
                    }
                    case "job.progress" -> {
                        var at = JobEvents.progress(event);
                        var view = progress(at.progress());
                        view.put("stage", at.stage());
                        yield view;
                    }
                    case "job.warning" -> NoticeView.of(JobEvents.warning(event), language);
                    default -> of(workspace.jobs().get(jobId), language);
                };
        return Body.json(data);
    }

    static Map<String, Object> stage(String key, OptionalLong millis, Language language) {
        Stage stage = Stage.valueOf(key.toUpperCase(Locale.ROOT));
        Map<String, Object> view =
                Body.of(
                        "key",
                        key,
                        "label",
                        label(stage, language),
                        "index",
                        stage.ordinal() + 1,
                        "of",
                        Stage.values().length);
        if (millis.isPresent()) view.put("ms", millis.getAsLong());
        return view;
    }

    static String label(Stage stage, Language language) {
        return Message.of("api.stage." + stage.word()).in(language);
    }

    static Map<String, Object> progress(Job.Done done) {
        return Body.of(
                "done",
                done.done(),
                "total",
                done.total(),
                "unit",
                done.unit(),
                "rate_per_s",
                done.rate(),
                "eta_s",
                done.eta());
    }
}
