package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.TestPlan;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.Fact;
import dev.coterie.describe.Figures;
import dev.coterie.describe.SegmentProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to measure, and the test that the segment's size and base rate allow. */
final class Trial {
    private static final double LEAST_EFFECT = 0.03;
    private static final double LARGEST_USEFUL_EFFECT = 0.1;
    private static final int GUARDRAILS = 2;

    private final SegmentProfile segment;
    private final BriefFacts facts;
    private final Rhythm rhythm;
    private final Timing timing;
    private final Statements say;
    private final Optional<TestPlan> plan;
    private String target;

    Trial(SegmentProfile segment, BriefFacts facts, Rhythm rhythm, Timing timing, Statements say) {
        this.segment = segment;
        this.facts = facts;
        this.rhythm = rhythm;
        this.timing = timing;
        this.say = say;
        this.plan = planned();
    }

    /** The test that the data allows to plan; empty without a base rate. */
    Optional<TestPlan> plan() {
        return plan;
    }

    boolean feasible() {
        return plan.filter(TestPlan::feasible).isPresent();
    }

    private Optional<TestPlan> planned() {
        if (!rhythm.known()) return Optional.empty();
        double base = base();
        double effect = Math.min(1 - base - 0.005, Math.max(LEAST_EFFECT, base / 10));
        int half = half();
        if (Power.perArm(base, effect) > half) {
            double possible = Power.smallestEffect(base, half);
            if (possible <= LARGEST_USEFUL_EFFECT) effect = possible;
        }
        int perArm = Power.perArm(base, effect);
        return Optional.of(
                new TestPlan(
                        rate(),
                        effect,
                        Power.POWER,
                        Power.ALPHA,
                        perArm,
                        rhythm.days(),
                        perArm <= half));
    }

    /** The formula has no answer for a rate of nought or one. */
    private double base() {
        return Math.min(0.97, Math.max(0.005, rate()));
    }

    /** Where only a bound of the rate is told, the test starts from it: else it would tell more. */
    private double rate() {
        double active = rhythm.activeLately();
        if (!Figures.bounded(active, segment.size(), Disclosure.FEWEST)) return active;
        double least = (double) Disclosure.FEWEST / segment.size();
        return active < 0.5 ? least : 1 - least;
    }

    private int half() {
        return (int) (segment.size() / 2);
    }

    List<Item> measures() {
        var items = new ArrayList<Item>();
        if (rhythm.known()) {
            items.add(say.data("kpi.primary.rate", "days", timing.days(), "rate", timing.rate()));
        } else {
            items.add(say.data("kpi.primary.none"));
        }
        items.add(say.blank("kpi.target"));
        var guards = new ArrayList<Item>();
        segment.differences().stream()
                .filter(d -> d.kind() == Difference.Kind.MEAN)
                .filter(d -> d.attribute().toLowerCase(Locale.ROOT).contains("rating"))
                .findFirst()
                .ifPresent(
                        d -> guards.add(say.data("kpi.guard.rating", "here", BriefFacts.here(d))));
        facts.named("value_each")
                .ifPresent(each -> guards.add(say.data("kpi.guard.value", "each", each)));
        guards.add(say.data("kpi.guard.optout"));
        items.addAll(guards.subList(0, Math.min(GUARDRAILS, guards.size())));
        return items;
    }

    List<Item> test() {
        if (plan.isEmpty()) return List.of(say.data("test.none"));
        TestPlan p = plan.get();
        String perArm = facts.add("per_arm", p.perArm(), Fact.Unit.COUNT, segment.size());
        if (!p.feasible()) return pilot(p, perArm);
        return List.of(
                say.data(
                        "test.hypothesis",
                        "days",
                        timing.days(),
                        "rate",
                        timing.rate(),
                        "target",
                        target(p)),
                say.data("test.split"),
                say.data(
                        "test.size",
                        "per_arm",
                        perArm,
                        "power",
                        facts.add("power", p.power(), Fact.Unit.SHARE, 0),
                        "alpha",
                        facts.add("alpha", p.alpha(), Fact.Unit.NUMBER, 0),
                        "size",
                        facts.size()),
                say.data("test.stop", "days", timing.days()));
    }

    private List<Item> pilot(TestPlan p, String perArm) {
        var items = new ArrayList<Item>();
        items.add(
                say.data(
                        "test.small",
                        "rate",
                        timing.rate(),
                        "target",
                        target(p),
                        "per_arm",
                        perArm,
                        "size",
                        facts.size()));
        double possible = Power.smallestEffect(base(), half());
        if (possible < 1) {
            double reached = Math.min(1, p.baseline() + possible);
            items.add(
                    say.data(
                            "test.small.what",
                            "detectable",
                            facts.add("detectable", reached, Fact.Unit.SHARE, segment.size())));
        }
        return items;
    }

    private String target(TestPlan p) {
        if (target == null) {
            double reached = Math.min(1, p.baseline() + p.minEffect());
            target = facts.add("target", reached, Fact.Unit.SHARE, segment.size());
        }
        return target;
    }
}
