package dev.coterie.llm;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;

/**
 * The configured language model. Its models end every call within their deadline with a whole,
 * checked answer or throw {@link dev.coterie.error.LlmException}.
 */
public interface LanguageModel {
    /** The model's name as configured, shown beside its texts. */
    String name();

    ChatModel chat(Purpose purpose);

    StreamingChatModel streaming(Purpose purpose);

    /** What a call is for: sets its deadline and stands in the call log. */
    enum Purpose {
        NAMING,
        BRIEF,
        CHAT,
        TEST
    }
}
