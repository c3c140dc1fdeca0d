package dev.coterie.describe;

import dev.coterie.embed.Embeddings;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.LanguageModel;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.progress.Progress;
import dev.coterie.segment.Segmentation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns clusters into segments: profile against everyone else, distinctive words, quotes, facts,
 * and names and descriptions in both languages.
 *
 * <p>The built-in narrator always writes both languages; a configured language model may replace
 * the texts of its language. No fault of the model stops a run. Immutable and thread-safe.
 */
public final class SegmentDescriber {
    private static final Logger log = LoggerFactory.getLogger(SegmentDescriber.class);
    private static final int MOST_DIFFERENCES = 24;
    private static final int MOST_ITEMS = 5;
    private static final double REPEATED = 0.97;

    private final Optional<LanguageModel> model;
    private final Language language;

    /**
     * @param language of the model's texts; the narrator writes every language anyway
     */
    public SegmentDescriber(Optional<LanguageModel> model, Language language) {
        this.model = model;
        this.language = language;
    }

    /** Describes segments that no earlier run has named. */
    public Description describe(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            Segmentation segmentation,
            RuleSources sources,
            Progress progress) {
        return describe(customers, embeddings, segmentation, sources, Map.of(), progress);
    }

    /**
     * @param embeddings one row per text of the customers, or empty
     * @param sources where a rule's fields stand in the reader's tables
     * @param earlier by cluster what the segments that live on from an earlier run were called
     * @throws dev.coterie.error.CancelledException if the listener asked to stop
     */
    public Description describe(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            Segmentation segmentation,
            RuleSources sources,
            Map<Integer, EarlierWording.Kept> earlier,
            Progress progress) {
        return describe(
                customers,
                embeddings,
                segmentation,
                language -> Map.of(),
                RuleLearner.learn(customers, segmentation, sources, c -> true),
                earlier,
                model,
                progress);
    }

    /**
     * Describes the segments whose customers changed and keeps the words of the others. The
     * built-in narrator writes, so that whoever changed them need not wait.
     *
     * @param sources where a rule's fields stand in the reader's tables
     * @param before the description that stands
     * @param was for each segment the number 0..k-1 under which the very same customers stood
     *     before, or -1
     */
    public Description describeAgain(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            Segmentation segmentation,
            RuleSources sources,
            Description before,
            int[] was) {
        var again = new Redescription(before, was.clone());
        return again.with(
                describe(
                        customers,
                        embeddings,
                        segmentation,
                        again::names,
                        RuleLearner.learn(customers, segmentation, sources, c -> was[c] < 0),
                        Map.of(),
                        Optional.empty(),
                        Progress.NONE));
    }

    private Description describe(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            Segmentation segmentation,
            Function<Language, Map<Integer, String>> kept,
            Map<Integer, SegmentRule> rules,
            Map<Integer, EarlierWording.Kept> earlier,
            Optional<LanguageModel> writer,
            Progress progress) {
        long start = System.nanoTime();
        int k = segmentation.k();
        List<CustomerText> texts = customers.texts();
        progress.checkCancelled();
        var likeness = new Likeness();
        List<Attribute> attributes = Attributes.of(customers);
        List<List<Comparison>> compared = compare(attributes, segmentation, likeness);
        List<List<Theme>> themes =
                texts.isEmpty()
                        ? IntStream.range(0, k).mapToObj(c -> List.<Theme>of()).toList()
                        : Themes.of(texts, segmentation.labels(), k);
        progress.checkCancelled();
        List<List<Quote>> quotes =
                new Quotes(texts, embeddings, segmentation.labels(), k).choose(themes);
        progress.checkCancelled();
        var ranking = new Traits(compared, themes, likeness);
        List<List<Trait>> traits = ranking.ranked();
        var profiles = new ArrayList<Draft>();
        var book = new Book(customers, segmentation);
        for (int c = 0; c < k; c++) {
            profiles.add(
                    book.draft(c, compared.get(c), themes.get(c), quotes.get(c), traits.get(c)));
        }
        List<Form.Setting> settings = settings(customers, segmentation, compared);
        List<Map<Language, Wording>> wordings =
                words(
                        customers,
                        segmentation,
                        attributes,
                        themes,
                        profiles,
                        settings,
                        book,
                        kept,
                        new Names.Before(earlier, earlier.isEmpty() ? List.of() : ranking.all()));
        if (writer.isPresent()) {
            new ModelWordings(writer.get(), language, book.facts(), texts)
                    .replace(profiles, wordings, earlier, progress);
        }
        var segments = new ArrayList<SegmentProfile>();
        for (int c = 0; c < k; c++) {
            segments.add(
                    profiles.get(c).profile(wordings.get(c), Optional.ofNullable(rules.get(c))));
            progress.advance(c + 1, k, Progress.Unit.SEGMENTS);
        }
        log.info(
                "describe: {} segments, {} facts in {} ms",
                k,
                book.facts().size(),
                (System.nanoTime() - start) / 1_000_000);
        return new Description(segments, book.facts(), textLanguage(texts));
    }

