package dev.coterie.run;

import dev.coterie.chat.Answer;
import dev.coterie.chat.ChatEvent;
import dev.coterie.chat.ChatListener;
import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import dev.coterie.llm.CallRecord;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers to the ledger while they are made, and how they end. */
final class AnswerLog {
    private static final Logger log = LoggerFactory.getLogger(AnswerLog.class);

    private final Database database;
    private final EventLog events;
    private final ModelUsage usage;
    private final Predicate<String> stopped;
    private final BooleanSupplier closing;
    private final PatientWrites patient;

    /**
     * @param stopped whether somebody asked an answer to stop
     * @param closing true once the server stops
     */
    AnswerLog(
            Database database,
            EventLog events,
            ModelUsage usage,
            Predicate<String> stopped,
            BooleanSupplier closing) {
        this.database = database;
        this.events = events;
        this.usage = usage;
        this.stopped = stopped;
        this.closing = closing;
        this.patient = new PatientWrites(database, closing);
    }

    /** Writes what an answer says; its end waits, so that it is told with the finished message. */
    final class Hearing implements ChatListener {
        private final String id;
        private final Consumer<CallRecord> meter;
        private Optional<ChatEvent.MessageEnd> end = Optional.empty();

        Hearing(String id) {
            this.id = id;
            this.meter = usage.meter(ModelUsage.For.MESSAGE, id);
        }

        @Override
        public void event(ChatEvent event) {
            if (event instanceof ChatEvent.MessageEnd last) {
                end = Optional.of(last);
                return;
            }
            database.change(t -> events.appendAnswer(t, id, event.type(), ChatEvents.write(event)));
            events.wake();
        }

        /** How it ended, once it has. */
        ChatEvent.MessageEnd end() {
            return end.orElseThrow();
        }

        @Override
        public void called(CallRecord call) {
            meter.accept(call);
        }

        @Override
        public boolean cancelled() {
            return stopped.test(id);
        }
    }

    /** Writes the end of an answer; one that a stopping server cut off is marked at its start. */
    void end(String id, Answer answer, ChatEvent.MessageEnd end) {
        String state = end.finish().equals("stop") ? "done" : "stopped";
        if (closing.getAsBoolean() && state.equals("stopped")) return;
        patient.change(
                "the end of answer " + id,
                t -> {
                    t.change(
                            "update message set state = ?, text = ?, content = ? where id = ?",
                            state,
                            answer.text(),
                            LedgerJson.write(answer),
                            id);
                    events.appendAnswer(t, id, end.type(), ChatEvents.write(end));
                });
        events.wake();
    }

    /** Writes that an answer failed; if even that cannot be written, only the log can tell. */
    void fail(String id, Failure failure) {
        try {
            patient.change("the end of answer " + id, t -> fail(t, id, failure));
        } catch (StorageException e) {
            log.error("answer {} failed with {}, which cannot be written", id, failure.code(), e);
        }
        events.wake();
    }

    private void fail(Transaction t, String id, Failure failure) {
        t.change("update message set state = 'failed' where id = ?", id);
        events.appendAnswer(t, id, "error", LedgerJson.write(failure));
    }

    /** Marks an answer that the end of the server cut off; what it said stays. */
    void interrupt(Transaction t, String id) {
        var said = new StringBuilder();
        for (Event event : EventLog.all(t, id)) {
            ChatEvent told = ChatEvents.read(event).orElse(null);
            if (told instanceof ChatEvent.AnswerDelta delta) said.append(delta.text());
            if (told instanceof ChatEvent.Restart) said.setLength(0);
        }
        t.change(
                "update message set state = 'interrupted', text = ? where id = ?",
                said.toString(),
                id);
        var failure = new Failure("interrupted", Message.of("chat.interrupted"));
        events.append(t, id, "error", LedgerJson.write(failure));
    }
}
