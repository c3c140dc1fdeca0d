package dev.coterie.rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Customers to learn one segment's rule from.
 *
 * @param size number of customers
 * @param members those of the segment
 * @param splits every condition that a rule may make, in a fixed order
 */
record RuleSample(int size, Rows members, List<Split> splits) {
    /** No rule selects fewer customers than this, so that it never singles anyone out. */
    static final int LEAST_SELECTED = 11;

    RuleSample {
        splits = List.copyOf(splits);
    }

    /** A condition with the customers who fulfil it. */
    record Test(Condition condition, Rows rows) {}

    /**
     * Two sides of a question.
     *
     * @param no those with a known value on the other side; empty if no condition says it
     */
    record Split(Test yes, Optional<Test> no) {
        Stream<Test> tests() {
            return Stream.concat(Stream.of(yes), no.stream());
        }
    }

    Conjunction everyone() {
        Rows all = Rows.where(size, i -> true);
        return new Conjunction(List.of(), all, members.count(), members.count());
    }

    /** The rule with one more condition; empty if it would select too few or repeat a word. */
    Optional<Conjunction> add(Conjunction rule, Test test) {
        int selected = rule.rows().shared(test.rows());
        boolean same = selected == rule.rows().count() || rule.repeats(test.condition());
        if (selected < LEAST_SELECTED || same) return Optional.empty();
        return Optional.of(
                new Conjunction(
                        Conjunction.merge(rule.conditions(), test.condition()),
                        rule.rows().and(test.rows()),
                        rule.rows().shared(test.rows(), members),
                        members.count()));
    }
}
