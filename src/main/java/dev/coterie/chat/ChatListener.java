package dev.coterie.chat;

/** Hears how an answer comes about, in the answering thread. */
public interface ChatListener {
    /** Nobody listens. */
    ChatListener NONE = event -> {};

    void event(ChatEvent event);

    /** Asked at least every 100 ms while a model writes; true stops the answer. */
    default boolean cancelled() {
        return false;
    }
}
