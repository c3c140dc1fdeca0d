package dev.coterie.describe;

import dev.coterie.words.Humanise;
import dev.coterie.words.Sense;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something worth saying of a segment: a compared attribute or a theme of its texts.
 *
 * @param key identity across segments: attribute key or {@code word:} and the word
 * @param higher true if the segment has more of it than everyone else
 * @param score effect × confidence × how many members it is true of × novelty against siblings
 */
record Trait(
        String key,
        boolean higher,
        double score,
        Optional<Comparison> comparison,
        Optional<Theme> theme) {
    /** Part of the limits that holds for what a name says already. */
    private static final double STILL = 0.7;

    /** What as many others speak of is nothing to call customers by. */
    private static final double LEAST_RISE = 0.3;

    private static final Set<String> CALENDAR =
            Set.of("month", "week", "weekday", "quarter", "月", "月份", "季度", "星期");

    /** What tells of a company's own doing is nothing to call its customers by. */
    private static final Set<String> OWN = Set.of("campaign", "contact", "营销活动", "联系");

    private static final Set<String> VAGUE =
            Set.of(
                    "label", "flag", "target", "class", "type", "status", "value", "x", "y",
                    "split", "orig", "day", "日", "group", "cluster", "col", "column", "field",
                    "var", "标签");

    Trait withScore(double newScore) {
        return new Trait(key, higher, newScore, comparison, theme);
    }

    /** True if its name means something to a reader. */
    boolean sayable() {
        return comparison.isEmpty() || !vague(comparison.get().attribute().column());
    }

    Optional<Sense> sense() {
        return comparison.map(c -> c.attribute().sense());
    }

    /** Column names that say nothing to a reader. */
    private static boolean vague(String column) {
        return VAGUE.containsAll(Humanise.words(column));
    }

    /** Months are told of customers, but are nothing to call them by: "May customers". */
    private static boolean unnamed(String column) {
        List<String> words = Humanise.words(column);
        return CALENDAR.containsAll(words) || OWN.containsAll(words);
    }

    /** True if one can say it in a name: true of enough members. */
    boolean nameable() {
        return nameable(1);
    }

    /**
     * True if a name that says it already may go on saying it. It takes less than to be chosen, so
     * that a few more or fewer customers do not rename a segment.
     */
    boolean stillNameable() {
        return nameable(STILL);
    }

    /**
     * @param ease 1 for the full limits, less for lower ones
     */
    private boolean nameable(double ease) {
        if (theme.isPresent()) {
            double share = theme.get().share();
            boolean telling = share >= 0.3 * ease || theme.get().lift() >= 1.5 * ease;
            boolean apart = theme.get().lift() >= 1 + LEAST_RISE * ease;
            return share >= 0.12 * ease && telling && apart && theme.get().surelyMore();
        }
        Comparison c = comparison.orElseThrow();
        if (vague(c.attribute().column()) || unnamed(c.attribute().column())) return false;
        if (c.attribute().kind() != Difference.Kind.SHARE) {
            return c.strength() >= 0.3 * ease && c.missing() < 0.5;
        }
        if (c.higher()) {
            boolean item = c.attribute().sense() == Sense.ITEM;
            double over = c.here() - c.elsewhere();
            boolean typical = c.here() >= (item ? 0.5 : 0.35) * ease && over >= 0.2 * ease;
            return typical && c.missing() < 0.5;
        }
        double gap = c.elsewhere() - c.here();
        return c.here() <= 0.25 / ease && gap >= 0.25 * ease && c.missing() < 0.5;
    }
}
