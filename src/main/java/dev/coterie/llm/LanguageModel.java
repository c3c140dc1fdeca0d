package dev.coterie.llm;

import dev.coterie.language.Message;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.Arrays;

/**
 * The configured language model. Its models end every call within their deadline with a whole,
 * checked answer or throw {@link dev.coterie.error.LlmException}.
 */
public interface LanguageModel {
    /** The model's name as configured, shown beside its texts. */
    String name();

    ChatModel chat(Purpose purpose);

    StreamingChatModel streaming(Purpose purpose);

    /**
     * True if a model that fell back for this reason may well answer later without anybody changing
     * a setting: it is busy, away or resting.
     *
     * @param fallback why the narrator stood in
     */
    static boolean passes(Message fallback) {
        return Arrays.stream(Fault.values())
                .anyMatch(fault -> fault.passes() && fault.key().equals(fallback.key()));
    }

    /** What a call is for: sets its deadline and stands in the call log. */
    enum Purpose {
        NAMING,
        BRIEF,
        CHAT,
        TEST
    }
}