    private static List<List<Comparison>> compare(
            List<Attribute> attributes, Segmentation segmentation, Likeness likeness) {
        int k = segmentation.k();
        var out = new ArrayList<List<Comparison>>();
        for (int c = 0; c < k; c++) out.add(new ArrayList<>());
        if (k < 2) return out;
        for (Attribute attribute : attributes) {
            double[] clip = Comparison.clip(attribute);
            for (int c = 0; c < k; c++) {
                Comparison comparison = Comparison.of(attribute, segmentation.labels(), c, clip);
                if (comparison.supported(fewest(segmentation.size(c)))) out.get(c).add(comparison);
            }
        }
        for (List<Comparison> list : out) {
            list.sort(
                    Comparator.comparingDouble((Comparison c) -> -c.strength())
                            .thenComparing(c -> c.attribute().level().length())
                            .thenComparing(c -> c.attribute().key()));
            keepFewItems(list);
            tellOnce(list, likeness);
        }
        return out;
    }

    /** Columns that repeat one another, such as the levels of a yes/no pair, are told once. */
    private static void tellOnce(List<Comparison> sorted, Likeness likeness) {
        var kept = new ArrayList<Comparison>();
        for (Comparison c : sorted) {
            boolean told =
                    kept.stream()
                            .anyMatch(k -> likeness.same(k.attribute(), c.attribute(), REPEATED));
            if (!told) kept.add(c);
        }
        sorted.retainAll(kept);
    }

    /** The things bought are many; only those with the highest lift are kept. */
    private static void keepFewItems(List<Comparison> sorted) {
        List<Comparison> items =
                sorted.stream()
                        .filter(c -> c.attribute().sense() == Sense.ITEM)
                        .filter(Comparison::higher)
                        .sorted(Comparator.comparingDouble(c -> -c.effect() * c.strength()))
                        .limit(MOST_ITEMS)
                        .toList();
        sorted.removeIf(c -> c.attribute().sense() == Sense.ITEM && !items.contains(c));
    }

    /** The least customers behind a statement: 11, or fewer where a segment itself is small. */
    static int fewest(int size) {
        return size >= 44 ? 11 : Math.max(2, size / 4);
    }

    private static List<Form.Setting> settings(
            CustomerTable customers, Segmentation segmentation, List<List<Comparison>> compared) {
        boolean buys = customers.events().count() > 0 && customers.events().hasValues();
        boolean reviews =
                customers.events().count() == 0
                        && customers.texts().size() >= 0.8 * customers.customers()
                        && customers.texts().stream().anyMatch(t -> !Double.isNaN(t.rating()));
        var out = new ArrayList<Form.Setting>();
        for (int c = 0; c < segmentation.k(); c++) {
            Form.Tone tone =
                    compared.get(c).stream()
                            .filter(
                                    x ->
                                            x.attribute().sense() == Sense.RATING
                                                    || x.attribute().sense() == Sense.RECOMMEND)
                            .filter(x -> x.strength() >= 0.4)
                            .findFirst()
                            .map(x -> x.higher() ? Form.Tone.PLEASED : Form.Tone.DISPLEASED)
                            .orElse(Form.Tone.NEUTRAL);
            out.add(new Form.Setting(buys, reviews, tone));
        }
        return out;
    }

    private static List<Map<Language, Wording>> words(
            CustomerTable customers,
            Segmentation segmentation,
            List<Attribute> attributes,
            List<List<Theme>> themes,
            List<Draft> drafts,
            List<Form.Setting> settings,
            Book book,
            Function<Language, Map<Integer, String>> kept,
            Names.Before before) {
        int k = segmentation.k();
        boolean textOnly = attributes.stream().allMatch(a -> a.sense() == Sense.RATING);
        List<CustomerText> texts = customers.texts();
        boolean rated = texts.stream().anyMatch(t -> !Double.isNaN(t.rating()));
        var out = new ArrayList<Map<Language, Wording>>();
        for (int c = 0; c < k; c++) out.add(new EnumMap<>(Language.class));
        for (Language each : Language.values()) {
            var topics = new ArrayList<List<String>>();
            for (int c = 0; c < k; c++) {
                topics.add(
                        textOnly
                                ? Topics.names(
                                        themes.get(c),
                                        Topics.kind(
                                                Quotes.textsOf(texts, segmentation.labels(), c),
                                                Quotes.column(texts),
                                                rated),
                                        each)
                                : List.of());
            }
            List<String> names =
                    new Names(each, drafts.stream().map(Draft::traits).toList(), settings, topics)
                            .all(kept.apply(each), before);
            var narrator = new Narrator(each);
            for (int c = 0; c < k; c++) {
                out.get(c)
                        .put(
                                each,
                                narrator.write(
                                        names.get(c), book.notes(drafts.get(c), settings.get(c))));
            }
        }
        return out;
    }

