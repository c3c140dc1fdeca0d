package dev.coterie.describe;

import dev.coterie.words.Words;
import java.util.List;
import java.util.Optional;

/**
 * What a language model wrote about segments, by the fingerprint of what it was shown: the same
 * facts, words and quotations under the same prompt are never paid for twice. Thread-safe.
 */
public interface WordingCache {
    /** Remembers nothing. */
    WordingCache NONE =
            new WordingCache() {
                @Override
                public Optional<Words> find(String fingerprint) {
                    return Optional.empty();
                }

                @Override
                public void keep(String fingerprint, Words words) {}
            };

    /**
     * The words of one segment that passed every check.
     *
     * @param sentences with {@code {{f1}}} for the first fact that the model was shown, {@code
     *     {{f2}}} for the second, and so on: the ids of a fact differ from run to run
     * @param who refers to facts alike
     * @param again true if they came of asking again after the blind check
     */
    record Words(String name, String who, List<String> sentences, boolean again) {
        public Words {
            sentences = List.copyOf(sentences);
        }
    }

    Optional<Words> find(String fingerprint);

    void keep(String fingerprint, Words words);
}
