package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.proof.Fact;
import dev.coterie.tools.CountTools;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Filter;
import dev.coterie.tools.SegmentTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers about one attribute, segment by segment. One instance per question. */
final class FeatureAnswers {
    private final Desk desk;
    private final Understood asked;
    private final Narration told;

    FeatureAnswers(Desk desk, Understood asked, Narration told) {
        this.desk = desk;
        this.asked = asked;
        this.told = told;
    }

    void feature() {
        Attribute attribute = asked.feature().orElseThrow();
        if (new FieldReader(desk.fields()).alternatives(asked.filters())) {
            compared(attribute);
            return;
        }
        if (QuestionForm.complainingMost(asked.words())) told.say("complaining");
        List<Filter> filters =
                asked.filters().stream().filter(f -> !FieldReader.holds(f, attribute)).toList();
        var customers = new CountTools(desk);
        String label = Fields.label(attribute, desk.language());
        told.use(
                "feature_profile",
                desk.say("tool.feature_profile", "label", label),
                SegmentTools.args(attribute, filters),
                () -> new SegmentTools(desk).feature(attribute, filters));
        Optional<Fact> all = customers.mean(attribute, filters, 0);
        if (all.isEmpty()) {
            told.unanswered("too_few", "label", label);
            return;
        }
        if (!filters.isEmpty()) {
            told.say(
                    "feature_having",
                    "label",
                    label,
                    "filters",
                    customers.words(filters),
                    "here",
                    Narration.ref(all),
                    "count",
                    Narration.ref(customers.having(filters)),
                    "all",
                    Narration.ref(desk.mean(attribute, 0)));
        }
        if (filters.isEmpty() && asked.segments().size() > 1) {
            several(attribute, all);
            return;
        }
        for (int number : asked.segments()) featureOf(number, attribute, filters, all);
        if (asked.segments().isEmpty()) extremes(attribute, filters, all);
    }

    /** The customers with each of some values of a column, side by side. */
    private void compared(Attribute attribute) {
        String label = Fields.label(attribute, desk.language());
        int segment = Understanding.first(asked.segments()).orElse(0);
        var customers = new CountTools(desk);
        var figures = new ArrayList<String>();
        for (Filter filter : asked.filters()) {
            List<Filter> one = List.of(filter);
            told.use(
                    "feature_profile",
                    desk.say("tool.feature_profile", "label", label),
                    SegmentTools.args(attribute, one),
                    () -> new SegmentTools(desk).feature(attribute, one));
            Optional<Fact> mean = customers.mean(attribute, one, segment);
            if (mean.isEmpty()) {
                told.unanswered("too_few", "label", label);
                return;
            }
            Attribute level = desk.fields().get(filter.field()).orElseThrow();
            figures.add(
                    desk.say(
                            "part.figure",
                            "name",
                            Fields.level(level, desk.language()),
                            "figure",
                            Narration.ref(mean)));
        }
        told.say(
                "feature_several",
                "label",
                label,
                "figures",
                String.join(desk.say("part.join"), figures),
                "all",
                Narration.ref(desk.mean(attribute, segment)));
    }

    /** One sentence for all segments that are compared. */
    private void several(Attribute attribute, Optional<Fact> all) {
        String figures =
                asked.segments().stream()
                        .map(
                                n ->
                                        desk.say(
                                                "part.figure",
                                                "name",
                                                desk.name(n),
                                                "figure",
                                                Narration.ref(desk.mean(attribute, n))))
                        .collect(Collectors.joining(desk.say("part.join")));
        told.say(
                "feature_several",
                "label",
                Fields.label(attribute, desk.language()),
                "figures",
                figures,
                "all",
                Narration.ref(all));
    }

    private void extremes(Attribute attribute, List<Filter> filters, Optional<Fact> all) {
        var customers = new CountTools(desk);
        String label = Fields.label(attribute, desk.language());
        List<Fact> means =
                desk.segments().stream()
                        .flatMap(s -> customers.mean(attribute, filters, s.number()).stream())
                        .toList();
        if (means.size() < 2) {
            if (filters.isEmpty()) {
                told.say("feature_all", "label", label, "all", Narration.ref(all));
                typical(attribute, 0);
            }
            return;
        }
        told.range(
                filters.isEmpty() ? "feature" : "feature_range",
                means,
                "label",
                label,
                "all",
                Narration.ref(all));
        if (filters.isEmpty()) typical(attribute, 0);
    }

    private void featureOf(
            int number, Attribute attribute, List<Filter> filters, Optional<Fact> all) {
        Optional<Fact> here = new CountTools(desk).mean(attribute, filters, number);
        String label = Fields.label(attribute, desk.language());
        if (here.isEmpty()) {
            told.unanswered("too_few", "label", label);
            return;
        }
        told.say(
                filters.isEmpty() ? "feature_of" : "feature_of_having",
                "label",
                label,
                "name",
                desk.name(number),
                "here",
                Narration.ref(here),
                "all",
                Narration.ref(all));
        if (filters.isEmpty()) typical(attribute, number);
    }

    /** What the customer in the middle has, where a few customers carry the mean. */
    private void typical(Attribute attribute, int segment) {
        desk.median(attribute, segment)
                .ifPresent(
                        m ->
                                told.say(
                                        segment == 0 ? "typical_all" : "typical_of",
                                        "here",
                                        Narration.ref(Optional.of(m)),
                                        "all",
                                        Narration.ref(desk.median(attribute, 0))));
    }
}
