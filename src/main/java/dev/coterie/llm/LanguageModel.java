package dev.coterie.llm;

import dev.coterie.error.LlmException;
import dev.coterie.language.Message;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The configured language model. Its models end every call within their deadline with a whole,
 * checked answer or throw {@link dev.coterie.error.LlmException}.
 */
public interface LanguageModel {
    /** The shortest request that a model can answer. */
    String ONE_WORD = "Reply with the single word: ready";

    /** The model's name as configured, shown beside its texts. */
    String name();

    ChatModel chat(Purpose purpose);

    StreamingChatModel streaming(Purpose purpose);

    /**
     * The same model with a meter on it: told of every call when it ends, in the calling thread. A
     * model that keeps no records tells of none.
     */
    default LanguageModel metered(Consumer<CallRecord> meter) {
        return this;
    }

    /**
     * Removes what was sent from the call log, calls at work included. A model that keeps no
     * records has none to remove.
     */
    default void forgetCalls() {}

    /**
     * Asks for a single word, to learn at the price of a few tokens whether preparing a larger
     * request is worth it.
     *
     * @return why no answer came; empty if one did
     */
    default Optional<Message> absence() {
        try {
            chat(Purpose.TEST).chat(ONE_WORD);
            return Optional.empty();
        } catch (LlmException e) {
            return Optional.of(e.message());
        }
    }

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
