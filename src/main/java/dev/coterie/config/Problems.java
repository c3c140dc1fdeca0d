package dev.coterie.config;

import dev.coterie.error.InvalidConfigException;
import dev.coterie.language.Message;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with the settings, to say it all at once. */
final class Problems {
    private final List<Message> found = new ArrayList<>();

    void add(Message problem) {
        found.add(problem);
    }

    void throwIfAny() {
        if (found.isEmpty()) return;
        Message all = found.get(0);
        for (Message next : found.subList(1, found.size())) {
            all = Message.of("config.both", "first", all, "second", next);
        }
        throw new InvalidConfigException(
                Message.of("config.invalid", "count", found.size(), "problems", all));
    }
}
