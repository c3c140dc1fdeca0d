package dev.coterie.llm;

import dev.coterie.config.TokenPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One call to the language model as it stands in the call log: what was sent, masked as it was
 * sent, and never the key or the answer.
 *
 * @param price what the model charged at the time of the call, if that is configured
 * @param inputTokens as the provider counted, or 0
 * @param outputTokens as the provider counted, or 0
 * @param tries requests sent
 * @param millis from the call to its end, all tries and waits included
 * @param number of the call since the start of the server, from 1
 * @param texts customers' texts in the request
 * @param request everything that was sent, one message after the other; at most {@value
 *     #MOST_CHARACTERS} characters
 * @param outcome {@code ok}, {@code cancelled}, or the key of the message such as {@code
 *     llm.refused}
 */
public record CallRecord(
        long number,
        Instant at,
        LanguageModel.Purpose purpose,
        String model,
        Optional<TokenPrice> price,
        int inputTokens,
        int outputTokens,
        int tries,
        long millis,
        String outcome,
        int texts,
        String request) {
    static final int MOST_CHARACTERS = 40_000;

    public CallRecord {
        if (request.length() > MOST_CHARACTERS) {
            request = request.substring(0, MOST_CHARACTERS) + "…";
        }
    }

    /** In the currency of the price; empty without one. */
    public Optional<BigDecimal> cost() {
        return price.map(p -> p.cost(inputTokens, outputTokens));
    }
}