    private static String textLanguage(List<CustomerText> texts) {
        long chinese = texts.stream().filter(t -> Words.chinese(t.text())).count();
        return chinese * 2 > texts.size() ? "zh" : "en";
    }

    /** A segment before it has words. */
    record Draft(
            int number,
            long size,
            double share,
            long outliers,
            double stability,
            Optional<SegmentProfile.Value> value,
            List<Difference> differences,
            List<DistinctiveWord> words,
            List<Quote> quotes,
            List<Trait> traits,
            Map<String, String> named,
            Map<String, String> here,
            Map<String, String> elsewhere,
            List<String> facts) {
        SegmentProfile profile(Map<Language, Wording> wordings, Optional<SegmentRule> rule) {
            return new SegmentProfile(
                    number,
                    size,
                    share,
                    outliers,
                    stability,
                    value,
                    differences,
                    words,
                    quotes,
                    facts,
                    wordings,
                    rule);
        }
    }

    /** Writes the ledger while it drafts the segments. */
    private static final class Book {
        private final Ledger ledger = new Ledger();
        private final CustomerTable customers;
        private final Segmentation segmentation;
        private final double[] spent;
        private final double allSpent;

        Book(CustomerTable customers, Segmentation segmentation) {
            this.customers = customers;
            this.segmentation = segmentation;
            spent = new double[segmentation.k()];
            double all = 0;
            for (int e = 0; e < customers.events().count(); e++) {
                double v = customers.events().value()[e];
                if (Double.isNaN(v)) continue;
                spent[segmentation.labels()[customers.events().customer()[e]]] += v;
                all += v;
            }
            allSpent = all;
            whole("size", customers.customers());
            if (!customers.texts().isEmpty()) whole("texts", customers.texts().size());
            if (customers.events().count() > 0) whole("events", customers.events().count());
            whole("segments", segmentation.k());
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

        Draft draft(
                int c,
                List<Comparison> compared,
                List<Theme> themes,
                List<Quote> quotes,
                List<Trait> traits) {
            int number = c + 1;
            long size = segmentation.size(c);
            double share = customers.customers() == 0 ? 0 : (double) size / customers.customers();
            long outliers = 0;
            for (int i : segmentation.members(c)) if (segmentation.outlier()[i]) outliers++;
            var named = new HashMap<String, String>();
            var facts = new ArrayList<String>();
            add(named, facts, "size", size, Fact.Unit.COUNT, size, number, "count");
            add(
                    named,
                    facts,
                    "share",
                    share,
                    Fact.Unit.SHARE,
                    customers.customers(),
                    number,
                    "of_all");
            add(named, facts, "outliers", outliers, Fact.Unit.COUNT, size, number, "count");
            double stability =
                    c < segmentation.stability().length ? segmentation.stability()[c] : 0;
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
                        if (v.shareOfTotal() > 0) {
                            add(
                                    named,
                                    facts,
                                    "value_share",
                                    v.shareOfTotal(),
                                    Fact.Unit.SHARE,
                                    customers.customers(),
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
                    differences.add(
                            difference(t.comparison().get(), number, here, elsewhere, facts));
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
            return new Draft(
                    number,
                    size,
                    share,
                    outliers,
                    stability,
                    value,
                    differences,
                    words(themes),
                    quotes,
                    traits,
                    named,
                    here,
                    elsewhere,
                    facts);
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
                            Message.of("describe.formula.lift"));
            named.put("lift:" + t.key(), id);
            facts.add(id);
        }

        private Optional<SegmentProfile.Value> value(int c, long size) {
            if (!customers.events().hasValues() || size == 0) return Optional.empty();
            double part = allSpent > 0 ? spent[c] / allSpent : 0;
            return Optional.of(new SegmentProfile.Value(spent[c], spent[c] / size, part));
        }

        private Difference difference(
                Comparison x,
                int number,
                Map<String, String> here,
                Map<String, String> elsewhere,
                List<String> facts) {
            Attribute a = x.attribute();
            Message label = a.label();
            var formula =
                    Message.of(
                            a.kind() == Difference.Kind.MEAN
                                    ? "describe.formula.mean"
                                    : "describe.formula.share");
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
                    other);
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
            double[] p = Comparison.wilson(t.share(), t.writers());
            double[] q = Comparison.wilson(t.elsewhere(), t.otherWriters());
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
                    other);
        }

        private static List<DistinctiveWord> words(List<Theme> themes) {
            return themes.stream()
                    .map(t -> new DistinctiveWord(t.word(), t.score(), t.customers(), t.lift()))
                    .toList();
        }

        Narrator.Notes notes(Draft d, Form.Setting setting) {
            return new Narrator.Notes(
                    d.number(),
                    segmentation.k() - 1,
                    d.traits(),
                    setting,
                    d.stability(),
                    d.named(),
                    d.here(),
                    d.elsewhere(),
                    d.quotes());
        }
    }
}
