package dev.coterie.brief;

import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import java.util.List;

/**
 * What a person asks of a brief.
 *
 * @param goal {@code retain}, {@code grow}, {@code win_back} or {@code acquire}; empty: chosen from
 *     the facts
 * @param channels the channels to be used, in the asker's words; may be empty
 * @param preferred {@link Writer#LLM} to let a configured language model word the hypotheses
 */
public record BriefRequest(
        String goal, List<String> channels, Language language, Writer preferred) {
    public BriefRequest {
        goal = goal == null ? "" : goal.strip().toLowerCase(java.util.Locale.ROOT);
        channels = channels == null ? List.of() : List.copyOf(channels);
    }

    /** A brief for the goal that the facts suggest. */
    public static BriefRequest in(Language language) {
        return new BriefRequest("", List.of(), language, Writer.LLM);
    }
}
