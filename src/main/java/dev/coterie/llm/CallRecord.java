package dev.coterie.llm;

import java.time.Instant;

/**
 * One call to the language model as it stands in the call log: no prompt, no text, no key.
 *
 * @param inputTokens as the provider counted, or 0
 * @param outputTokens as the provider counted, or 0
 * @param tries requests sent
 * @param millis from the call to its end, all tries and waits included
 * @param outcome {@code ok}, {@code cancelled}, or the key of the message such as {@code
 *     llm.refused}
 */
public record CallRecord(
        Instant at,
        LanguageModel.Purpose purpose,
        String model,
        int inputTokens,
        int outputTokens,
        int tries,
        long millis,
        String outcome) {}
