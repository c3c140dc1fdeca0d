package dev.coterie.run;

import dev.coterie.chat.ChatEvent;
import java.util.Map;
import java.util.Optional;

/** Chat events as they stand in the event log. */
public final class ChatEvents {
    private static final Map<String, Class<? extends ChatEvent>> BY_TYPE =
            Map.of(
                    "message.start", ChatEvent.MessageStart.class,
                    "tool.start", ChatEvent.ToolStart.class,
                    "tool.result", ChatEvent.ToolDone.class,
                    "answer.delta", ChatEvent.AnswerDelta.class,
                    "status", ChatEvent.Restart.class,
                    "citation", ChatEvent.Cited.class,
                    "answer.check", ChatEvent.Checked.class,
                    "suggestions", ChatEvent.Suggested.class,
                    "warning", ChatEvent.Warning.class,
                    "message.end", ChatEvent.MessageEnd.class);

    private ChatEvents() {}

    static String write(ChatEvent event) {
        return LedgerJson.write(event);
    }

    /** The chat event; empty for an {@code error}, whose data is a {@link Failure}. */
    public static Optional<ChatEvent> read(Event event) {
        return Optional.ofNullable(BY_TYPE.get(event.type()))
                .map(type -> LedgerJson.read(event.data(), type));
    }

    public static Failure error(Event event) {
        return LedgerJson.read(event.data(), Failure.class);
    }
}
