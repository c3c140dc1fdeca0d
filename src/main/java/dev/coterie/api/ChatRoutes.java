package dev.coterie.api;

import dev.coterie.chat.Question;
import dev.coterie.chat.WriterChoice;
import dev.coterie.error.ConflictException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Chat;
import dev.coterie.run.Event;
import dev.coterie.run.FinishedRun;
import dev.coterie.run.Project;
import dev.coterie.run.Run;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /chats} and their messages, streamed or whole. */
final class ChatRoutes {
    private static final int LONGEST_QUESTION = 4000;

    private final Workspace workspace;
    private final ChatView view;
    private final EventStream streams;
    private final Duration longestAnswer;

    ChatRoutes(Workspace workspace, ChatView view, EventStream streams, Duration longestAnswer) {
        this.workspace = workspace;
        this.view = view;
        this.streams = streams;
        this.longestAnswer = longestAnswer;
    }

    void add(RoutesConfig routes, Idempotency idempotency) {
        routes.get("/api/v1/projects/{p}/chats", this::list);
        routes.post("/api/v1/projects/{p}/chats", idempotency.once(this::create));
        routes.get("/api/v1/chats/{c}", this::get);
        routes.patch("/api/v1/chats/{c}", this::rename);
        routes.delete("/api/v1/chats/{c}", this::delete);
        routes.get("/api/v1/chats/{c}/messages", this::messages);
        routes.post("/api/v1/chats/{c}/messages", idempotency.once(this::ask, this::answering));
        routes.get("/api/v1/messages/{m}", this::message);
        routes.get("/api/v1/messages/{m}/events", ctx -> stream(ctx, ctx.pathParam("m")));
        routes.post("/api/v1/messages/{m}:stop", this::stop);
        Handler goingOn = idempotency.once(this::goOn, this::answering);
        routes.post("/api/v1/messages/{m}:continue", ctx -> proceed(ctx, goingOn));
        routes.post(
                "/api/v1/messages/{m}:regenerate",
                idempotency.once(this::regenerate, this::answering));
        routes.post("/api/v1/runs/{r}/tools/{tool}", this::call);
    }

    record NewChat(String title, String run, String language) {}

    record Rename(String title) {}

    private void list(Context ctx) {
        List<Chat> all = workspace.chats().list(ctx.pathParam("p"));
        Call.answer(ctx, 200, Page.of(ctx, "chats").of(ctx, all, view::brief));
    }

    private void create(Context ctx) {
        var asked = Call.body(ctx, NewChat.class, Call.SMALL_BODY);
        Project project = workspace.projects().get(ctx.pathParam("p"));
        Run run = workspace.runs().inForce(project, Optional.ofNullable(asked.run()));
        workspace.runs().finished(run.id());
        Language language = Call.language(asked.language(), Call.language(ctx));
        Chat chat =
                workspace
                        .chats()
                        .create(project.id(), run, Optional.ofNullable(asked.title()), language);
        ctx.header("Location", "/api/v1/chats/" + chat.id());
        answer(ctx, 201, chat);
    }

    private void get(Context ctx) {
        answer(ctx, 200, workspace.chats().get(ctx.pathParam("c")));
    }

    private void answer(Context ctx, int status, Chat chat) {
        ctx.header("ETag", chat.etag());
        Call.answer(ctx, status, view.of(chat, Call.language(ctx)));
    }

    private void rename(Context ctx) {
        var asked = Call.body(ctx, Rename.class, Call.SMALL_BODY);
        if (asked.title() == null) throw Call.missing("title");
        answer(
                ctx,
                200,
                workspace.chats().rename(ctx.pathParam("c"), asked.title(), Call.ifMatch(ctx)));
    }

    private void delete(Context ctx) {
        workspace.chats().delete(ctx.pathParam("c"));
        ctx.status(204);
    }

    private void messages(Context ctx) {
        String chat = workspace.chats().get(ctx.pathParam("c")).id();
        List<Chat.Entry> all = workspace.chats().messages(chat);
        Language language = Call.language(ctx);
        Call.answer(
                ctx,
                200,
                Page.of(ctx, chat).of(ctx, all, message -> view.message(message, language)));
    }

    record Scope(List<String> segments) {}

    record NewMessage(String text, Scope scope, String language, String writer, String parent) {}

