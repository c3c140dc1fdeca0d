package dev.coterie.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.chat.Answer;
import dev.coterie.chat.ChatEngine;
import dev.coterie.chat.Question;
import dev.coterie.chat.Turn;
import dev.coterie.error.ConflictException;
import dev.coterie.error.CoterieException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import dev.coterie.tools.ToolResult;
import dev.coterie.tools.Workbench;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversations. An answer is made on the server whether or not anyone still listens; what it says
 * stands in the event log, so that a lost reader goes on where it was.
 */
public final class Chats implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Chats.class);
    private static final int ANSWERS_AT_ONCE = 4;

    /** Stands for the place before a conversation's first question. */
    public static final String ROOT = "root";

    private static final int LONGEST_TITLE = 80;

    private final Database database;
    private final Runs runs;
    private final ChatEngine engine;
    private final Function<FinishedRun, Workbench> workbenches;
    private final Clock clock;
    private final AnswerLog answerLog;
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;
    private final ExecutorService answers =
            Executors.newFixedThreadPool(
                    ANSWERS_AT_ONCE,
                    task -> {
                        var thread = new Thread(task, "answer");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * @param workbenches what answers may have done with a run
     */
    Chats(
            Database database,
            EventLog events,
            Runs runs,
            ChatEngine engine,
            ModelUsage usage,
            Function<FinishedRun, Workbench> workbenches,
            Clock clock) {
        this.database = database;
        this.runs = runs;
        this.engine = engine;
        this.workbenches = workbenches;
        this.clock = clock;
        this.answerLog = new AnswerLog(database, events, usage, stopped::contains, () -> closing);
    }

    /** Makes ready for questions in a language. */
    void warm(Language language) {
        engine.warm(language);
    }

    /** Drops what was worked out of runs. */
    void forget() {
        engine.forget();
    }

    /** Answers that the end of the server cut off are marked as such; what they said stays. */
    void start() {
        database.change(
                t ->
                        t.list(
                                        "select id from message where state = 'answering'",
                                        row -> row.text("id"))
                                .forEach(id -> answerLog.interrupt(t, id)));
    }

    public Chat create(String projectId, Run run, Optional<String> title, Language language) {
        return database.write(
                t -> {
                    String id = Ids.random("cht_");
                    t.change(
                            "insert into chat (id, project, run, title, language, created_at)"
                                    + " values (?, ?, ?, ?, ?, ?)",
                            id,
                            Projects.get(t, projectId).id(),
                            run.id(),
                            DisplayName.of(title.orElse(""), LONGEST_TITLE),
                            language.tag(),
                            Projects.now(clock));
                    return get(t, id);
                });
    }

    public Chat get(String id) {
        return database.read(t -> get(t, id));
    }

    private static Chat get(Transaction t, String id) {
        return t.first("select * from chat where id = ?", Chat::of, id)
                .orElseThrow(() -> Projects.missing("chat", id));
    }

    /** Newest first. */
    public List<Chat> list(String project) {
        return database.read(
                t ->
                        t.list(
                                "select * from chat where project = ? order by created_at desc, id",
                                Chat::of,
                                Projects.get(t, project).id()));
    }

    /**
     * @param ifMatch the etag the caller has seen, if it says so
     * @throws ConflictException {@code lost_update_name} if the title changed since
     */
    public Chat rename(String id, String title, Optional<String> ifMatch) {
        return database.write(
                t -> {
                    NameTag.check(get(t, id).etag(), ifMatch);
                    t.change(
                            "update chat set title = ? where id = ?",
                            DisplayName.of(title, LONGEST_TITLE),
                            id);
                    return get(t, id);
                });
    }

    public void delete(String id) {
        database.change(
                t -> {
                    get(t, id);
                    messages(t, id).stream()
                            .filter(m -> m.state().equals("answering"))
                            .forEach(m -> stopped.add(m.id()));
                    t.change(
                            "delete from event where owner in (select id from message where chat ="
                                    + " ?)",
                            id);
                    StoredAnswers.forget(t, Set.of(id));
                    t.change("delete from chat where id = ?", id);
                });
    }

    /** In order. */
    public List<Chat.Entry> messages(String chat) {
        return database.read(t -> messages(t, chat));
    }

    private static List<Chat.Entry> messages(Transaction t, String chat) {
        return t.list(
                "select * from message where chat = ? order by position", Chat.Entry::of, chat);
    }

    public Chat.Entry message(String id) {
        return database.read(t -> message(t, id));
    }

    public Optional<Chat.Entry> find(String message) {
        return database.read(t -> find(t, message));
    }

    private static Optional<Chat.Entry> find(Transaction t, String message) {
        return t.first("select * from message where id = ?", Chat.Entry::of, message);
    }

    private static Chat.Entry message(Transaction t, String id) {
        return find(t, id).orElseThrow(() -> Projects.missing("message", id));
    }

    /**
     * Takes a question and begins to answer it.
     *
     * @param parent the message before an edited question, {@link #ROOT} before the first one: the
     *     answer looks back along the branch that ends there; empty to follow the newest message
     * @return the answer's message, in state {@code answering}
     * @throws ConflictException while the conversation is still answering
     * @throws dev.coterie.error.NotFoundException if the conversation has no such message
     */
    public Chat.Entry ask(String chatId, Question question, Optional<String> parent) {
        return begin(
                chatId,
                question,
                (t, before) -> {
                    Optional<String> last =
                            before.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(before.get(before.size() - 1).id());
                    Optional<String> after = parent.or(() -> last).filter(p -> !p.equals(ROOT));
                    after.ifPresent(id -> known(before, id));
                    if (get(t, chatId).title().isEmpty()) {
                        t.change(
                                "update chat set title = ? where id = ?",
                                DisplayName.of(question.text(), LONGEST_TITLE),
                                chatId);
                    }
                    String asked = insert(t, chatId, "user", "done", after, question.text());
                    t.change(
                            "update message set content = ? where id = ?",
                            LedgerJson.write(question),
                            asked);
                    return new Begun(asked, history(before, after));
                });
    }

    /**
     * Answers the question of an answer once more; the earlier answer stays as another version.
     *
     * @return the new answer's message, in state {@code answering}
     * @throws ConflictException while the conversation is still answering
     */
    public Chat.Entry regenerate(String answerId) {
        Chat.Entry answer = message(answerId);
        if (!answer.role().equals("assistant")) throw Projects.missing("message", answerId);
        Chat.Entry asked = message(answer.parent().orElseThrow());
        return begin(
                answer.chat(),
                asked.question().orElseThrow(),
                (t, before) -> new Begun(asked.id(), history(before, asked.parent())));
    }

    /**
     * Goes on with an answer that was stopped; the stopped one stays as another version.
     *
     * @return the new answer's message, in state {@code answering}
     * @throws ConflictException if it was not stopped, or while the conversation is still answering
     */
    public Chat.Entry goOn(String answerId) {
        Chat.Entry answer = message(answerId);
        if (!answer.role().equals("assistant")) throw Projects.missing("message", answerId);
        if (!answer.state().equals("stopped"))
            throw new ConflictException(Message.of("run.answer_not_stopped"));
        Chat.Entry asked = message(answer.parent().orElseThrow());
        return begin(
                answer.chat(),
                asked.question().orElseThrow(),
                answer.answer().filter(a -> !a.text().isBlank()),
                (t, before) -> new Begun(asked.id(), history(before, asked.parent())));
    }

    /**
     * Calls one tool of a finished run, as an answer does.
     *
     * @throws dev.coterie.error.NotFoundException if there is no such tool
     * @throws dev.coterie.error.InvalidInputException if an argument is wrong
     */
    public ToolResult call(String run, String tool, JsonNode args, Language language) {
        FinishedRun finished = runs.finished(run);
        return engine.tools(
                        runs.named(finished), Optional.of(workbenches.apply(finished)), language)
                .call(tool, args);
    }

    /** A question that stands in the ledger, and the turns before it. */
    private record Begun(String asked, List<Turn> history) {}

    private interface Beginning {
        Begun write(Transaction t, List<Chat.Entry> before);
    }

    private Chat.Entry begin(String chatId, Question question, Beginning beginning) {
        return begin(chatId, question, Optional.empty(), beginning);
    }

    /**
     * @param said what was answered before somebody stopped it, to be gone on with
     */
    private Chat.Entry begin(
            String chatId, Question question, Optional<Answer> said, Beginning beginning) {
        FinishedRun run = runs.finished(get(chatId).run());
        List<Turn> history = new ArrayList<>();
        Chat.Entry answer =
                database.write(
                        t -> {
                            List<Chat.Entry> before = messages(t, chatId);
                            if (before.stream().anyMatch(m -> m.state().equals("answering"))) {
                                throw new ConflictException(Message.of("run.still_answering"));
                            }
                            Begun begun = beginning.write(t, before);
                            history.addAll(begun.history());
                            Optional<String> asked = Optional.of(begun.asked());
                            return message(
                                    t, insert(t, chatId, "assistant", "answering", asked, ""));
                        });
        answers.execute(() -> perform(answer.id(), run, history, question, said));
        return answer;
    }

    private static Chat.Entry known(List<Chat.Entry> messages, String id) {
        return messages.stream()
                .filter(m -> m.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Projects.missing("message", id));
    }

    private String insert(
            Transaction t,
            String chat,
            String role,
            String state,
            Optional<String> parent,
            String text) {
        String id = Ids.random("msg_");
        long position =
                t.count(
                        "select coalesce(max(position), 0) + 1 as n from message where chat = ?",
                        chat);
        t.change(
                "insert into message (id, chat, position, role, state, parent, text, content,"
                        + " created_at) values (?, ?, ?, ?, ?, ?, ?, '', ?)",
                id,
                chat,
                position,
                role,
                state,
                parent,
                text,
                Projects.now(clock));
        return id;
    }

    /** The finished turns of the branch that ends at a message, oldest first. */
    private static List<Turn> history(List<Chat.Entry> messages, Optional<String> end) {
        var turns = new ArrayDeque<Turn>();
        Optional<Chat.Entry> at = end.map(id -> known(messages, id));
        while (at.isPresent()) {
            Chat.Entry message = at.get();
            Optional<Chat.Entry> before = message.parent().map(id -> known(messages, id));
            // An answer that was stopped before its first sentence has nothing to go on from.
            Optional<Answer> answer = message.answer().filter(a -> !a.text().isBlank());
            Optional<Question> asked = before.flatMap(Chat.Entry::question);
            if (answer.isPresent() && asked.isPresent()) {
                turns.addFirst(new Turn(asked.get(), answer.get()));
            }
            at = before;
        }
        return new ArrayList<>(turns);
    }

    /** Asks an answer to stop; what it has said so far stays. */
    public Chat.Entry stop(String id) {
        if (message(id).state().equals("answering")) stopped.add(id);
        return message(id);
    }

    private void perform(
            String id,
            FinishedRun run,
            List<Turn> history,
            Question question,
            Optional<Answer> said) {
        var hearing = answerLog.new Hearing(id);
        try {
            Answer answer =
                    engine.answer(
                            runs.named(run),
                            Optional.of(workbenches.apply(run)),
                            history,
                            question,
                            said,
                            hearing);
            answerLog.end(id, answer, hearing.end());
        } catch (CoterieException e) {
            answerLog.fail(id, new Failure(e.code(), e.message()));
        } catch (RuntimeException | Error e) {
            if (!closing) log.error("answer {} failed", id, e);
            answerLog.fail(id, new Failure("internal", Message.of("run.internal")));
        } finally {
            stopped.remove(id);
        }
    }

    @Override
    public void close() {
        closing = true;
        answers.shutdownNow();
    }
}
