package dev.coterie.rule;

import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.rule.RuleSample.Split;
import dev.coterie.segment.Segmentation;
import dev.coterie.words.WrittenWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Learns one short rule a segment: by beam search and by a tree of bounded depth, of which the
 * better is kept, as is the shorter of two alike. The figures of a rule come from customers that
 * took part in nothing but measuring it.
 *
 * <p>Deterministic: the same customers in the same order and the same clusters give the same rules,
 * whatever the number of threads. Learning looks at no more than 20,000 customers.
 */
public final class RuleLearner {
    /** What a further condition must add to F1. */
    private static final double WORTH_A_CONDITION = 0.01;

    private static final Map<SegmentRule.Method, RuleSearch> SEARCHES =
            new EnumMap<>(
                    Map.of(
                            SegmentRule.Method.BEAM, new BeamSearch(BeamSearch.WIDTH),
                            SegmentRule.Method.TREE, new RuleTree(RuleTree.DEPTH)));

    private final Segmentation segmentation;
    private final RuleSources sources;
    private final RuleSplit split;
    private final List<RuleColumn> columns;
    private final Writings writings;
    private final List<List<String>> words;

    /** A sample's questions that are the same for each segment. */
    private record Ground(int[] customers, List<Split> splits) {}

    private RuleLearner(
            CustomerTable customers,
            WrittenWords words,
            Segmentation segmentation,
            RuleSources sources,
            SegmentWords distinctive) {
        this.segmentation = segmentation;
        this.sources = sources;
        this.split = RuleSplit.of(segmentation);
        this.columns = RuleColumns.of(customers, sources);
        int[] learn = split.learn();
        boolean texts = sources.texts() && !customers.texts().isEmpty();
        List<CustomerText> written = texts ? customers.texts() : List.of();
        this.writings = new Writings(written, customers.customers(), learn);
        this.words =
                distinctive.of(texts ? words : WrittenWords.of(List.of()), segmentation, growing());
    }

    /** Words are found among the growing customers alone, or held-out ones would help choose. */
    private IntPredicate growing() {
        var in = new BitSet();
        for (int c : split.grow()) in.set(c);
        return in::get;
    }

    /**
     * The rules of segments, by their number 0..k-1; none if there is a single one.
     *
     * @param words of the customers' texts
     * @param distinctive finds those that a rule may ask for
     * @param wanted the segments to learn a rule for
     */
    public static Map<Integer, SegmentRule> learn(
            CustomerTable customers,
            WrittenWords words,
            Segmentation segmentation,
            RuleSources sources,
            SegmentWords distinctive,
            IntPredicate wanted) {
        int[] clusters = IntStream.range(0, segmentation.k()).filter(wanted).toArray();
        if (segmentation.k() < 2 || clusters.length == 0) return Map.of();
        return new RuleLearner(customers, words, segmentation, sources, distinctive).of(clusters);
    }

    private Map<Integer, SegmentRule> of(int[] clusters) {
        Ground grow = ground(split.grow());
        Ground learn = ground(split.learn());
        List<SegmentRule> rules =
                Arrays.stream(clusters).parallel().mapToObj(c -> rule(c, grow, learn)).toList();
        var found = new TreeMap<Integer, SegmentRule>();
        for (int i = 0; i < clusters.length; i++) found.put(clusters[i], rules.get(i));
        return found;
    }

    private Ground ground(int[] rows) {
        var splits = new ArrayList<Split>();
        for (RuleColumn column : columns) splits.addAll(column.splits(rows));
        return new Ground(rows, splits);
    }

    private SegmentRule rule(int cluster, Ground grow, Ground learn) {
        var asking = writings.asking(Writings.searchable(words.get(cluster)));
        Choice choice = choose(sample(grow, cluster, asking), cluster, asking);
        RuleSample sample = sample(learn, cluster, asking);
        List<Condition> found =
                SEARCHES.get(choice.method).best(sample).stream()
                        .filter(r -> r.length() <= choice.length)
                        .reduce((shorter, longer) -> longer)
                        .map(Conjunction::conditions)
                        .orElse(List.of());
        List<Condition> conditions =
                new RulePolish(sample.members(), c -> fulfil(c, learn, asking)).polished(found);
        return new SegmentRule(
                conditions,
                measure(conditions, split.heldOut(), cluster, asking),
                learn.customers.length,
                choice.method,
                RuleSql.of(sources, conditions));
    }

    private RuleSample sample(Ground ground, int cluster, Writings.Asked asking) {
        int[] rows = ground.customers;
        int[] labels = segmentation.labels();
        Rows members = Rows.where(rows.length, i -> labels[rows[i]] == cluster);
        var splits = new ArrayList<>(ground.splits);
        for (RuleColumn column : columns) splits.addAll(column.splits(rows, members));
        splits.addAll(asking.splits(rows, members));
        return new RuleSample(rows.length, members, splits);
    }

    /** A way of learning and how many conditions it may use; 0 if there is none to make. */
    private record Choice(SegmentRule.Method method, int length, double f1) {}

    /** At equal length the better one on customers that neither was grown on. */
    private Choice choose(RuleSample sample, int cluster, Writings.Asked asking) {
        var found = new EnumMap<SegmentRule.Method, List<Conjunction>>(SegmentRule.Method.class);
        SEARCHES.forEach((method, search) -> found.put(method, search.best(sample)));
        Choice best = new Choice(SegmentRule.Method.BEAM, 0, 0);
        for (int length = 1; length <= RuleSearch.MOST_CONDITIONS; length++) {
            for (SegmentRule.Method method : SegmentRule.Method.values()) {
                for (Conjunction rule : found.get(method)) {
                    if (rule.length() != length) continue;
                    double f1 = measure(rule.conditions(), split.choose(), cluster, asking).f1();
                    double asked = best.f1 + (best.length < length ? WORTH_A_CONDITION : 0);
                    if (best.length == 0 || f1 > asked) best = new Choice(method, length, f1);
                }
            }
        }
        return best;
    }

    private Rows fulfil(Condition condition, Ground ground, Writings.Asked asking) {
        return RuleColumn.test(column(condition.field(), asking), condition, ground.customers)
                .rows();
    }

    private SegmentRule.Measure measure(
            List<Condition> rule, int[] rows, int cluster, Writings.Asked asking) {
        List<RuleColumn> asked = rule.stream().map(c -> column(c.field(), asking)).toList();
        int members = 0;
        int selected = 0;
        int right = 0;
        for (int row : rows) {
            boolean member = segmentation.labels()[row] == cluster;
            if (member) members++;
            boolean all = true;
            for (int i = 0; i < asked.size() && all; i++) {
                all = asked.get(i).holds(rule.get(i), row);
            }
            if (!all) continue;
            selected++;
            if (member) right++;
        }
        return new SegmentRule.Measure(rows.length, members, selected, right);
    }

    private RuleColumn column(RuleField field, Writings.Asked asking) {
        if (field.kind() == RuleField.Kind.TEXT) return asking;
        return columns.stream().filter(c -> c.field().equals(field)).findFirst().orElseThrow();
    }
}
