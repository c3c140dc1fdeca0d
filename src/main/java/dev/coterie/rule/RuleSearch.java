package dev.coterie.rule;

import java.util.List;

/** A way to find short rules. Deterministic: the same sample gives the same rules. */
interface RuleSearch {
    /** No rule has more conditions. */
    int MOST_CONDITIONS = 4;

    /**
     * The best rule of each length from 1 on by F1 on the sample; shorter if none is longer, empty
     * if no condition selects enough customers.
     */
    List<Conjunction> best(RuleSample sample);
}
