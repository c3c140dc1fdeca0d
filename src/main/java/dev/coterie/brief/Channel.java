package dev.coterie.brief;

import dev.coterie.language.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How customers can be reached. */
public enum Channel {
    EMAIL,
    SMS,
    PUSH,
    SOCIAL,
    MAIL,
    PHONE;

    /** As requests spell it, such as {@code email}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of all of them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Channel::word).toList();
    }

    /** The channel of a word; empty for one of the asker's own. */
    static Optional<Channel> of(String word) {
        return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst();
    }

    Message label() {
        return Message.of("brief.channel." + word());
    }
}
