package dev.coterie.llm;

import dev.coterie.language.Message;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/**
 * A reader of a streamed answer that can start over and stop.
 *
 * <p>A plain {@link StreamingChatResponseHandler} that has seen a piece of text gets no second try,
 * because it could not tell the two texts apart.
 */
public interface AnswerHandler extends StreamingChatResponseHandler {
    /** The text so far was cut off: forget it, the answer begins again. */
    default void onRestart(Message reason) {}

    /** Asked at least every 100 ms; true ends the call and closes the connection. */
    default boolean cancelled() {
        return false;
    }
}
