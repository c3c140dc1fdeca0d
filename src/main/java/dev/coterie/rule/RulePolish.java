package dev.coterie.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Makes a learned rule fit to be read: conditions that the others make needless go, limits become
 * round where that costs no precision beyond what chance moves.
 *
 * @param members those of the segment among the customers it was learned on
 * @param fulfil who of them fulfils a condition
 */
record RulePolish(Rows members, Function<Condition, Rows> fulfil) {
    /** What dropping a condition may cost in F1. */
    private static final double NEEDLESS = 0.002;

    /** What precision and F1 may lose by rounder limits, if chance does not move them more. */
    private static final double MOST_LOSS = 0.005;

    List<Condition> polished(List<Condition> rule) {
        return rule.isEmpty() ? rule : together(rounded(needed(rule)));
    }

    /** Both limits of a field side by side, the lower one first. */
    private static List<Condition> together(List<Condition> rule) {
        List<RuleField> fields = rule.stream().map(Condition::field).toList();
        return rule.stream()
                .sorted(
                        Comparator.comparingInt((Condition c) -> fields.indexOf(c.field()))
                                .thenComparing(c -> c instanceof Condition.AtMost))
                .toList();
    }

    private Conjunction judge(List<Condition> rule, List<Rows> fulfilled) {
        Rows all = fulfilled.stream().reduce(Rows::and).orElseThrow();
        return new Conjunction(rule, all, all.shared(members), members.count());
    }

    private List<Condition> needed(List<Condition> rule) {
        var kept = new ArrayList<>(rule);
        var rows = new ArrayList<>(rule.stream().map(fulfil).toList());
        double f1 = judge(kept, rows).f1();
        for (int i = 0; i < kept.size() && kept.size() > 1; ) {
            Condition condition = kept.remove(i);
            Rows fulfilled = rows.remove(i);
            if (judge(kept, rows).f1() >= f1 - NEEDLESS) continue;
            kept.add(i, condition);
            rows.add(i++, fulfilled);
        }
        return kept;
    }

    private List<Condition> rounded(List<Condition> rule) {
        var rounded = new ArrayList<>(rule);
        var rows = new ArrayList<>(rule.stream().map(fulfil).toList());
        Conjunction exact = judge(rule, rows);
        for (int i = 0; i < rounded.size(); i++) {
            for (Condition candidate : Readable.candidates(rule.get(i))) {
                rounded.set(i, candidate);
                rows.set(i, candidate.equals(rule.get(i)) ? rows.get(i) : fulfil.apply(candidate));
                if (asGood(judge(rounded, rows), exact)) break;
            }
        }
        return rounded;
    }

    private static boolean asGood(Conjunction rounded, Conjunction exact) {
        double p = exact.precision();
        double error = Math.sqrt(p * (1 - p) / exact.rows().count());
        double loss = Math.max(MOST_LOSS, error / 2);
        return rounded.rows().count() >= RuleSample.LEAST_SELECTED
                && rounded.precision() >= p - loss
                && rounded.f1() >= exact.f1() - loss;
    }
}
