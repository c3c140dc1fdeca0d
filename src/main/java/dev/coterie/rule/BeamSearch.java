package dev.coterie.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Grows conjunctions one condition at a time and keeps the few best of each length, so that a
 * condition which helps only together with a second one is not lost. Judged by F1, where CN2 takes
 * entropy.
 *
 * <p>Cost O(length × width × conditions × rows / 64).
 *
 * @param width rules kept of each length, 1 or more
 * @see <a href="https://doi.org/10.1007/BF00116835">Clark and Niblett, The CN2 induction algorithm,
 *     1989</a>
 */
record BeamSearch(int width) implements RuleSearch {
    static final int WIDTH = 8;

    @Override
    public List<Conjunction> best(RuleSample sample) {
        var best = new ArrayList<Conjunction>();
        List<Conjunction> beam = List.of(sample.everyone());
        for (int length = 1; length <= MOST_CONDITIONS; length++) {
            beam = grow(sample, beam);
            if (beam.isEmpty()) break;
            best.add(beam.get(0));
        }
        return best;
    }

    /** A step that was scored but whose set of customers was not built yet. */
    private record Step(Conjunction from, RuleSample.Test test, int selected, int right, int at) {
        double f1(int members) {
            return 2.0 * right / (selected + members);
        }
    }

    private List<Conjunction> grow(RuleSample sample, List<Conjunction> beam) {
        int members = sample.members().count();
        var steps = new ArrayList<Step>();
        for (Conjunction from : beam) {
            for (RuleSample.Split split : sample.splits()) {
                split.tests()
                        .filter(test -> !from.asks(test.condition()))
                        .forEach(test -> step(sample, from, test, steps));
            }
        }
        steps.sort(
                Comparator.comparingDouble((Step s) -> -s.f1(members)).thenComparingInt(Step::at));
        var kept = new ArrayList<Conjunction>();
        for (Step s : steps) {
            if (kept.size() == width) break;
            Optional<Conjunction> next = sample.add(s.from(), s.test());
            // Two ways to select the same customers are one rule; the one found first stands.
            if (next.isPresent() && kept.stream().noneMatch(k -> k.rows().same(next.get().rows())))
                kept.add(next.get());
        }
        return kept;
    }

    private static void step(
            RuleSample sample, Conjunction from, RuleSample.Test test, List<Step> steps) {
        int selected = from.rows().shared(test.rows());
        if (selected < RuleSample.LEAST_SELECTED || selected == from.rows().count()) return;
        int right = from.rows().shared(test.rows(), sample.members());
        steps.add(new Step(from, test, selected, right, steps.size()));
    }
}
