package dev.coterie.chat;

import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.tools.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens while an answer is made, in order; the last one is {@link MessageEnd}. */
public sealed interface ChatEvent {
    /** The event's name on the wire. */
    String type();

    /** Someone begins to write. */
    record MessageStart(Writer writer, Optional<String> model, Language language)
            implements ChatEvent {
        @Override
        public String type() {
            return "message.start";
        }
    }

    /**
     * @param call {@code t1}, {@code t2}…
     */
    record ToolStart(String call, String tool, String label, Map<String, Object> args)
            implements ChatEvent {
        @Override
        public String type() {
            return "tool.start";
        }
    }

    /** A tool has found something. */
    record ToolDone(String call, ToolResult result) implements ChatEvent {
        @Override
        public String type() {
            return "tool.result";
        }
    }

    /**
     * Whole sentences; a reference is never split.
     *
     * @param facts those it refers to that no tool's result has told yet
     */
    record AnswerDelta(String text, List<Fact> facts) implements ChatEvent {
        public AnswerDelta {
            // What an earlier version stored has none.
            facts = facts == null ? List.of() : List.copyOf(facts);
        }

        @Override
        public String type() {
            return "answer.delta";
        }
    }

    /** The text so far was incomplete: what follows replaces all of it. */
    record Restart(Message reason) implements ChatEvent {
        @Override
        public String type() {
            return "status";
        }
    }

    /** A proof mark. */
    record Cited(Answer.Citation citation) implements ChatEvent {
        @Override
        public String type() {
            return "citation";
        }
    }

    /** What was checked and taken out. */
    record Checked(Answer.Check check) implements ChatEvent {
        @Override
        public String type() {
            return "answer.check";
        }
    }

    /** What to ask next. */
    record Suggested(List<Answer.Suggestion> items) implements ChatEvent {
        @Override
        public String type() {
            return "suggestions";
        }
    }

    /** Something went another way than wished. */
    record Warning(Message message) implements ChatEvent {
        @Override
        public String type() {
            return "warning";
        }
    }

    /**
     * The end.
     *
     * @param finish {@code stop} or {@code stopped_by_user}
     */
    record MessageEnd(String finish, Writer writer, int inputTokens, int outputTokens, long millis)
            implements ChatEvent {
        @Override
        public String type() {
            return "message.end";
        }
    }
}
