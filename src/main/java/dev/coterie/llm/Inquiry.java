package dev.coterie.llm;

import dev.coterie.error.LlmException;
import dev.coterie.language.Message;
import java.util.Optional;

/**
 * Asks until the reply can be used: at most twice more with what was wrong, once more for a shorter
 * reply, and with half of the customers' texts each time the request did not fit. Transport faults
 * are tried again below, in {@link Endpoint}; there is no other layer.
 */
public final class Inquiry {
    private static final int AGAIN = 2;
    private static final int SHRINKS = 3;

    private final CallBudget budget;
    private final AskAgain again;
    private final int refusals;

    /**
     * @param budget of the job this belongs to
     * @param again with the sentences {@code too_long} and {@code refusal}
     * @param refusals how often a refusal is asked again
     */
    public Inquiry(CallBudget budget, AskAgain again, int refusals) {
        this.budget = budget;
        this.again = again;
        this.refusals = Math.min(refusals, AGAIN);
    }

    /** How often a job may call: 1.5 × prompts + 3. Not thread-safe. */
    public static final class CallBudget {
        private int left;

        public CallBudget(int prompts) {
            left = prompts + prompts / 2 + 3;
        }

        boolean take() {
            return left-- > 0;
        }
    }

    /**
     * What goes into the next prompt.
     *
     * @param texts most customers' texts it may hold
     * @param problem what was wrong with the last reply; empty if there was none
     */
    public record Prompt(int texts, String problem) {}

    /** Sends a prompt and gives the reply. */
    public interface Sender {
        String send(Prompt prompt);
    }

    /** Reads a reply without thoughts. */
    public interface Reader<T> {
        /**
         * @param last true if it is not asked again: what can be used must be taken
         */
        Reading<T> read(String spoken, boolean last);
    }

    /**
     * @param value what can be used
     * @param problem what was wrong, for the model; only without a value
     */
    public record Reading<T>(Optional<T> value, String problem) {
        public static <T> Reading<T> of(T value) {
            return new Reading<>(Optional.of(value), "");
        }

        public static <T> Reading<T> wrong(String problem) {
            return new Reading<>(Optional.empty(), problem);
        }
    }

    /**
     * @param texts customers' texts at hand
     * @throws LlmException if no reply could be used: {@code llm.rejected}, {@code
     *     llm.refused_content}, or what the endpoint failed with
     */
    public <T> T ask(int texts, Sender sender, Reader<T> reader) {
        return ask(texts, "", sender, reader);
    }

    /**
     * The same about a reply that was usable and could be better.
     *
     * @param wanting what the first prompt says of it
     */
    public <T> T ask(int texts, String wanting, Sender sender, Reader<T> reader) {
        int left = texts;
        int shrinks = 0;
        int asked = 0;
        boolean shorter = false;
        String problem = wanting;
        while (budget.take()) {
            String spoken;
            try {
                spoken = Replies.spoken(sender.send(new Prompt(left, problem)));
            } catch (LlmException e) {
                String key = e.message().key();
                if (key.equals("llm.too_much_text") && left > 0 && shrinks++ < SHRINKS) {
                    left /= 2;
                } else if (key.equals("llm.shortened") && !shorter) {
                    shorter = true;
                    problem = again.say("too_long");
                } else {
                    throw e;
                }
                continue;
            }
            boolean refused = Replies.refuses(spoken);
            if (refused && asked >= refusals) {
                throw new LlmException(Message.of("llm.refused_content"));
            }
            Reading<T> reading =
                    refused
                            ? Reading.wrong(again.say("refusal"))
                            : reader.read(spoken, asked == AGAIN);
            if (reading.value().isPresent()) return reading.value().get();
            if (asked++ == AGAIN) break;
            problem = reading.problem();
        }
        throw new LlmException(Message.of("llm.rejected"));
    }
}
