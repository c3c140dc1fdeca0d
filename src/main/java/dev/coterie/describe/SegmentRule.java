package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A short rule that finds a segment's members by what a customer system knows: one to three
 * conditions, chosen greedily by F1 on the run's own customers.
 *
 * @param conditions all must hold
 * @param precision share of the selected customers who are members
 * @param coverage share of the members who are selected
 * @param selected customers that the rule selects
 * @param members customers of the segment
 */
public record SegmentRule(
        List<Condition> conditions, double precision, double coverage, int selected, int members) {
    private static final int MOST_CONDITIONS = 3;
    private static final int CUTS = 12;

    public SegmentRule {
        conditions = List.copyOf(conditions);
    }

    /**
     * @param attribute stable name as in a difference
     * @param label in words
     * @param test {@code >=}, {@code <=} or {@code =}
     * @param value the threshold; 1 or 0 for a yes/no or a category level
     * @param level the category's value as in the file, or empty
     */
    public record Condition(
            String attribute,
            String column,
            Message label,
            String test,
            double value,
            String level,
            Fact.Unit unit) {
        /** As a filter for a customer system: {@code recency_days >= 120}. */
        public String filter() {
            if (!level.isEmpty()) {
                String quoted = "'" + level.replace("'", "''") + "'";
                return column + (value == 1 ? " = " : " <> ") + quoted;
            }
            return column + " " + test + " " + plain(value);
        }

        /** In words; thresholds keep their digits, for this is a rule and no finding. */
        public String words(Language language) {
            String key =
                    level.isEmpty() && !test.equals("=")
                            ? (test.equals(">=") ? "atleast" : "atmost")
                            : (value == 1 ? "is" : "isnot");
            return Message.of(
                            "describe.rule." + key,
                            "label",
                            label,
                            "value",
                            Figures.show(value, unit, language))
                    .in(language);
        }

        private static String plain(double value) {
            return value == Math.rint(value)
                    ? String.valueOf((long) value)
                    : String.valueOf(Math.round(value * 1000) / 1000.0);
        }
    }

    public String filter() {
        return String.join(" AND ", conditions.stream().map(Condition::filter).toList());
    }

    /** The best rule, if any attribute tells the members apart at all. */
    public static Optional<SegmentRule> find(CustomerTable customers, int[] labels, int cluster) {
        List<Attribute> attributes =
                Attributes.of(customers).stream().filter(a -> a.sense() != Sense.ITEM).toList();
        var chosen = new boolean[labels.length];
        Arrays.fill(chosen, true);
        var conditions = new ArrayList<Condition>();
        Set<String> used = new LinkedHashSet<>();
        int members = (int) Arrays.stream(labels).filter(l -> l == cluster).count();
        double best = (double) members / Math.max(1, labels.length);
        best = 2 * best / (1 + best);
        while (conditions.size() < MOST_CONDITIONS) {
            Option next = null;
            for (Attribute a : attributes) {
                if (used.contains(a.column())) continue;
                for (Option o : options(a, labels, cluster, chosen, members)) {
                    if (next == null || o.f1 > next.f1) next = o;
                }
            }
            // Each further condition must earn its place, or the rule is no longer short.
            if (next == null || next.f1 < best + 0.02) break;
            best = next.f1;
            conditions.add(next.condition());
            used.add(next.attribute.column());
            for (int i = 0; i < chosen.length; i++) chosen[i] &= next.holds(i);
        }
        if (conditions.isEmpty()) return Optional.empty();
        int selected = 0;
        int right = 0;
        for (int i = 0; i < chosen.length; i++) {
            if (!chosen[i]) continue;
            selected++;
            if (labels[i] == cluster) right++;
        }
        return Optional.of(
                new SegmentRule(
                        conditions,
                        selected == 0 ? 0 : (double) right / selected,
                        (double) right / members,
                        selected,
                        members));
    }

    private record Option(Attribute attribute, String test, double value, double f1) {
        boolean holds(int customer) {
            double v = attribute.values()[customer];
            if (Double.isNaN(v)) return false;
            return switch (test) {
                case ">=" -> v >= value;
                case "<=" -> v <= value;
                default -> v == value;
            };
        }

        Condition condition() {
            return new Condition(
                    attribute.key(),
                    attribute.column(),
                    attribute.label(),
                    test,
                    value,
                    attribute.level(),
                    attribute.unit());
        }
    }

    private static List<Option> options(
            Attribute a, int[] labels, int cluster, boolean[] chosen, int members) {
        var out = new ArrayList<Option>();
        if (a.kind() == Difference.Kind.SHARE) {
            out.add(score(new Option(a, "=", 1, 0), labels, cluster, chosen, members));
            out.add(score(new Option(a, "=", 0, 0), labels, cluster, chosen, members));
            return out;
        }
        double[] known = Arrays.stream(a.values()).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (known.length == 0) return out;
        double before = Double.NaN;
        for (int c = 1; c < CUTS; c++) {
            double cut = round(known[(int) ((long) known.length * c / CUTS)]);
            if (cut == before) continue;
            before = cut;
            out.add(score(new Option(a, ">=", cut, 0), labels, cluster, chosen, members));
            out.add(score(new Option(a, "<=", cut, 0), labels, cluster, chosen, members));
        }
        return out;
    }

    /** Two figures that count: a rule is for people to read. */
    private static double round(double value) {
        if (value == 0) return 0;
        double scale = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 1);
        double rounded = Math.round(value / scale) * scale;
        return Math.round(rounded * 1e6) / 1e6;
    }

    private static Option score(
            Option o, int[] labels, int cluster, boolean[] chosen, int members) {
        int selected = 0;
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            if (!chosen[i] || !o.holds(i)) continue;
            selected++;
            if (labels[i] == cluster) right++;
        }
        double f1 = selected + members == 0 ? 0 : 2.0 * right / (selected + members);
        return new Option(o.attribute, o.test, o.value, f1);
    }
}
