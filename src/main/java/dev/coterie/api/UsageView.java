package dev.coterie.api;

import dev.coterie.llm.Usage;
import java.util.Map;
import java.util.Optional;

/** What the language model used, as JSON. */
final class UsageView {
    private UsageView() {}

    /** Empty if it was not called. */
    static Optional<Map<String, Object>> of(Usage usage) {
        if (usage.calls() == 0) return Optional.empty();
        return Optional.of(
                Body.of(
                        "calls",
                        usage.calls(),
                        "input_tokens",
                        usage.inputTokens(),
                        "output_tokens",
                        usage.outputTokens(),
                        "costs",
                        usage.costs().entrySet().stream()
                                .map(c -> Body.of("amount", c.getValue(), "currency", c.getKey()))
                                .toList(),
                        "unpriced_tokens",
                        usage.unpricedTokens()));
    }
}
