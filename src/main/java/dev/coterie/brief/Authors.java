package dev.coterie.brief;

import dev.coterie.describe.Wording;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.Optional;

/** The label that every written text carries. */
final class Authors {
    private Authors() {}

    static String of(Brief brief, Language language) {
        return of(brief.writer(), brief.model(), language);
    }

    static String of(Wording wording, Language language) {
        return of(wording.writer(), wording.model(), language);
    }

    private static String of(Writer writer, Optional<String> model, Language language) {
        return Message.of("describe.author." + writer.word(), "model", model.orElse(""))
                .in(language);
    }
}
