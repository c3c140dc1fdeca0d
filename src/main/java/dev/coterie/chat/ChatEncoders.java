package dev.coterie.chat;

import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.SentenceEncoder;
import dev.coterie.language.Language;
import java.util.Optional;

/** Where chat gets its encoders. Calls may be slow the first time. */
public interface ChatEncoders {
    /** The encoder that understands questions in a language; empty to match by words alone. */
    Optional<SentenceEncoder> forQuestions(Language language);

    /** The encoder by whose name a run's texts were embedded, if it is at hand. */
    Optional<SentenceEncoder> named(String name);

    static ChatEncoders of(EncoderCatalog catalog) {
        return new ChatEncoders() {
            @Override
            public Optional<SentenceEncoder> forQuestions(Language language) {
                String tag = language == Language.CHINESE ? "zh" : "en";
                return Optional.of(catalog.open(catalog.forLanguage(tag).name()));
            }

            @Override
            public Optional<SentenceEncoder> named(String name) {
                return catalog.cards().stream().anyMatch(c -> c.name().equals(name))
                        ? Optional.of(catalog.open(name))
                        : Optional.empty();
            }
        };
    }
}
