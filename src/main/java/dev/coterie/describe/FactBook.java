package dev.coterie.describe;

import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.Ledger;
import dev.coterie.proof.Wilson;
import dev.coterie.segment.Segmentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes the ledger of a run: every figure that a segment's words may use, with its origin. No word
 * is chosen here. Not thread-safe.
 */
final class FactBook {
    private static final int MOST_DIFFERENCES = 24;

    /** Classes of one outcome that are told. */
    private static final int MOST_CLASSES = 5;

    private final Ledger ledger = new Ledger();
    private final CustomerTable customers;
    private final Segmentation segmentation;
    private final double[] spent;
    private final double[] spentEach;
    private final double allSpent;
    private final List<Attribute> targets;

    FactBook(CustomerTable customers, Segmentation segmentation) {
        this.customers = customers;
        this.segmentation = segmentation;
        spent = new double[segmentation.k()];
        spentEach = new double[customers.customers()];
        double all = 0;
        for (int e = 0; e < customers.events().count(); e++) {
            double v = customers.events().value()[e];
            if (Double.isNaN(v)) continue;
            int customer = customers.events().customer()[e];
            spent[segmentation.labels()[customer]] += v;
            spentEach[customer] += v;
            all += v;
        }
        allSpent = all;
        targets = Attributes.targets(customers);
        whole("size", customers.customers());
        if (!customers.texts().isEmpty()) whole("texts", customers.texts().size());
        if (customers.events().count() > 0) whole("events", customers.events().count());
        // A figure about nobody: no number of segments is too small to be told.
        ledger.add(
                Message.of("describe.fact.segments"),
                segmentation.k(),
                Fact.Unit.NUMBER,
                segmentation.k(),
                0,
                Ledger.everyone(),
                Message.of("describe.formula.count"));
    }

    private void whole(String what, long count) {
        ledger.add(
                Message.of("describe.fact." + what),
                count,
                Fact.Unit.COUNT,
                count,
                0,
                Ledger.everyone(),
                Message.of("describe.formula.count"));
    }

    Map<String, Fact> facts() {
        return ledger.facts();
    }

    SegmentDescriber.Draft draft(
            int c,
            List<Comparison> compared,
            List<Theme> themes,
            List<Quote> quotes,
            List<Trait> traits,
            List<Trait> lacking) {
        int number = c + 1;
        long size = segmentation.size(c);
        double share = customers.customers() == 0 ? 0 : (double) size / customers.customers();
        long outliers = 0;
        for (int i : segmentation.members(c)) if (segmentation.outlier()[i]) outliers++;
        var named = new HashMap<String, String>();
        var facts = new ArrayList<String>();
        add(named, facts, "size", size, Fact.Unit.COUNT, size, number, "count");
        add(named, facts, "share", share, Fact.Unit.SHARE, customers.customers(), number, "of_all");
        String far =
                ledger.add(
                        Message.of("describe.fact.outliers"),
                        outliers,
                        Fact.Unit.COUNT,
                        outliers,
                        number,
                        Message.of("describe.filter.outliers", "segment", number),
                        Message.of("describe.formula.count"));
        named.put("outliers", far);
        facts.add(far);
        double stability = c < segmentation.stability().length ? segmentation.stability()[c] : 0;
        add(named, facts, "stability", stability, Fact.Unit.NUMBER, size, number, "jaccard");
        Optional<SegmentProfile.Value> value = value(c, size);
        value.ifPresent(
                v -> {
                    add(named, facts, "value", v.total(), Fact.Unit.MONEY, size, number, "sum");
                    add(
                            named,
                            facts,
                            "value_each",
                            v.perCustomer(),
                            Fact.Unit.MONEY,
                            size,
                            number,
                            "sum_each");
                    named.put("each", named.get("value_each"));
                    v.typical()
                            .ifPresent(
                                    m ->
                                            add(
                                                    named,
                                                    facts,
                                                    "value_median",
                                                    m,
                                                    Fact.Unit.MONEY,
                                                    size,
                                                    number,
                                                    "sum_median"));
                    if (v.shareOfTotal() > 0) {
                        add(
                                named,
                                facts,
                                "value_share",
                                v.shareOfTotal(),
                                Fact.Unit.SHARE,
                                size,
                                number,
                                "sum_share");
                        named.put("total_share", named.get("value_share"));
                    } else {
                        named.remove("each");
                    }
                });
        var here = new HashMap<String, String>();
        var elsewhere = new HashMap<String, String>();
        var differences = new ArrayList<Difference>();
        for (Comparison x : compared.subList(0, Math.min(MOST_DIFFERENCES, compared.size()))) {
            differences.add(difference(x, number, here, elsewhere, facts));
        }
        // A trait that the narrator may tell needs its figures, however long the list is.
        for (Trait t : traits.subList(0, Math.min(10, traits.size()))) {
            if (t.comparison().isPresent() && !here.containsKey(t.key()))
                differences.add(difference(t.comparison().get(), number, here, elsewhere, facts));
        }
        // With a single segment there is nobody to compare with.
        int told = segmentation.k() == 1 ? 0 : Math.min(8, themes.size());
        for (Theme t : themes.subList(0, told)) {
            differences.add(difference(t, number, here, elsewhere, facts));
        }
        traits.stream()
                .filter(t -> t.theme().isPresent() && here.containsKey(t.key()))
                .filter(t -> t.theme().get().elsewhere() > 0 && t.theme().get().lift() >= 1.5)
                .findFirst()
                .ifPresent(t -> lift(t, number, named, facts));
        return new SegmentDescriber.Draft(
                number,
                size,
                share,
                outliers,
                stability,
                value,
                differences,
                outcomes(c, facts),
                words(themes),
                quotes,
                traits,
                lacking,
                named,
                here,
                elsewhere,
                facts);
    }

