package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * A reader who knows every figure that is shown of a word, and how many wrote, works out how many
 * customers use it on the side that is withheld: share = lift × other share.
 */
class LiftDisclosureTest {
    private static final Description DESCRIBED =
            SampleCustomers.describe(SampleCustomers.english(150, 4), 3);

    private record Word(Fact lift, Fact here, Fact elsewhere) {
        static Optional<Word> of(Fact lift) {
            Object word = lift.label().arguments().get("label");
            Function<String, Optional<Fact>> share =
                    whose ->
                            DESCRIBED.facts().values().stream()
                                    .filter(f -> f.label().equals(word))
                                    .filter(f -> f.segment() == lift.segment())
                                    .filter(f -> f.filter().key().endsWith(whose))
                                    .findFirst();
            return share.apply(".segment")
                    .flatMap(h -> share.apply(".others").map(o -> new Word(lift, h, o)));
        }

        /** Few customers whom the shown figures give away; empty if they give away none. */
        Optional<Long> recovered(Function<Fact, String> shown, int fewest) {
            var a = number(shown.apply(here));
            var b = number(shown.apply(elsewhere));
            var times = number(shown.apply(lift));
            if (times.isEmpty() || a.isPresent() == b.isPresent()) return Optional.empty();
            double share = a.isPresent() ? a.get() / times.get() : b.get() * times.get();
            long n = a.isPresent() ? elsewhere.n() : here.n();
            long having = Math.round(share * n);
            return Optional.of(Math.min(having, n - having)).filter(c -> c < fewest + 3);
        }

        private static Optional<Double> number(String shown) {
            return shown.matches("×?[\\d.]+%?")
                    ? Optional.of(
                            Double.parseDouble(shown.replaceAll("[×%]", ""))
                                    / (shown.endsWith("%") ? 100 : 1))
                    : Optional.empty();
        }
    }

    private static List<Word> words() {
        return DESCRIBED.facts().values().stream()
                .filter(f -> f.unit() == Fact.Unit.LIFT)
                .flatMap(f -> Word.of(f).stream())
                .toList();
    }

    private static String bare(Fact fact, int fewest) {
        return fact.unit() == Fact.Unit.LIFT
                ? Figures.show(fact.value(), fact.unit(), Language.ENGLISH)
                : Figures.show(fact, Language.ENGLISH, fewest);
    }

    @Test
    void noLiftGivesAWithheldShareAway() {
        List<Word> words = words();
        assertFalse(words.isEmpty());
        int open = 0;
        for (int fewest : List.of(Figures.SMALL_COUNT, Disclosure.FEWEST, 20)) {
            for (Word w : words) {
                if (w.recovered(f -> bare(f, fewest), fewest).isPresent()) open++;
                var shared = w.recovered(f -> Figures.shared(f, Language.ENGLISH, fewest), fewest);
                assertEquals(Optional.empty(), shared, w.toString());
                var own = w.recovered(f -> Figures.show(f, Language.ENGLISH, fewest), fewest);
                assertEquals(Optional.empty(), own, w.toString());
            }
        }
        assertTrue(open > 0, "an unguarded lift gives a share away");
    }

    @Test
    void noSentenceTellsALiftThatIsWithheldSomewhere() {
        for (SegmentProfile s : DESCRIBED.segments()) {
            for (String sentence : s.wording(Language.ENGLISH).sentences()) {
                for (String id : References.ids(sentence)) {
                    Fact f = DESCRIBED.facts().get(id);
                    if (f.unit() != Fact.Unit.LIFT) continue;
                    assertFalse(Figures.guarded(f, Disclosure.FEWEST), sentence);
                }
            }
        }
    }
}
