package dev.coterie.brief;

import dev.coterie.describe.Disclosure;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.segment.Certificate;
import dev.coterie.segment.Segmentation;

/** The words and figures of the report in one language. */
record ReportWords(Language language) {
    void number(StringBuilder out, String shown) {
        out.append("<td class=\"num\">").append(Page.escape(shown)).append("</td>");
    }

    String count(long value) {
        return Figures.show(value, Fact.Unit.COUNT, language);
    }

    /** A count of customers, withheld where it is small. */
    String small(long value) {
        return small(value, language);
    }

    static String small(long value, Language language) {
        return Figures.count(value, language, Disclosure.FEWEST);
    }

    /** How far a segment can be trusted; low trust stands out. */
    String level(Segmentation segmentation, SegmentProfile p) {
        var level = segmentation.level(p.number() - 1);
        String word = text("trust." + level.word());
        return level == Certificate.Level.LOW ? "<strong>" + word + "</strong>" : word;
    }

    String say(String key, Object... arguments) {
        return Message.of("brief.report." + key, arguments).in(language);
    }

    String text(String key) {
        return Page.escape(say(key));
    }
}
