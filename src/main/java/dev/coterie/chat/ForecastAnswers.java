package dev.coterie.chat;

import dev.coterie.proof.Fact;
import dev.coterie.tools.Desk;
import dev.coterie.tools.DriverTools;
import dev.coterie.tools.ForecastTools;
import dev.coterie.tools.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers about what pushes an outcome and how likely it is. */
final class ForecastAnswers {
    private static final int TOLD = 3;

    private final Desk desk;
    private final Understood asked;
    private final Wish wish;
    private final Narration told;

    ForecastAnswers(Desk desk, Understood asked, Wish wish, Narration told) {
        this.desk = desk;
        this.asked = asked;
        this.wish = wish;
        this.told = told;
    }

    void drivers() {
        ToolResult result =
                told.use(
                        "get_drivers",
                        desk.say("tool.get_drivers", "target", wish.target()),
                        Map.of("target", wish.target()),
                        () -> new DriverTools(desk).drivers(wish.target()));
        var card = desk.bench().forecast(wish.target()).card();
        List<Fact> falls =
                result.facts().stream()
                        .filter(f -> f.label().key().equals("chat.fact.driver"))
                        .limit(TOLD)
                        .toList();
        if (!card.betterThanBaseline() || falls.isEmpty()) {
            told.say("no_drivers", "target", wish.target(), "quality", quality(result));
            return;
        }
        Map<String, List<Fact>> means = means(result);
        for (int i = 0; i < falls.size(); i++) {
            String label = new DriverTools(desk).label(card.importances().get(i).feature());
            told.say(
                    i == 0 ? "driver_first" : "driver_next",
                    "label",
                    label,
                    "target",
                    wish.target(),
                    "measure",
                    card.classFigures().isPresent() ? "AUC" : "R²",
                    "fall",
                    Narration.ref(falls.get(i)));
            List<Fact> both = means.getOrDefault(label, List.of());
            if (both.size() == 2) {
                told.say(
                        "driver_means",
                        "target",
                        wish.target(),
                        "level",
                        ForecastTools.outcome(card).orElse(""),
                        "with",
                        Narration.ref(both.get(0)),
                        "without",
                        Narration.ref(both.get(1)));
            }
        }
        told.say("drivers_quality", "quality", quality(result));
    }

    private static String quality(ToolResult result) {
        return Narration.ref(
                result.facts().stream()
                        .filter(f -> f.label().key().matches("chat\\.fact\\.(?:auc|r2)"))
                        .findFirst());
    }

    /** The means of those with the outcome and those without, by the attribute's label. */
    private Map<String, List<Fact>> means(ToolResult result) {
        var means = new LinkedHashMap<String, List<Fact>>();
        for (Fact f : result.facts()) {
            if (!f.filter().key().startsWith("chat.filter.target")) continue;
            means.computeIfAbsent(f.label().in(desk.language()).strip(), l -> new ArrayList<>())
                    .add(f);
        }
        return means;
    }

    void forecast() {
        var forecasts = new ForecastTools(desk);
        String label = desk.say("tool.predict", "target", wish.target());
        if (asked.customer() >= 0) {
            ToolResult result =
                    told.use(
                            "predict",
                            label,
                            Map.of(
                                    "customer",
                                    desk.customerId(asked.customer()),
                                    "target",
                                    wish.target()),
                            () -> forecasts.ofCustomer(wish.target(), asked.customer()));
            Fact first = result.facts().get(0);
            told.say(
                    "forecast_customer",
                    "what",
                    first.label().in(desk.language()),
                    "value",
                    Narration.ref(first));
            told.say("drivers_quality", "quality", quality(result));
            return;
        }
        ToolResult result =
                told.use(
                        "predict",
                        label,
                        Map.of("target", wish.target()),
                        () -> forecasts.bySegment(wish.target()));
        List<Fact> ahead =
                result.facts().stream()
                        .filter(
                                f ->
                                        f.label()
                                                .key()
                                                .matches("chat\\.fact\\.(?:probability|forecast)"))
                        .toList();
        Optional<Fact> all = ahead.stream().filter(f -> f.segment() == 0).findFirst();
        List<Fact> segments = ahead.stream().filter(f -> f.segment() > 0).toList();
        if (all.isEmpty() || segments.isEmpty()) {
            told.unanswered("too_few", "label", wish.target());
            return;
        }
        known(result);
        String what = all.get().label().in(desk.language());
        if (!asked.segments().isEmpty()) {
            for (int number : asked.segments()) {
                segments.stream()
                        .filter(f -> f.segment() == number)
                        .findFirst()
                        .ifPresent(f -> ofSegment(what, number, f, all.get()));
            }
        } else {
            told.range("forecast_all", segments, "what", what, "all", Narration.ref(all));
        }
        told.say("drivers_quality", "quality", quality(result));
    }

    /** What the data has comes before what is forecast. */
    private void known(ToolResult result) {
        List<Fact> seen =
                result.facts().stream()
                        .filter(f -> f.label().key().matches("chat\\.fact\\.\\w+_seen"))
                        .toList();
        Optional<Fact> all = seen.stream().filter(f -> f.segment() == 0).findFirst();
        if (all.isEmpty()) return;
        String what = all.get().label().in(desk.language());
        if (asked.segments().isEmpty()) {
            List<Fact> each = seen.stream().filter(f -> f.segment() > 0).toList();
            if (each.isEmpty()) {
                told.say("seen_all", "what", what, "all", Narration.ref(all));
                return;
            }
            told.range("seen_range", each, "what", what, "all", Narration.ref(all));
        }
        for (int number : asked.segments()) {
            seen.stream()
                    .filter(f -> f.segment() == number)
                    .forEach(
                            here ->
                                    told.say(
                                            "seen_of",
                                            "what",
                                            what,
                                            "name",
                                            desk.name(number),
                                            "here",
                                            Narration.ref(here),
                                            "all",
                                            Narration.ref(all)));
        }
    }

    private void ofSegment(String what, int number, Fact here, Fact all) {
        told.say(
                "forecast_of",
                "what",
                what,
                "name",
                desk.name(number),
                "here",
                Narration.ref(here),
                "all",
                Narration.ref(all));
    }
}
