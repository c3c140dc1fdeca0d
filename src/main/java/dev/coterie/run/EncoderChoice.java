package dev.coterie.run;

import dev.coterie.embed.EncoderCard;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.TextLanguage;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import java.util.List;

/** Which encoder reads the texts of a run. */
final class EncoderChoice {
    /** From this share of texts in another language on, a run says so. */
    private static final double WORTH_A_WARNING = 0.05;

    private EncoderChoice() {}

    /** The encoder asked for, or the default of the language of most texts. */
    static EncoderCard of(
            EncoderCatalog encoders, List<String> texts, RunSettings settings, RunListener heard) {
        var detected = TextLanguage.of(texts);
        String language = settings.textLanguage().orElse(detected.main());
        var card =
                settings.encoder()
                        .map(encoders::card)
                        .orElseGet(() -> encoders.forLanguage(language));
        double foreign =
                card.language().equals(detected.main()) ? detected.others() : 1 - detected.others();
        if (foreign >= WORTH_A_WARNING) {
            heard.notice(
                    Notice.warning(
                            Message.of(
                                    "embed.mixed_language",
                                    "share",
                                    foreign,
                                    "encoder",
                                    card.name()),
                            Math.round(foreign * texts.size())));
        }
        return card;
    }
}
