package dev.coterie.api;

import dev.coterie.chat.Answer;
import dev.coterie.chat.ChatEvent;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.References;
import dev.coterie.run.Chat;
import dev.coterie.run.ChatEvents;
import dev.coterie.run.Event;
import dev.coterie.run.ModelUsage;
import dev.coterie.run.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Conversations and the events of answers as JSON. */
final class ChatView {
    private final Workspace workspace;
    private final FactView facts;
    private final Counts counts;
    private final ToolView tools;

    ChatView(Workspace workspace, Counts counts) {
        this.workspace = workspace;
        this.facts = new FactView(counts);
        this.counts = counts;
        this.tools = new ToolView(workspace, facts);
    }

    Map<String, Object> brief(Chat chat) {
        return Body.of(
                "id",
                chat.id(),
                "project",
                chat.project(),
                "run",
                chat.run(),
                "title",
                chat.title(),
                "language",
                chat.language().tag(),
                "created_at",
                chat.createdAt(),
                "etag",
                chat.etag());
    }

    ToolView tools() {
        return tools;
    }

    Map<String, Object> of(Chat chat, Language language) {
        Map<String, Object> view = brief(chat);
        view.put("suggestions", questions(chat, language));
        view.put(
                "messages",
                workspace.chats().messages(chat.id()).stream()
                        .map(message -> message(message, language))
                        .toList());
        return view;
    }

    /** What this run can be asked first. */
    private List<String> questions(Chat chat, Language language) {
        List<SegmentProfile> segments =
                workspace.runs().finished(chat.run()).analysis().description().segments();
        var questions = new ArrayList<Message>();
        questions.add(Message.of("api.question.largest"));
        questions.add(Message.of("api.question.different", "number", 1));
        if (segments.size() > 1) {
            questions.add(Message.of("api.question.compare", "a", 1, "b", 2));
            questions.add(Message.of("api.question.different", "number", segments.size()));
        }
        segments.stream()
                .flatMap(segment -> segment.words().stream().limit(1))
                .limit(2)
                .forEach(w -> questions.add(Message.of("api.question.quotes", "word", w.word())));
        return questions.stream().map(question -> question.in(language)).toList();
    }

    Map<String, Object> message(Chat.Entry message, Language language) {
        Optional<Answer> answer = message.answer();
        Chat chat = workspace.chats().get(message.chat());
        Language said = answer.map(Answer::language).orElse(chat.language());
        List<Event> events = events(message);
        Map<String, Fact> known =
                answer.map(Answer::facts).orElseGet(() -> found(message, chat, events));
        return Body.of(
                "id",
                message.id(),
                "chat",
                message.chat(),
                "role",
                message.role(),
                "parent",
                message.parent(),
                "state",
                message.state(),
                "text",
                message.text(),
                "rendered",
                message.role().equals("user")
                        ? message.text()
                        : References.render(message.text(), known, said, counts.threshold()),
                "facts",
                factMap(known, message.id(), chat, said),
                "tables",
                answer.map(a -> a.tables().stream().map(ToolView::table).toList())
                        .orElse(List.of()),
                "quotes",
                answer.map(a -> a.quotes().stream().map(ToolView::quote).toList())
                        .orElse(List.of()),
                "calls",
                calls(events, message.id(), chat),
                "citations",
                answer.map(
                                a ->
                                        a.citations().stream()
                                                .map(c -> citation(c, message.id(), chat))
                                                .toList())
                        .orElse(List.of()),
                "check",
                answer.map(a -> check(a.check())),
                "suggestions",
                answer.map(a -> suggestions(a.suggestions(), chat)).orElse(List.of()),
                "writer",
                answer.map(a -> a.writer().word()),
                "model",
                answer.flatMap(Answer::model),
                "prompt",
                answer.flatMap(Answer::prompt),
                "fallback",
                answer.flatMap(Answer::fallback).map(m -> m.in(language)),
                "usage",
                UsageView.of(workspace.usage().of(ModelUsage.For.MESSAGE, message.id())),
                "problem",
                events.stream()
                        .filter(e -> e.type().equals("error"))
                        .findFirst()
                        .map(e -> Problem.of(ChatEvents.error(e), language)),
                "created_at",
                message.createdAt());
    }

    private List<Event> events(Chat.Entry message) {
        if (message.role().equals("user")) return List.of();
        return workspace.events().all(message.id());
    }

    /** What an unfinished answer cites of the run, and what its steps had found. */
    private Map<String, Fact> found(Chat.Entry message, Chat chat, List<Event> events) {
        var known = new LinkedHashMap<String, Fact>();
        List<String> cited = References.ids(message.text());
        if (!cited.isEmpty()) {
            Map<String, Fact> ofRun =
                    workspace.runs().finished(chat.run()).analysis().description().facts();
            cited.stream().filter(ofRun::containsKey).forEach(id -> known.put(id, ofRun.get(id)));
        }
        for (Event event : events) {
            if (ChatEvents.read(event).orElse(null) instanceof ChatEvent.ToolDone done) {
                done.result().facts().forEach(fact -> known.put(fact.id(), fact));
            }
        }
        return known;
    }

