package dev.coterie.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Optional;

/**
 * Hands text on to the reader while it comes and keeps the end back, so that a try that fails can
 * be made again. A reader's own exception ends the try.
 */
final class Relay implements StreamingChatResponseHandler {
    private final StreamingChatResponseHandler reader;
    private final Try attempt;
    private boolean spoke;
    private Optional<ChatResponse> response = Optional.empty();

    Relay(StreamingChatResponseHandler reader, Try attempt) {
        this.reader = reader;
        this.attempt = attempt;
    }

    /** True if the reader has seen a piece of text of this try. */
    boolean spoke() {
        return spoke;
    }

    Optional<ChatResponse> response() {
        return response;
    }

    @Override
    public void onPartialResponse(String text) {
        if (text == null || text.isEmpty() || attempt.failure().isPresent()) return;
        spoke = true;
        try {
            reader.onPartialResponse(text);
        } catch (RuntimeException e) {
            attempt.failed(e);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
        response = Optional.of(complete);
    }

    @Override
    public void onError(Throwable error) {
        attempt.failed(FaultException.of(Fault.INVALID_ANSWER));
    }
}