    private String ask(Context ctx) {
        var asked = Call.body(ctx, NewMessage.class, Call.SMALL_BODY);
        if (asked.text() == null || asked.text().isBlank()) throw Call.missing("text");
        if (asked.text().length() > LONGEST_QUESTION) {
            throw new InvalidInputException(
                    Message.of("api.question_too_long", "longest", LONGEST_QUESTION),
                    "/text",
                    null);
        }
        Chat chat = workspace.chats().get(ctx.pathParam("c"));
        var question =
                new Question(
                        asked.text().strip(),
                        Optional.ofNullable(asked.language()).map(Language::of),
                        segments(asked.scope(), chat),
                        writer(asked.writer()));
        return workspace.chats().ask(chat.id(), question, Optional.ofNullable(asked.parent())).id();
    }

    private String regenerate(Context ctx) {
        Call.noFields(ctx);
        return workspace.chats().regenerate(ctx.pathParam("m")).id();
    }

    private String goOn(Context ctx) {
        return workspace.chats().goOn(ctx.pathParam("m")).id();
    }

    /**
     * @param token of a proposal; absent to go on with an answer that was stopped
     */
    record Confirmation(String token) {}

    /** Does what an answer proposed; without a token, goes on with an answer that was stopped. */
    private void proceed(Context ctx, Handler goingOn) throws Exception {
        var asked = Call.body(ctx, Confirmation.class, Call.SMALL_BODY);
        String message = ctx.pathParam("m");
        if (asked.token() == null) {
            if (!workspace.chats().message(message).state().equals("stopped"))
                throw Call.missing("token");
            goingOn.handle(ctx);
            return;
        }
        String brief = workspace.proposals().confirm(message, asked.token());
        ctx.header("Location", "/api/v1/briefs/" + brief);
        Call.answer(ctx, 202, view.confirmed(message, brief));
    }

    /** One step of an answer, called on its own. */
    private void call(Context ctx) {
        String run = workspace.runs().get(ctx.pathParam("r")).id();
        Language language = Call.language(ctx);
        var result =
                workspace
                        .chats()
                        .call(
                                run,
                                ctx.pathParam("tool"),
                                Call.tree(ctx, Call.SMALL_BODY),
                                language);
        Map<String, Object> body = view.tools().result(result, run, language);
        result.proposal().ifPresent(p -> body.put("proposal", view.tools().preview(p, run)));
        Call.answer(ctx, 200, body);
    }

    /** An answer as it is given, or whole once it is. */
    private void answering(Context ctx, String id) {
        ctx.header("Location", "/api/v1/messages/" + id);
        String accept = Optional.ofNullable(ctx.header("Accept")).orElse("");
        if (accept.contains("text/event-stream")) {
            stream(ctx, id);
            return;
        }
        Call.answer(ctx, 200, view.message(await(id), Call.language(ctx)));
    }

    private List<Integer> segments(Scope scope, Chat chat) {
        if (scope == null || scope.segments() == null) return List.of();
        FinishedRun run = workspace.runs().finished(chat.run());
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < scope.segments().size(); i++) {
            var number = run.segmentNumber(String.valueOf(scope.segments().get(i)));
            if (number.isEmpty()) throw Call.wrong("/scope/segments/" + i);
            numbers.add(number.getAsInt());
        }
        return numbers;
    }

    private static WriterChoice writer(String asked) {
        return WriterChoice.of(Call.oneOf(asked, "/writer", "auto", "builtin", "llm"));
    }

    private Chat.Entry await(String id) {
        long end = System.nanoTime() + longestAnswer.toNanos();
        long seen = 0;
        try {
            while (workspace.chats().message(id).state().equals("answering")) {
                var left = Duration.ofNanos(end - System.nanoTime());
                if (left.isNegative()) {
                    throw new ConflictException(Message.of("run.still_answering"));
                }
                for (Event event : workspace.events().await(id, seen, left)) seen = event.number();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return workspace.chats().message(id);
    }

    private void message(Context ctx) {
        Chat.Entry message = workspace.chats().message(ctx.pathParam("m"));
        Call.answer(ctx, 200, view.message(message, Call.language(ctx)));
    }

    private void stop(Context ctx) {
        Call.noFields(ctx);
        Chat.Entry message = workspace.chats().stop(ctx.pathParam("m"));
        Call.answer(ctx, 200, view.message(message, Call.language(ctx)));
    }

    private void stream(Context ctx, String id) {
        Chat.Entry message = workspace.chats().message(id);
        Chat chat = workspace.chats().get(message.chat());
        Language language = Call.language(ctx);
        streams.send(
                ctx,
                id,
                event -> view.event(event, id, chat, language),
                () -> !workspace.chats().message(id).state().equals("answering"));
    }
}
