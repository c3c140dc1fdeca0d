package dev.coterie.rule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Limits that people can read: 30 for 29.85, the first of a month for a date, as long as the rule
 * loses nothing by it.
 */
public final class Readable {
    /** Finer than so many figures a limit is no easier to read than the value itself. */
    private static final int MOST_FIGURES = 6;

    private Readable() {}

    /** The condition with rounder limits, roundest first and its own last. */
    static List<Condition> candidates(Condition condition) {
        if (condition instanceof Condition.AtMost c) {
            return candidates(c.field(), c.limit(), v -> new Condition.AtMost(c.field(), v));
        }
        if (condition instanceof Condition.Above c) {
            return candidates(c.field(), c.limit(), v -> new Condition.Above(c.field(), v));
        }
        return List.of(condition);
    }

    private static List<Condition> candidates(
            RuleField field, double limit, DoubleFunction<Condition> with) {
        List<Double> limits =
                field.kind() == RuleField.Kind.DATE ? dates(field, limit) : numbers(limit);
        return limits.stream().map(with::apply).toList();
    }

    /** Multiples of 10, 5, 2 and 1 of falling powers of ten. */
    static List<Double> numbers(double limit) {
        var limits = new ArrayList<Double>();
        if (limit != 0) {
            int power = (int) Math.floor(Math.log10(Math.abs(limit)));
            for (int e = power; e > power - MOST_FIGURES; e--) {
                for (int unit : new int[] {10, 5, 2, 1}) {
                    double rounded = multiple(limit, unit, e);
                    if (!limits.contains(rounded)) limits.add(rounded);
                }
            }
        }
        limits.remove(limit);
        limits.add(limit);
        return limits;
    }

    /**
     * A limit without the figures that only say where somebody's value happened to lie; two figures
     * always stay.
     *
     * @param grain power of ten below which nobody cares
     */
    static double shortened(double limit, int grain) {
        if (limit == 0) return limit;
        int power = (int) Math.floor(Math.log10(Math.abs(limit)));
        return multiple(limit, 1, Math.min(grain, power - 1));
    }

    /** Powers of ten below one are no doubles; to divide by their inverse keeps 0.3 as 0.3. */
    private static double multiple(double limit, int unit, int power) {
        double scale = Math.pow(10, Math.abs(power));
        double rounded =
                power >= 0
                        ? Math.rint(limit / (unit * scale)) * unit * scale
                        : Math.rint(limit * scale / unit) * unit / scale;
        return rounded + 0.0; // turns -0.0 into 0.0
    }

    private static List<Double> dates(RuleField field, double limit) {
        LocalDate day = field.day(limit);
        var limits = new ArrayList<Double>();
        for (LocalDate d : List.of(nearestYear(day), nearestMonth(day), day)) {
            double daysBefore = field.asOf().orElseThrow().toEpochDay() - (double) d.toEpochDay();
            if (!limits.contains(daysBefore)) limits.add(daysBefore);
        }
        return limits;
    }

    private static LocalDate nearestYear(LocalDate day) {
        LocalDate first = day.withDayOfYear(1);
        return day.getDayOfYear() > 183 ? first.plusYears(1) : first;
    }

    private static LocalDate nearestMonth(LocalDate day) {
        LocalDate first = day.withDayOfMonth(1);
        return day.getDayOfMonth() > 15 ? first.plusMonths(1) : first;
    }
}
