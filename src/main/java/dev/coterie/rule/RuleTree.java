package dev.coterie.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A binary tree of bounded depth that parts members from all others by Gini impurity; the way to
 * each of its nodes is a conjunction. The other side of a question that no condition can say (not
 * one of a thousand levels) is not followed.
 *
 * <p>Cost O(2^depth × conditions × rows / 64).
 *
 * @param depth questions on a way, 1 or more
 * @see <a href="https://doi.org/10.1201/9781315139470">Breiman, Friedman, Olshen and Stone,
 *     Classification and Regression Trees, 1984</a>
 */
record RuleTree(int depth) implements RuleSearch {
    static final int DEPTH = 5;

    @Override
    public List<Conjunction> best(RuleSample sample) {
        var best = new Conjunction[MOST_CONDITIONS];
        grow(sample, sample.everyone(), depth, best);
        return Arrays.stream(best).filter(Objects::nonNull).toList();
    }

    private static void grow(RuleSample sample, Conjunction node, int left, Conjunction[] best) {
        int length = node.length();
        if (length > MOST_CONDITIONS) return;
        if (length > 0 && (best[length - 1] == null || node.f1() > best[length - 1].f1()))
            best[length - 1] = node;
        boolean pure = node.right() == 0 || node.right() == node.rows().count();
        if (left == 0 || pure) return;
        split(sample, node)
                .ifPresent(
                        s ->
                                s.tests()
                                        .map(test -> sample.add(node, test))
                                        .flatMap(Optional::stream)
                                        .forEach(child -> grow(sample, child, left - 1, best)));
    }

    /** The question whose two sides are the purest; empty if none makes them purer. */
    private static Optional<RuleSample.Split> split(RuleSample sample, Conjunction node) {
        RuleSample.Split best = null;
        int n = node.rows().count();
        double least = impurity(n, node.right()) - 1e-9 * n;
        for (RuleSample.Split s : sample.splits()) {
            int yes = node.rows().shared(s.yes().rows());
            if (Math.min(yes, n - yes) < RuleSample.LEAST_SELECTED) continue;
            int right = node.rows().shared(s.yes().rows(), sample.members());
            double impurity = impurity(yes, right) + impurity(n - yes, node.right() - right);
            if (impurity < least) {
                least = impurity;
                best = s;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Gini impurity times the number of customers. */
    private static double impurity(int n, int right) {
        return n == 0 ? 0 : 2.0 * right * (n - right) / n;
    }
}
