package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.TestPlan;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What to measure, and the test that the segment's size and base rate allow: activity where events
 * are dated, else the first yes/no outcome.
 */
final class Trial {
    private static final double LEAST_EFFECT = 0.03;
    private static final double LARGEST_USEFUL_EFFECT = 0.1;
    private static final int GUARDRAILS = 2;

    private final SegmentProfile segment;
    private final BriefFacts facts;
    private final Rhythm rhythm;
    private final Timing timing;
    private final Statements say;
    private final Optional<Difference> outcome;
    private final Optional<TestPlan> plan;
    private String target;

    Trial(SegmentProfile segment, BriefFacts facts, Rhythm rhythm, Timing timing, Statements say) {
        this.segment = segment;
        this.facts = facts;
        this.rhythm = rhythm;
        this.timing = timing;
        this.say = say;
        this.outcome =
                segment.outcomes().stream()
                        .filter(d -> !rhythm.known() && d.kind() == Difference.Kind.SHARE)
                        .findFirst();
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
        if (!rhythm.known() && outcome.isEmpty() || rare()) return Optional.empty();
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
                        outcome.isPresent() ? 0 : rhythm.days(),
                        perArm <= half));
    }

    private double measured() {
        return outcome.map(Difference::segmentValue).orElseGet(rhythm::activeLately);
    }

    /** Where only a bound of the rate is told, the test starts from it: else it would tell more. */
    private double rate() {
        double rate = measured();
        long n = outcome.map(Difference::n).orElseGet(segment::size);
        if (!Figures.bounded(rate, n, Disclosure.FEWEST)) return rate;
        double least = Math.min(0.5, (double) Disclosure.FEWEST / n);
        return rate < 0.5 ? least : 1 - least;
    }

    /** True where less is better. */
    private boolean falls() {
        return outcome.filter(Ideas::ofLeaving).isPresent();
    }

    /** True where hardly anyone leaves, so that nothing is left to lower. */
    private boolean rare() {
        return falls() && measured() <= LEAST_EFFECT;
    }

    /**
     * The rate that is to rise: of those who stay, where fewer are to leave, since a fall of one is
     * a rise of the other. The formula has no answer for a rate of nought or one.
     */
    private double base() {
        return Math.min(0.97, Math.max(0.005, falls() ? 1 - rate() : rate()));
    }

    /** The rate after a change for the better. */
    private double reached(double effect) {
        return falls() ? Math.max(0, rate() - effect) : Math.min(1, rate() + effect);
    }

    private int half() {
        return (int) (segment.size() / 2);
    }

    /** What sentences on the measured rate may say, and more. */
    private Object[] words(Object... more) {
        var words = new ArrayList<Object>(List.of(more));
        if (outcome.isPresent()) {
            Difference d = outcome.get();
            words.addAll(
                    List.of("label", d.label().in(say.language()), "rate", BriefFacts.here(d)));
            words.addAll(List.of("falls", falls() ? "yes" : "no"));
        } else {
            words.addAll(List.of("days", timing.days(), "rate", timing.rate()));
        }
        return words.toArray();
    }

    List<Item> measures() {
        var items = new ArrayList<Item>();
        if (plan.isEmpty() && !rare()) items.add(say.data("kpi.primary.none"));
        else
            items.add(
                    say.data(
                            outcome.isPresent() ? "kpi.primary.outcome" : "kpi.primary.rate",
                            words()));
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
        if (rare()) return List.of(say.data("test.outcome.rare", words()));
        if (plan.isEmpty()) return List.of(say.data("test.none"));
        TestPlan p = plan.get();
        String perArm = facts.add("per_arm", p.perArm(), Fact.Unit.COUNT, segment.size());
        String test = outcome.isPresent() ? "test.outcome." : "test.activity.";
        if (!p.feasible()) return pilot(test, p, perArm);
        return List.of(
                say.data(test + "hypothesis", words("target", target(p))),
                say.data("test.split"),
                say.data(
                        test + "size",
                        "per_arm",
                        perArm,
                        "power",
                        facts.add("power", p.power(), Fact.Unit.SHARE, 0),
                        "alpha",
                        facts.add("alpha", p.alpha(), Fact.Unit.NUMBER, 0),
                        "size",
                        facts.size()),
                say.data(test + "stop", words()));
    }

    private List<Item> pilot(String test, TestPlan p, String perArm) {
        var items = new ArrayList<Item>();
        items.add(
                say.data(
                        test + "small",
                        words("target", target(p), "per_arm", perArm, "size", facts.size())));
        double possible = Power.smallestEffect(base(), half());
        if (possible < 1) {
            String detectable =
                    facts.add("detectable", reached(possible), Fact.Unit.SHARE, segment.size());
            items.add(say.data(test + "small.what", words("detectable", detectable)));
        }
        return items;
    }

    private String target(TestPlan p) {
        if (target == null) {
            double reached = reached(p.minEffect());
            target = facts.add("target", reached, Fact.Unit.SHARE, segment.size());
        }
        return target;
    }
}
