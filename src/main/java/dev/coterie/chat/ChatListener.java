package dev.coterie.chat;

import dev.coterie.llm.CallRecord;

/** Hears how an answer comes about, in the answering thread. */
public interface ChatListener {
    /** Nobody listens. */
    ChatListener NONE = event -> {};

    void event(ChatEvent event);

    /** A call to the language model has ended. */
    default void called(CallRecord call) {}

    /** Asked at least every 100 ms while a model writes; true stops the answer. */
    default boolean cancelled() {
        return false;
    }
}
