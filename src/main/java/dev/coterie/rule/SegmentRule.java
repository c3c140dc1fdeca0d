package dev.coterie.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Wilson;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A short rule that finds a segment's members by what the reader's own tables hold, with how well
 * it does so on customers it was not learned on.
 *
 * @param conditions all must hold; empty if none selects enough customers, and then every customer
 *     is selected
 * @param heldOut the rule's figures on customers that took no part in learning it
 * @param learnedOn customers that the rule was learned on
 * @param method how it was found
 * @param sql the rule as a query on the tables of the run
 */
public record SegmentRule(
        List<Condition> conditions, Measure heldOut, int learnedOn, Method method, String sql) {
    /** Precision over the segment's share of customers below which a rule tells little. */
    public static final double LEAST_LIFT = 1.5;

    /** F1 below which a rule is so far from the segment that its lift means nothing. */
    public static final double LEAST_F1 = 0.2;

    /** Fewer selected customers than this cannot show a rule's precision. */
    public static final int LEAST_MEASURED = RuleSample.LEAST_SELECTED;

    private static final double CLOSE_PRECISION = 0.6;
    private static final double CLOSE_COVERAGE = 0.5;

    public SegmentRule {
        conditions = List.copyOf(conditions);
    }

    /** How a rule was found. */
    public enum Method {
        BEAM,
        TREE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a rule is good for. */
    public enum Verdict {
        /** Most of those it selects are members, and it finds most of them. */
        CLOSE,
        /** Better than chance by half or more, but no substitute for the list of members. */
        ROUGH,
        /** No short rule reproduces the segment. */
        NONE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How a rule does on some customers.
     *
     * @param customers all of them
     * @param members of the segment
     * @param selected by the rule
     * @param right selected members
     */
    public record Measure(int customers, int members, int selected, int right) {
        /** Share of the selected who are members, 0..1. */
        public double precision() {
            return selected == 0 ? 0 : (double) right / selected;
        }

        /** Share of the members who are selected, 0..1. */
        public double coverage() {
            return members == 0 ? 0 : (double) right / members;
        }

        /** Share of all customers who are members, 0..1: the precision of no rule at all. */
        public double base() {
            return customers == 0 ? 0 : (double) members / customers;
        }

        /** Precision divided by {@link #base}. */
        public double lift() {
            return members == 0 ? 0 : precision() / base();
        }

        /** Harmonic mean of precision and coverage. */
        public double f1() {
            return selected + members == 0 ? 0 : 2.0 * right / (selected + members);
        }

        /** Wilson's 95 % interval of the precision: low and high. */
        public List<Double> precisionInterval() {
            return interval(precision(), selected);
        }

        /** Wilson's 95 % interval of the coverage: low and high. */
        public List<Double> coverageInterval() {
            return interval(coverage(), members);
        }

        private static List<Double> interval(double share, int n) {
            double[] wilson = Wilson.interval(share, n);
            return List.of(wilson[0], wilson[1]);
        }
    }

    /**
     * A lift of 1.5 is asked; of a segment so large that it cannot be reached, half of what is
     * missing to certainty. Chance alone must not explain it either, and the rule must not miss
     * nearly everybody.
     */
    public Verdict verdict() {
        double base = heldOut.base();
        double asked = Math.min(LEAST_LIFT * base, (1 + base) / 2);
        boolean useful =
                !conditions.isEmpty()
                        && heldOut.selected() >= LEAST_MEASURED
                        && heldOut.precision() >= asked
                        && heldOut.f1() >= LEAST_F1
                        && heldOut.precisionInterval().get(0) > base;
        if (!useful) return Verdict.NONE;
        boolean close =
                heldOut.precision() >= CLOSE_PRECISION && heldOut.coverage() >= CLOSE_COVERAGE;
        return close ? Verdict.CLOSE : Verdict.ROUGH;
    }

    /** The conditions in words; empty if there is none. */
    public String text(Language language) {
        return conditions.stream()
                .map(c -> c.words(language))
                .reduce((a, b) -> Message.of("describe.rule.and", "a", a, "b", b))
                .map(said -> said.in(language))
                .orElse("");
    }

    /** The conditions as a filter on columns named like the rule's fields. */
    public String filter() {
        return RuleSql.filter(conditions);
    }

    /** What the verdict means, in a sentence. */
    public String judgement(Language language) {
        return Message.of("describe.rule.verdict." + verdict().word()).in(language);
    }

    /** The day from which the rule's days are counted back; empty if it counts none. */
    public Optional<LocalDate> asOf() {
        return conditions.stream().flatMap(c -> c.field().asOf().stream()).findFirst();
    }

    /**
     * The rule for programs: {@code {"all": [{"field": "tenure", "op": "<=", "value": 12}]}}, and
     * {@code "as_of"} with the day from which days are counted back, where some are.
     */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("all", conditions.stream().map(Condition::json).toList());
        asOf().ifPresent(day -> json.put("as_of", day.toString()));
        return json;
    }
}
