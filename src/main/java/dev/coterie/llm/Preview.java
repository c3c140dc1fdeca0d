package dev.coterie.llm;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands in for a language model and keeps what it would have been sent, word for word; nothing
 * leaves the machine. Whoever asks falls back, as when a model is away. Thread-safe.
 */
public final class Preview implements LanguageModel {
    private final List<Sent> requests = new ArrayList<>();

    /**
     * A request that was not sent.
     *
     * @param texts customers' texts in it
     */
    public record Sent(Purpose purpose, int texts, String request) {}

    @Override
    public String name() {
        return "preview";
    }

    @Override
    public ChatModel chat(Purpose purpose) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                keep(purpose, request);
                throw FaultException.of(Fault.RESTING).forPeople();
            }
        };
    }

    @Override
    public StreamingChatModel streaming(Purpose purpose) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                keep(purpose, request);
                handler.onError(FaultException.of(Fault.RESTING).forPeople());
            }
        };
    }

    private synchronized void keep(Purpose purpose, ChatRequest request) {
        requests.add(new Sent(purpose, SentText.customers(request), SentText.of(request)));
    }

    /** In the order in which they were asked. */
    public synchronized List<Sent> requests() {
        return List.copyOf(requests);
    }
}
