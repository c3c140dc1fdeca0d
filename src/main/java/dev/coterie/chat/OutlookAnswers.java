package dev.coterie.chat;

import dev.coterie.features.Block;
import dev.coterie.proof.Fact;
import dev.coterie.tools.BalanceTools;
import dev.coterie.tools.BriefTools;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Filter;
import dev.coterie.tools.ScenarioTools;
import dev.coterie.tools.ToolRefusal;
import dev.coterie.tools.ToolResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers about forecasts, scenarios and briefs. One instance per question. */
final class OutlookAnswers {
    private static final double WORTH_TELLING = 0.01;

    private final Desk desk;
    private final Understood asked;
    private final Wish wish;
    private final Narration told;

    OutlookAnswers(Desk desk, Understood asked, Wish wish, Narration told) {
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
        var forecasts = new ForecastAnswers(desk, asked, wish, told);
        try {
            switch (wish.intent()) {
                case DRIVERS -> forecasts.drivers();
                case FORECAST -> forecasts.forecast();
                case ASSIGN -> assign();
                case WHAT_IF -> whatIf();
                case BRIEF -> brief();
                default -> makeBrief();
            }
        } catch (ToolRefusal e) {
            e.reason()
                    .ifPresentOrElse(
                            why -> told.refused(why.in(desk.language())),
                            () -> told.unanswered("cannot_now"));
        }
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
        if (wish.block().isPresent()) {
            balance(wish.block().get());
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
                                desk.customerId(row),
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

    private void balance(Block block) {
        var tools = new BalanceTools(desk);
        if (!tools.blocks().contains(block)) {
            told.unanswered("what_if_no_balance");
            return;
        }
        ToolResult result =
                told.use(
                        "what_if",
                        desk.say("tool.what_if_balance"),
                        Map.of("block", block.word(), "change", wish.change().word()),
                        () -> tools.balance(block, wish.change()));
        told.say(
                wish.change() == ScenarioTools.Change.HALF
                        ? "what_if_balance_less"
                        : "what_if_balance_more",
                "block",
                desk.say("block." + block.word()),
                "then",
                Narration.ref(result.facts().get(1)),
                "now",
                Narration.ref(result.facts().get(0)));
        told.say("what_if_balance_nothing");
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
        told.ask(QuestionForm.advice(asked.words()) ? "advice_whom" : "brief_whom");
        return Optional.empty();
    }

    private void brief() {
        Optional<Integer> segment = segment();
        if (segment.isEmpty()) return;
        int number = segment.get();
        String name = desk.name(number);
        boolean written = desk.bench().brief(number).isPresent();
        boolean advice = QuestionForm.advice(asked.words());
        if (advice) told.say("advice");
        if (advice && !written) {
            makeBrief();
            return;
        }
        if (!written) {
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
