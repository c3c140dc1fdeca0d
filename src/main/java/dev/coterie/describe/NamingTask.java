package dev.coterie.describe;

import dev.coterie.language.Message;
import dev.coterie.proof.References;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of one segment while the model words it. */
final class NamingTask {
    final SegmentDescriber.Draft draft;
    final Wording narrated;
    final String fingerprint;

    /** The model's words that may be shown. */
    Optional<Wording> chosen = Optional.empty();

    /** Why there are none. */
    Message reason;

    /** True if it was asked again after the blind check, in this run or in the one that paid. */
    boolean again;

    /** True if the segment goes by a name of an earlier run. */
    boolean keepsName;

    NamingTask(SegmentDescriber.Draft draft, Wording narrated, String fingerprint, Message reason) {
        this.draft = draft;
        this.narrated = narrated;
        this.fingerprint = fingerprint;
        this.reason = reason;
    }

    String id() {
        return NamingPrompt.id(draft);
    }

    int cluster() {
        return draft.number() - 1;
    }

    /** The words as the cache has them, with facts by their place. */
    WordingCache.Words words(Wording wording, boolean asked) {
        var places = new LinkedHashMap<String, String>();
        for (String id : draft.facts()) places.putIfAbsent(id, "f" + (places.size() + 1));
        return new WordingCache.Words(
                wording.name(),
                References.renamed(wording.who(), places),
                renamed(wording.sentences(), places),
                asked);
    }

    /** The words of the cache with the ids that the facts have now. */
    Wording wording(WordingCache.Words words, String model, String prompt) {
        var ids = new LinkedHashMap<String, String>();
        for (String id : draft.facts()) ids.putIfAbsent("f" + (ids.size() + 1), id);
        return new Wording(
                words.name(),
                References.renamed(words.who(), ids),
                renamed(words.sentences(), ids),
                Writer.LLM,
                Optional.of(model),
                Optional.of(prompt),
                Optional.empty());
    }

    private static List<String> renamed(List<String> sentences, Map<String, String> ids) {
        return sentences.stream().map(s -> References.renamed(s, ids)).toList();
    }
}
