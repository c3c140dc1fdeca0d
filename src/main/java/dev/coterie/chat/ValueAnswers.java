package dev.coterie.chat;

import dev.coterie.describe.SegmentProfile;
import dev.coterie.proof.Fact;
import dev.coterie.tools.Desk;
import dev.coterie.tools.SegmentTools;
import java.util.Comparator;
import java.util.Optional;

/** Answers about what segments are worth. */
final class ValueAnswers {
    private final Desk desk;
    private final Understood asked;
    private final Narration told;
    private final SegmentAnswers segments;

    /**
     * @param segments shows the segments that are spoken of
     */
    ValueAnswers(Desk desk, Understood asked, Narration told, SegmentAnswers segments) {
        this.desk = desk;
        this.asked = asked;
        this.told = told;
        this.segments = segments;
    }

    private boolean noValue() {
        if (desk.segments().stream().anyMatch(s -> s.value().isPresent())) return false;
        told.unanswered("no_value");
        return true;
    }

    void bestValue() {
        if (noValue()) return;
        segments.list(SegmentTools.Order.VALUE);
        int best = new SegmentTools(desk).ordered(SegmentTools.Order.VALUE).get(0).number();
        worth("best_value", best);
        int each =
                desk.segments().stream()
                        .filter(s -> s.value().isPresent())
                        .max(Comparator.comparingDouble(s -> s.value().get().perCustomer()))
                        .map(SegmentProfile::number)
                        .orElse(best);
        if (each != best) {
            told.say(
                    "best_each",
                    "name",
                    desk.name(each),
                    "each",
                    Narration.ref(desk.valueEach(each)));
        }
    }

    private void worth(String key, int number) {
        Optional<Fact> share = desk.valueShare(number);
        Object[] pairs = {
            "name",
            desk.name(number),
            "total",
            Narration.ref(desk.value(number)),
            "each",
            Narration.ref(desk.valueEach(number)),
            "share",
            Narration.ref(share)
        };
        told.say(share.isPresent() ? key : key + "_plain", pairs);
        desk.valueTypical(number)
                .ifPresent(
                        m -> told.say("value_typical", "typical", Narration.ref(Optional.of(m))));
    }

    void value() {
        if (noValue()) return;
        if (asked.segments().isEmpty()) {
            segments.list(SegmentTools.Order.VALUE);
            told.say(
                    "value_all",
                    "total",
                    Narration.ref(desk.valueOfAll()),
                    "each",
                    Narration.ref(desk.valueOfEach()));
            return;
        }
        for (int number : asked.segments()) {
            segments.segment(number);
            worth("value", number);
        }
    }
}
