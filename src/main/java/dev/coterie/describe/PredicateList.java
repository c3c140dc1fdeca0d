package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.NumberGate;
import dev.coterie.words.English;
import dev.coterie.words.Sense;
import java.util.ArrayList;
import java.util.List;

/**
 * What customers do or are, as parts of one sentence.
 *
 * @param traits worth telling, best first
 */
record PredicateList(List<Trait> traits, Form.Setting setting, Language language) {
    /** The best traits as predicates; words of the texts are gathered into one of them. */
    List<String> best(int most) {
        var out = new ArrayList<String>();
        var words = new ArrayList<String>();
        int place = -1;
        int products = 0;
        var spent = new Spent(language);
        for (Trait trait : traits) {
            if (!trait.nameable() || out.size() == most && (place < 0 || words.size() == most))
                continue;
            if (trait.theme().isPresent()) {
                if (!Form.telling(trait.theme().get())) continue;
                if (place < 0 && out.size() == most || words.size() == most) continue;
                if (place < 0) {
                    place = out.size();
                    out.add("");
                }
                words.add(Form.mention(trait.theme().get(), language));
                continue;
            }
            Attribute a = trait.comparison().orElseThrow().attribute();
            if (a.sense() == Sense.SPEND && spent.add(trait, out)) continue;
            if (a.sense() == Sense.PRODUCT && products++ > 0) continue;
            boolean absence = !trait.higher() && !a.level().isEmpty();
            String predicate = Form.of(trait, setting, language).predicate();
            boolean plain = NumberGate.clean(predicate, List.of());
            if (absence || !plain || predicate.isEmpty() || out.size() >= most) continue;
            if (a.sense() == Sense.SPEND) spent.first(trait, out.size());
            out.add(predicate);
        }
        if (place >= 0) {
            int told = out.size() > 1 ? 1 : Math.min(3, words.size());
            String about = joined(words.subList(0, told), language);
            out.set(place, Message.of("describe.theme.predicate", "words", about).in(language));
        }
        return out;
    }

    /** a, b and c; a、b、c. */
    static String joined(List<String> parts, Language language) {
        if (language == Language.ENGLISH) return English.and(parts);
        // Between quotation marks Chinese sets no comma.
        return String.join("、", parts).replace("”、“", "”“");
    }
}