    /** What became of the segment's customers; nothing if there is nobody to compare with. */
    private List<Difference> outcomes(int c, List<String> facts) {
        if (segmentation.k() == 1) return List.of();
        boolean[] inside = new boolean[customers.customers()];
        for (int i : segmentation.members(c)) inside[i] = true;
        var perColumn = new HashMap<String, Integer>();
        var outcomes = new ArrayList<Difference>();
        for (Attribute target : targets) {
            if (perColumn.merge(target.column(), 1, Integer::sum) > MOST_CLASSES) continue;
            Comparison x = Comparison.of(target, inside, Comparison.Scale.of(target));
            if (x.n() == 0 || x.others() == 0) continue;
            outcomes.add(difference(x, c + 1, new HashMap<>(), new HashMap<>(), facts));
        }
        return outcomes;
    }

    private void add(
            Map<String, String> named,
            List<String> facts,
            String what,
            double value,
            Fact.Unit unit,
            long n,
            int segment,
            String formula) {
        String id =
                ledger.add(
                        Message.of("describe.fact." + what),
                        value,
                        unit,
                        n,
                        segment,
                        Ledger.ofSegment(segment),
                        Message.of("describe.formula." + formula));
        named.put(what, id);
        facts.add(id);
    }

    private void lift(Trait t, int number, Map<String, String> named, List<String> facts) {
        Theme theme = t.theme().orElseThrow();
        var word = Message.of("describe.label.word", "word", theme.word());
        String id =
                ledger.add(
                        Message.of("describe.fact.lift", "label", word),
                        theme.lift(),
                        Fact.Unit.LIFT,
                        theme.writers(),
                        number,
                        Ledger.ofSegment(number),
                        Message.of("describe.formula.lift", Figures.FEWEST, theme.fewest()));
        // A description is told everywhere, so it has no figure that may be withheld somewhere.
        if (theme.fewest() >= Disclosure.FEWEST) named.put("lift:" + t.key(), id);
        facts.add(id);
    }

    private Optional<SegmentProfile.Value> value(int c, long size) {
        if (!customers.events().hasValues() || size == 0) return Optional.empty();
        double part = allSpent > 0 ? spent[c] / allSpent : 0;
        double[] sorted =
                IntStream.of(segmentation.members(c))
                        .mapToDouble(i -> spentEach[i])
                        .sorted()
                        .toArray();
        double median = Asymmetry.quantile(sorted, 0.5);
        return Optional.of(
                new SegmentProfile.Value(spent[c], spent[c] / size, part, Optional.of(median)));
    }

    private Difference difference(
            Comparison x,
            int number,
            Map<String, String> here,
            Map<String, String> elsewhere,
            List<String> facts) {
        Attribute a = x.attribute();
        Message label = a.figure();
        Message formula = a.formula();
        String own =
                ledger.add(
                        label,
                        x.here(),
                        a.unit(),
                        x.n(),
                        number,
                        Ledger.ofSegment(number),
                        formula);
        String other =
                ledger.add(
                        label,
                        x.elsewhere(),
                        a.unit(),
                        x.others(),
                        number,
                        Ledger.notOfSegment(number),
                        formula);
        here.put(a.key(), own);
        elsewhere.put(a.key(), other);
        facts.add(own);
        facts.add(other);
        return new Difference(
                a.key(),
                label,
                a.kind(),
                x.here(),
                x.elsewhere(),
                x.effect(),
                x.low(),
                x.high(),
                x.n(),
                x.missing(),
                own,
                other,
                x.spread());
    }

    private Difference difference(
            Theme t,
            int number,
            Map<String, String> here,
            Map<String, String> elsewhere,
            List<String> facts) {
        var label = Message.of("describe.label.word", "word", t.word());
        var formula = Message.of("describe.formula.word");
        String key = "word:" + t.word();
        String own =
                ledger.add(
                        label,
                        t.share(),
                        Fact.Unit.SHARE,
                        t.writers(),
                        number,
                        Ledger.ofSegment(number),
                        formula);
        String other =
                ledger.add(
                        label,
                        t.elsewhere(),
                        Fact.Unit.SHARE,
                        t.otherWriters(),
                        number,
                        Ledger.notOfSegment(number),
                        formula);
        here.put(key, own);
        elsewhere.put(key, other);
        facts.add(own);
        facts.add(other);
        double[] p = Wilson.interval(t.share(), t.writers());
        double[] q = Wilson.interval(t.elsewhere(), t.otherWriters());
        double gap = t.share() - t.elsewhere();
        return new Difference(
                key,
                label,
                Difference.Kind.SHARE,
                t.share(),
                t.elsewhere(),
                Math.log(t.lift()),
                gap - Math.hypot(t.share() - p[0], q[1] - t.elsewhere()),
                gap + Math.hypot(p[1] - t.share(), t.elsewhere() - q[0]),
                t.writers(),
                0,
                own,
                other,
                Optional.empty());
    }

    private static List<DistinctiveWord> words(List<Theme> themes) {
        return themes.stream()
                .map(
                        t ->
                                new DistinctiveWord(
                                        t.word(),
                                        t.score(),
                                        t.customers(),
                                        t.lift(),
                                        t.usersElsewhere()))
                .toList();
    }

    Narrator.Notes notes(SegmentDescriber.Draft d, Form.Setting setting) {
        return new Narrator.Notes(
                d.number(),
                segmentation.k() - 1,
                d.traits(),
                d.lacking(),
                setting,
                d.stability(),
                d.named(),
                d.here(),
                d.elsewhere(),
                d.quotes());
    }
}