    private Map<String, Object> factMap(
            Map<String, Fact> known, String message, Chat chat, Language language) {
        var view = new LinkedHashMap<String, Object>();
        known.forEach(
                (id, fact) ->
                        view.put(id, facts.of(tools.owner(id, message, chat), fact, language)));
        return view;
    }

    /** The data of one event of an answer. */
    String event(Event event, String message, Chat chat, Language language) {
        Optional<ChatEvent> said = ChatEvents.read(event);
        if (said.isEmpty()) {
            return Body.json(Problem.of(ChatEvents.error(event), language));
        }
        return Body.json(data(said.get(), message, chat, language));
    }

    private Map<String, Object> data(
            ChatEvent event, String message, Chat chat, Language language) {
        if (event instanceof ChatEvent.MessageStart e) {
            return Body.of(
                    "message",
                    message,
                    "run",
                    chat.run(),
                    "writer",
                    e.writer().word(),
                    "model",
                    e.model(),
                    "language",
                    e.language().tag());
        }
        if (event instanceof ChatEvent.ToolStart e) {
            return Body.of(
                    "call", e.call(), "tool", e.tool(), "label", e.label(), "args", e.args());
        }
        if (event instanceof ChatEvent.ToolDone e) {
            return tools.tool(e.call(), e.result(), message, chat);
        }
        if (event instanceof ChatEvent.AnswerDelta e) {
            return Body.of(
                    "text",
                    e.text(),
                    "facts",
                    e.facts().stream()
                            .map(
                                    f ->
                                            facts.of(
                                                    tools.owner(f.id(), message, chat),
                                                    f,
                                                    chat.language()))
                            .toList());
        }
        if (event instanceof ChatEvent.Restart e) {
            return Body.of("kind", "restart", "text", e.reason().in(language));
        }
        if (event instanceof ChatEvent.Cited e) return citation(e.citation(), message, chat);
        if (event instanceof ChatEvent.Checked e) return check(e.check());
        if (event instanceof ChatEvent.Suggested e) {
            return Body.of("items", suggestions(e.items(), chat));
        }
        if (event instanceof ChatEvent.Warning e) {
            String key = e.message().key();
            return Body.of(
                    "code", key.substring(key.indexOf('.') + 1), "text", e.message().in(language));
        }
        var end = (ChatEvent.MessageEnd) event;
        return Body.of(
                "message",
                message,
                "finish",
                end.finish(),
                "writer",
                end.writer().word(),
                "usage",
                UsageView.of(workspace.usage().of(ModelUsage.For.MESSAGE, message))
                        .orElseGet(
                                () ->
                                        Body.of(
                                                "input_tokens",
                                                end.inputTokens(),
                                                "output_tokens",
                                                end.outputTokens())),
                "ms",
                end.millis());
    }

    Map<String, Object> confirmed(String message, String brief) {
        Chat chat = workspace.chats().get(workspace.chats().message(message).chat());
        return Body.of(
                "message",
                message,
                "brief",
                brief,
                "view",
                tools.address(chat.run(), "briefs/" + brief));
    }

    /** The steps of an answer, as they were told. */
    private List<Map<String, Object>> calls(List<Event> events, String message, Chat chat) {
        var calls = new LinkedHashMap<String, Map<String, Object>>();
        for (Event event : events) {
            ChatEvent said = ChatEvents.read(event).orElse(null);
            if (said instanceof ChatEvent.ToolStart e) {
                calls.put(
                        e.call(),
                        Body.of(
                                "call", e.call(), "tool", e.tool(), "label", e.label(), "args",
                                e.args()));
            } else if (said instanceof ChatEvent.ToolDone e) {
                calls.computeIfAbsent(e.call(), call -> Body.of("call", call))
                        .putAll(tools.tool(e.call(), e.result(), message, chat));
            }
        }
        return List.copyOf(calls.values());
    }

    private Map<String, Object> citation(Answer.Citation citation, String message, Chat chat) {
        String evidence = citation.evidence();
        boolean fact = evidence.matches("f\\d+");
        return Body.of(
                "n",
                citation.n(),
                "evidence",
                fact ? FactView.evidence(tools.owner(evidence, message, chat), evidence) : evidence,
                "fact",
                fact ? evidence : null,
                "kind",
                citation.kind().name().toLowerCase(Locale.ROOT),
                "rows",
                citation.rows());
    }

    private static Map<String, Object> check(Answer.Check check) {
        return Body.of(
                "figures",
                check.figures(),
                "matched",
                check.matched(),
                "removed",
                check.removed(),
                "caveats",
                check.caveats());
    }

    private List<Map<String, Object>> suggestions(List<Answer.Suggestion> items, Chat chat) {
        return items.stream()
                .map(
                        s ->
                                Body.of(
                                        "text",
                                        s.text(),
                                        "kind",
                                        s.kind(),
                                        "href",
                                        s.href().map(page -> tools.address(chat.run(), page))))
                .toList();
    }
}
