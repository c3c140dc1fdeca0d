package dev.coterie.describe;

import dev.coterie.language.Language;
import java.util.Map;
import java.util.Optional;

/**
 * How a segment was called in the run before, so that its name changes only with what it says.
 *
 * @param wordings what the writer called it, in the languages that are known
 * @param human the name a person gave it, which no other segment may have
 * @param locked true if its name must stay whatever the facts say
 */
public record EarlierWording(
        Map<Language, Wording> wordings, Optional<String> human, boolean locked) {
    public EarlierWording {
        wordings = Map.copyOf(wordings);
    }

    Optional<String> name(Language language) {
        return Optional.ofNullable(wordings.get(language)).map(Wording::name);
    }

    boolean byModel(Language language) {
        return wordings.containsKey(language) && wordings.get(language).writer() == Writer.LLM;
    }

    /**
     * The earlier wording of a segment and how much of the segment is still the same.
     *
     * @param similarity Jaccard similarity of its customers then and now, 0..1
     */
    public record Kept(EarlierWording earlier, double similarity) {}
}
