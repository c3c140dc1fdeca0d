package dev.coterie.chat;

import dev.coterie.describe.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers about forecasts, scenarios and briefs. One instance per question. */
final class OutlookAnswers {
    private static final int TOLD = 3;
    private static final double WORTH_TELLING = 0.01;

    private final Desk desk;
    private final Understanding.Understood asked;
    private final Wish wish;
    private final Narration told;

    OutlookAnswers(Desk desk, Understanding.Understood asked, Wish wish, Narration told) {
        this.desk = desk;
        this.asked = asked;
        this.wish = wish;
        this.told = told;
    }

    void answer() {
        boolean forecast = wish.intent() == Intent.DRIVERS || wish.intent() == Intent.FORECAST;
        if (asked.intent().isEmpty()) {
            told.unanswered(forecast ? "no_target" : "cannot_now");
            return;
        }
        try {
            switch (wish.intent()) {
                case DRIVERS -> drivers();
                case FORECAST -> forecast();
                case ASSIGN -> assign();
                case WHAT_IF -> whatIf();
                case BRIEF -> brief();
                default -> makeBrief();
            }
        } catch (ToolRefusal e) {
            told.unanswered("cannot_now");
        }
    }

    private void drivers() {
        ToolResult result =
                told.use(
                        "get_drivers",
                        desk.say("tool.get_drivers", "target", wish.target()),
                        Map.of("target", wish.target()),
                        () -> new ForecastTools(desk).drivers(wish.target()));
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
            String label = new ForecastTools(desk).label(card.importances().get(i).feature());
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

    private void forecast() {
        var forecasts = new ForecastTools(desk);
        String label = desk.say("tool.predict", "target", wish.target());
        if (asked.customer() >= 0) {
            ToolResult result =
                    told.use(
                            "predict",
                            label,
                            Map.of("customer", "cus_" + asked.customer(), "target", wish.target()),
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
        String what = all.get().label().in(desk.language());
        if (!asked.segments().isEmpty()) {
            for (int number : asked.segments()) {
                segments.stream()
                        .filter(f -> f.segment() == number)
                        .findFirst()
                        .ifPresent(f -> ofSegment(what, number, f, all.get()));
            }
        } else {
            var order = Comparator.comparingDouble(Fact::value);
            Fact high = segments.stream().max(order).orElseThrow();
            Fact low = segments.stream().min(order).orElseThrow();
            told.say(
                    "forecast_all",
                    "what",
                    what,
                    "high",
                    desk.name(high.segment()),
                    "high_value",
                    Narration.ref(high),
                    "low",
                    desk.name(low.segment()),
                    "low_value",
                    Narration.ref(low),
                    "all",
                    Narration.ref(all));
        }
        told.say("drivers_quality", "quality", quality(result));
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

    private void assign() {
        var args = new LinkedHashMap<String, Object>();
        args.put("text", wish.text());
        if (!wish.profile().isEmpty()) {
            args.put("profile", wish.profile().stream().map(Filter::asArgument).toList());
        }
        ToolResult result =
                told.use(
                        "assign_customers",
                        desk.say("tool.assign_customers"),
                        args,
                        () -> new ScenarioTools(desk).assign(wish.text(), wish.profile()));
        List<Fact> likeliest = result.facts();
        told.say(
                "assigned",
                "name",
                desk.name(likeliest.get(0).segment()),
                "confidence",
                Narration.ref(likeliest.get(0)));
        if (likeliest.size() > 1 && likeliest.get(1).value() >= WORTH_TELLING) {
            told.say(
                    "assigned_next",
                    "name",
                    desk.name(likeliest.get(1).segment()),
                    "confidence",
                    Narration.ref(likeliest.get(1)));
        }
        told.say("assigned_from");
    }

    private void whatIf() {
        var tools = new ScenarioTools(desk);
        if (wish.segments() > 0) {
            segments(tools);
            return;
        }
        if (asked.customer() < 0) {
            told.ask("what_if_whom");
            return;
        }
        int row = asked.customer();
        String id = desk.analysis().customers().ids().get(row);
        ToolResult result =
                told.use(
                        "what_if",
                        desk.say("tool.what_if_customer", "id", id),
                        Map.of(
                                "customer",
                                "cus_" + row,
                                "measure",
                                wish.measure().word(),
                                "change",
                                wish.change().word()),
                        () -> tools.customer(row, wish.measure(), wish.change()));
        List<Fact> facts = result.facts();
        Fact now = facts.get(0);
        Fact then = facts.get(1);
        told.say(
                now.segment() == then.segment() ? "what_if_stays" : "what_if_moves",
                "now",
                desk.name(now.segment()),
                "now_confidence",
                Narration.ref(now),
                "then",
                desk.name(then.segment()),
                "then_confidence",
                Narration.ref(then));
        for (int i = 2; i + 1 < facts.size(); i += 2) {
            told.say(
                    "what_if_forecast",
                    "what",
                    facts.get(i).label().in(desk.language()),
                    "now",
                    Narration.ref(facts.get(i)),
                    "then",
                    Narration.ref(facts.get(i + 1)));
        }
        told.say("what_if_only");
    }

    private void segments(ScenarioTools tools) {
        int k = wish.segments();
        int most =
                Math.min(
                        ScenarioTools.MOST_SEGMENTS,
                        desk.analysis().segmentation().hierarchy().tree().leaves());
        if (k < ScenarioTools.LEAST_SEGMENTS || k > most) {
            told.unanswered("what_if_count", "most", Narration.ref(tools.count(most)));
            return;
        }
        ToolResult result =
                told.use(
                        "what_if",
                        desk.say("tool.what_if_segments"),
                        Map.of("segments", k),
                        () -> tools.segments(k));
        var sizes =
                result.facts().stream()
                        .filter(f -> f.label().key().equals("chat.fact.part"))
                        .sorted(Comparator.comparingDouble(Fact::value))
                        .toList();
        told.say(
                "what_if_segments",
                "now",
                Narration.ref(desk.segmentCount()),
                "then",
                Narration.ref(tools.count(k)),
                "smallest",
                Narration.ref(sizes.get(0)),
                "largest",
                Narration.ref(sizes.get(sizes.size() - 1)));
        int now = desk.analysis().segmentation().k();
        Optional<Fact> before = tools.agreement(now);
        Optional<Fact> after = tools.agreement(k);
        if (now != k && before.isPresent() && after.isPresent()) {
            told.say(
                    "what_if_agreement",
                    "now",
                    Narration.ref(before),
                    "then",
                    Narration.ref(after));
        }
        told.say("what_if_nothing");
    }

    /** Empty where the answer has asked which segment is meant. */
    private Optional<Integer> segment() {
        if (!asked.segments().isEmpty()) return Optional.of(asked.segments().get(0));
        told.ask("brief_whom");
        return Optional.empty();
    }

    private void brief() {
        Optional<Integer> segment = segment();
        if (segment.isEmpty()) return;
        int number = segment.get();
        String name = desk.name(number);
        if (desk.bench().brief(number).isEmpty()) {
            told.unanswered("no_brief", "name", name);
            return;
        }
        ToolResult result =
                told.use(
                        "get_brief",
                        desk.say("tool.get_brief", "name", name),
                        Map.of("segment", "seg_" + number),
                        () -> new BriefTools(desk).get(number));
        told.say("brief", "name", name, "size", Narration.ref(result.facts().get(0)));
    }

    private void makeBrief() {
        Optional<Integer> segment = segment();
        if (segment.isEmpty()) return;
        int number = segment.get();
        String name = desk.name(number);
        var args = new LinkedHashMap<String, Object>();
        args.put("segment", "seg_" + number);
        if (!wish.goal().isEmpty()) args.put("goal", wish.goal());
        if (!wish.channel().isEmpty()) args.put("channel", wish.channel());
        told.use(
                "make_brief",
                desk.say("tool.make_brief", "name", name),
                args,
                () -> new BriefTools(desk).make(number, wish.goal(), wish.channel()));
        told.say(
                "make_brief",
                "name",
                name,
                "size",
                Narration.ref(desk.size(number)),
                "share",
                Narration.ref(desk.share(number)));
    }
}
