package dev.coterie.chat;

import dev.coterie.embed.EncoderCard;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.SentenceEncoder;
import dev.coterie.language.Language;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The real encoders with a memory. A test that makes an engine of its own for each trial would
 * embed the examples of the intents anew each time, which takes two seconds.
 */
public final class RememberingEncoders implements ChatEncoders {
    private final ChatEncoders encoders = ChatEncoders.of(new EncoderCatalog(Optional.empty()));
    private final Map<Language, SentenceEncoder> forQuestions = new EnumMap<>(Language.class);

    @Override
    public synchronized Optional<SentenceEncoder> forQuestions(Language language) {
        return Optional.of(
                forQuestions.computeIfAbsent(
                        language, l -> new Remembering(encoders.forQuestions(l).orElseThrow())));
    }

    @Override
    public Optional<SentenceEncoder> named(String name) {
        return encoders.named(name);
    }

    private static final class Remembering implements SentenceEncoder {
        private final SentenceEncoder encoder;
        private final Map<String, Encoded> known = new ConcurrentHashMap<>();

        Remembering(SentenceEncoder encoder) {
            this.encoder = encoder;
        }

        @Override
        public EncoderCard card() {
            return encoder.card();
        }

        @Override
        public Encoded encode(String text) {
            return known.computeIfAbsent(text, encoder::encode);
        }

        @Override
        public void close() {
            encoder.close();
        }
    }
}
