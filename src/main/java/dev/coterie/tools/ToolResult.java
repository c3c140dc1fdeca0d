package dev.coterie.tools;

import dev.coterie.proof.Fact;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tool found.
 *
 * @param label what was done, in the answer's language
 * @param args as called
 * @param quotes masked
 * @param view page relative to the run's own, such as {@code segments/3} or {@code map?seg=3}
 * @param proposal a change that a person may confirm, if the tool prepared one
 * @param rows customers, texts or events looked at
 */
public record ToolResult(
        String tool,
        String label,
        Map<String, Object> args,
        List<Fact> facts,
        Optional<Table> table,
        List<Quotation> quotes,
        Optional<String> view,
        Optional<Proposal> proposal,
        long rows,
        long millis) {
    public ToolResult {
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
        facts = List.copyOf(facts);
        quotes = List.copyOf(quotes);
        // What an earlier version stored has none.
        proposal = proposal == null ? Optional.empty() : proposal;
    }
}
