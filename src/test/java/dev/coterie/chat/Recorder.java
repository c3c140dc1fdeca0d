package dev.coterie.chat;

import java.util.ArrayList;
import java.util.List;

/** Writes down what happens. */
class Recorder implements ChatListener {
    final List<ChatEvent> events = new ArrayList<>();

    @Override
    public void event(ChatEvent event) {
        events.add(event);
    }

    List<String> types() {
        return events.stream().map(ChatEvent::type).toList();
    }

    <T> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What a reader has before them at the end. */
    String text() {
        var text = new StringBuilder();
        for (ChatEvent e : events) {
            if (e instanceof ChatEvent.Restart) text.setLength(0);
            if (e instanceof ChatEvent.AnswerDelta d) text.append(d.text());
        }
        return text.toString();
    }
}
