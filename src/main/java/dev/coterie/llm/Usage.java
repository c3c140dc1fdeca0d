package dev.coterie.llm;

import dev.coterie.config.TokenPrice;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What calls to a language model used.
 *
 * @param calls those that reached the model
 * @param inputTokens as the provider counted; some count none
 * @param outputTokens as the provider counted
 * @param costs by currency, exact: one entry, unless the currency was changed in between
 * @param unpricedTokens of calls made while no price was configured
 */
public record Usage(
        long calls,
        long inputTokens,
        long outputTokens,
        Map<String, BigDecimal> costs,
        long unpricedTokens) {
    /** Nothing. */
    public static final Usage NONE = new Usage(0, 0, 0, Map.of(), 0);

    public Usage {
        costs = Collections.unmodifiableMap(new TreeMap<>(costs));
    }

    /**
     * @param price at the time of the call
     */
    public static Usage ofCall(long inputTokens, long outputTokens, Optional<TokenPrice> price) {
        return new Usage(
                1,
                inputTokens,
                outputTokens,
                price.map(p -> Map.of(p.currency(), p.cost(inputTokens, outputTokens)))
                        .orElse(Map.of()),
                price.isPresent() ? 0 : inputTokens + outputTokens);
    }

    /** Of a call; nothing if none of its requests was sent. */
    public static Usage of(CallRecord call) {
        return call.tries() == 0
                ? NONE
                : ofCall(call.inputTokens(), call.outputTokens(), call.price());
    }

    /** Both together. */
    public Usage plus(Usage other) {
        var sum = new TreeMap<>(costs);
        other.costs.forEach((currency, amount) -> sum.merge(currency, amount, BigDecimal::add));
        return new Usage(
                calls + other.calls,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                sum,
                unpricedTokens + other.unpricedTokens);
    }
}
