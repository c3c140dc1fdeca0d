package dev.coterie.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * Conditions that all must hold, with whom they select in a sample.
 *
 * @param rows the selected
 * @param right how many of them are members
 * @param members all members in the sample
 */
record Conjunction(List<Condition> conditions, Rows rows, int right, int members) {
    Conjunction {
        conditions = List.copyOf(conditions);
    }

    double f1() {
        int either = rows.count() + members;
        return either == 0 ? 0 : 2.0 * right / either;
    }

    double precision() {
        return rows.count() == 0 ? 0 : (double) right / rows.count();
    }

    int length() {
        return conditions.size();
    }

    /** True if a condition would only narrow one that is there already. */
    boolean asks(Condition next) {
        return repeats(next) || conditions.stream().anyMatch(c -> sameQuestion(c, next));
    }

    /** True if a word of the condition is asked for already: nobody reads such a rule with ease. */
    boolean repeats(Condition next) {
        return next instanceof Condition.Mentions m
                && conditions.stream()
                        .filter(Condition.Mentions.class::isInstance)
                        .flatMap(c -> ((Condition.Mentions) c).anyOf().stream())
                        .anyMatch(m.anyOf()::contains);
    }

    private static boolean sameQuestion(Condition a, Condition b) {
        return a.getClass() == b.getClass()
                && a.field().key().equals(b.field().key())
                && !(a instanceof Condition.Mentions);
    }

    /** All conditions and one more; two of the same question become the narrower one. */
    static List<Condition> merge(List<Condition> conditions, Condition next) {
        var merged = new ArrayList<Condition>();
        Condition last = next;
        for (Condition c : conditions) {
            if (sameQuestion(c, next)) last = narrower(c, next);
            else merged.add(c);
        }
        merged.add(last);
        return merged;
    }

    private static Condition narrower(Condition a, Condition b) {
        if (a instanceof Condition.AtMost x && b instanceof Condition.AtMost y) {
            return x.limit() <= y.limit() ? x : y;
        }
        if (a instanceof Condition.Above x && b instanceof Condition.Above y) {
            return x.limit() >= y.limit() ? x : y;
        }
        if (a instanceof Condition.OneOf x && b instanceof Condition.OneOf y) {
            return new Condition.OneOf(
                    x.field(), x.levels().stream().filter(y.levels()::contains).toList());
        }
        return b;
    }
}
