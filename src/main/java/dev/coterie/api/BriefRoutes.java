package dev.coterie.api;

import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.BriefRequest;
import dev.coterie.brief.Channel;
import dev.coterie.brief.Goal;
import dev.coterie.describe.Writer;
import dev.coterie.error.ConflictException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.BriefEntry;
import dev.coterie.run.Job;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code /briefs}. */
final class BriefRoutes {
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final Workspace workspace;
    private final BriefView view;
    private final JobView jobs;

    BriefRoutes(Workspace workspace, BriefView view, JobView jobs) {
        this.workspace = workspace;
        this.view = view;
        this.jobs = jobs;
    }

    void add(RoutesConfig routes, Idempotency idempotency) {
        routes.get("/api/v1/projects/{p}/briefs", this::list);
        routes.post("/api/v1/projects/{p}/briefs", idempotency.once(this::make));
        routes.get("/api/v1/briefs/{b}", this::get);
        routes.delete("/api/v1/briefs/{b}", this::delete);
        routes.post("/api/v1/briefs/{b}:regenerate", idempotency.once(this::regenerate));
        routes.post("/api/v1/briefs/{b}:renew", idempotency.once(this::renew));
    }

    /**
     * @param run whose figures; absent: the published one
     */
    record NewBrief(
            String segment,
            String run,
            String goal,
            List<String> channels,
            String language,
            String tone,
            String writer) {}

    private void make(Context ctx) {
        var asked = Call.body(ctx, NewBrief.class, Call.SMALL_BODY);
        if (asked.segment() == null) throw Call.missing("segment");
        // What is written has one tone so far; another one must not be promised in silence.
        Call.oneOf(asked.tone(), "/tone", "plain");
        if (asked.goal() != null && !asked.goal().isBlank()) {
            Call.oneOf(asked.goal(), "/goal", Goal.words().toArray(String[]::new));
        }
        Language language = Call.language(asked.language(), Call.language(ctx));
        var request =
                new BriefRequest(
                        asked.goal(), channels(asked.channels()), language, writer(asked.writer()));
        Job job =
                workspace
                        .briefs()
                        .make(
                                ctx.pathParam("p"),
                                asked.segment(),
                                Optional.ofNullable(asked.run()),
                                request);
        ended(ctx, job, 201);
    }

    private static List<String> channels(List<String> asked) {
        if (asked == null) return List.of();
        String[] words = Channel.words().toArray(String[]::new);
        var channels = new LinkedHashSet<String>();
        for (int i = 0; i < asked.size(); i++) {
            String pointer = "/channels/" + i;
            if (asked.get(i) == null) throw Call.wrong(pointer);
            channels.add(Call.oneOf(asked.get(i), pointer, words));
        }
        return List.copyOf(channels);
    }

    /** The brief if its job ends while the caller waits, or else the job. */
    private void ended(Context ctx, Job job, int status) {
        ctx.header("Location", "/api/v1/jobs/" + job.id()).header("Retry-After", "1");
        Job ended = await(job, wait(ctx));
        if (!ended.state().ended() || ended.failure().isPresent()) {
            Call.answer(ctx, 202, jobs.of(ended, Call.language(ctx)));
            return;
        }
        BriefEntry entry = workspace.briefs().get(job.subject());
        ctx.header("Location", "/api/v1/briefs/" + entry.id()).header("ETag", entry.etag());
        Call.answer(ctx, status, view.of(entry, Call.language(ctx)));
    }

    /**
     * @param section to be written anew; absent: all of them
     */
    record Regeneration(String section) {}

    private void regenerate(Context ctx) {
        var asked = Call.body(ctx, Regeneration.class, Call.SMALL_BODY);
        Set<Key> keys =
                asked.section() == null
                        ? EnumSet.complementOf(EnumSet.of(Key.EVIDENCE))
                        : EnumSet.of(BriefEdits.key(asked.section(), "/section"));
        ended(ctx, workspace.briefs().regenerate(ctx.pathParam("b"), keys), 200);
    }

    private void renew(Context ctx) {
        Call.noFields(ctx);
        ended(ctx, workspace.briefs().renew(ctx.pathParam("b")), 200);
    }

    private static Writer writer(String asked) {
        String writer = Call.oneOf(asked, "/writer", "auto", "llm", "builtin");
        return writer.equals("builtin") ? Writer.BUILTIN : Writer.LLM;
    }

    /** The seconds of {@code Prefer: wait=10}; none without it. */
    private static int wait(Context ctx) {
        String prefer = Optional.ofNullable(ctx.header("Prefer")).orElse("");
        var matcher = Pattern.compile("wait=(\\d{1,3})").matcher(prefer);
        return matcher.find()
                ? Math.min(LONGEST_WAIT_SECONDS, Integer.parseInt(matcher.group(1)))
                : 0;
    }

    private Job await(Job job, int seconds) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        long seen = 0;
        Job now = workspace.jobs().get(job.id());
        while (!now.state().ended() && System.nanoTime() < end) {
            try {
                var left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
                for (var event : workspace.events().await(job.id(), seen, left)) {
                    seen = event.number();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return now;
            }
            now = workspace.jobs().get(job.id());
        }
        return now;
    }

    private void list(Context ctx) {
        List<BriefEntry> all = workspace.briefs().list(ctx.pathParam("p"));
        Language language = Call.language(ctx);
        Call.answer(
                ctx,
                200,
                Page.of(ctx, "briefs").of(ctx, all, entry -> view.brief(entry, language)));
    }

    private void get(Context ctx) {
        BriefEntry entry = workspace.briefs().get(ctx.pathParam("b"));
        String accept = Optional.ofNullable(ctx.header("Accept")).orElse("");
        String accepted =
                accept.startsWith("text/html")
                        ? "html"
                        : accept.startsWith("text/markdown") ? "md" : "json";
        String format =
                Call.query(ctx, "format").isEmpty()
                        ? accepted
                        : Call.format(ctx, "json", "html", "md");
        if (format.equals("json")) {
            ctx.header("ETag", entry.etag());
            Call.answer(ctx, 200, view.of(entry, Call.language(ctx)));
            return;
        }
        var brief =
                entry.content()
                        .orElseThrow(
                                () -> new ConflictException(Message.of("api.brief_not_ready")));
        boolean html = format.equals("html");
        String text = html ? view.html(brief) : view.markdown(brief);
        ctx.contentType(html ? "text/html; charset=utf-8" : "text/markdown; charset=utf-8")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"brief-" + entry.number() + "." + format + "\"")
                .result(text.getBytes(StandardCharsets.UTF_8));
    }

    private void delete(Context ctx) {
        workspace.briefs().delete(ctx.pathParam("b"));
        ctx.status(204);
    }
}
