package dev.coterie.llm;

import dev.coterie.language.Message;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/** Writes down what it hears; a restart stands as its key in brackets. */
class Reader implements AnswerHandler {
    private final List<String> heard;

    Reader(List<String> heard) {
        this.heard = heard;
    }

    @Override
    public void onPartialResponse(String text) {
        heard.add(text);
    }

    @Override
    public void onRestart(Message reason) {
        heard.add("[" + reason.key() + "]");
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {}

    @Override
    public void onError(Throwable error) {
        heard.add(
                error instanceof dev.coterie.error.CoterieException e
                        ? "!" + e.message().key()
                        : "!" + error);
    }
}
