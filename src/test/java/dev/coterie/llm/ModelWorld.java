package dev.coterie.llm;

import dev.coterie.brief.Brief;
import dev.coterie.brief.BriefRequest;
import dev.coterie.brief.BriefWriter;
import dev.coterie.chat.ChatEncoders;
import dev.coterie.chat.RememberingEncoders;
import dev.coterie.collect.Collected;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SampleCustomers;
import dev.coterie.describe.SegmentDescriber;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.features.FeatureBuilder;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.Prepared;
import dev.coterie.prepare.QualityReport;
import dev.coterie.prepare.Recipe;
import dev.coterie.progress.Progress;
import dev.coterie.proof.Fact;
import dev.coterie.rule.RuleSources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The little world of {@code faults.json}: three segments (lamps that come late, gifts, vouchers),
 * seeded facts f1 to f10 under ids of their own, and the product's three ways to a model.
 */
public final class ModelWorld {
    public static final ChatEncoders ENCODERS = new RememberingEncoders();
    private static final long NOW = 20_000L * 86_400;
    private static final int CUSTOMERS = 132;
    private static final List<List<String>> SAYINGS =
            List.of(
                    List.of(
                            "The parcel came nine days late, but the lamp is lovely.",
                            "My lamp was late again.",
                            "A lamp that came late.",
                            "The lamp is warm."),
                    List.of(
                            "Wrapped beautifully, my sister was delighted.",
                            "A perfect gift, the wrapping made my mother smile.",
                            "The gift card and the ribbon were charming.",
                            "I order every gift here because of the wrapping."),
                    List.of(
                            "I only buy when there is a voucher.",
                            "The voucher made the price fair.",
                            "Without a voucher it is too expensive for me.",
                            "Please send another voucher by mail."));

    private final CustomerTable customers;
    private final Analysis analysis;
    private final Description narrated;
    private final Map<String, String> naming;

    /**
     * @param planted texts of further customers' rows, put first, in the middle and last
     * @param header name of the category column
     * @param value a further value of it
     */
    public ModelWorld(List<Planted> planted, String header, Optional<String> value) {
        this(planted, header, value, List.of(), 0);
    }

    /**
     * @param quoted texts put among the quotes of the first segment, for brief and chat
     * @param place where among them
     */
    public ModelWorld(
            List<Planted> planted,
            String header,
            Optional<String> value,
            List<String> quoted,
            int place) {
        this.customers = customers(planted, header, value);
        this.narrated = describe(Optional.empty(), Language.ENGLISH);
        this.naming = realIds(narrated);
        this.analysis = analysis(seeded(narrated, quoted, place));
    }

    /** A text to be planted for one customer's only row. */
    public record Planted(int customer, String text) {}

    public static ModelWorld plain() {
        return new ModelWorld(List.of(), "channel", Optional.empty());
    }

    /** What the narrator says of these customers, without the seeded facts. */
    public Description narrated() {
        return narrated;
    }

    public CustomerTable customers() {
        return customers;
    }

    public Analysis analysis() {
        return analysis;
    }

    /** Runs the naming of a segmentation, as a run does. */
    public Description describe(Optional<LanguageModel> model, Language language) {
        return new SegmentDescriber(model, language)
                .describe(
                        customers,
                        Optional.empty(),
                        SampleCustomers.planted(customers.customers(), 3),
                        RuleSources.of(
                                new Collected(List.of(), OptionalInt.empty(), List.of(), List.of()),
                                new Recipe(List.of(), List.of(), NOW, List.of())),
                        Progress.NONE);
    }

    public Brief brief(Optional<LanguageModel> model, int segment, Language language) {
        return new BriefWriter(model).write(analysis, segment, BriefRequest.in(language));
    }

    /** A text of {@code faults.json} with the ids that its facts have here. */
    public String localised(String text, boolean namingCall) {
        String out = text;
        for (int i = 10; i >= 1; i--) {
            String id = namingCall ? naming.get("f" + i) : "f90" + (i < 10 ? "0" : "") + i;
            out = out.replace("{{f" + i + "}}", "{{" + id + "}}");
        }
        return out;
    }

    /** For naming the facts are the run's own: sizes stand for sizes, shares for shares. */
    private static Map<String, String> realIds(Description told) {
        Map<String, String> ids = new LinkedHashMap<>();
        int[] segmentOf = {1, 1, 1, 1, 1, 1, 2, 2, 3, 3};
        for (int i = 1; i <= 10; i++) {
            boolean size = i == 1 || i == 7 || i == 9;
            ids.put(
                    "f" + i,
                    size ? size(told, segmentOf[i - 1]) : share(told, segmentOf[i - 1], false));
        }
        ids.put("f3", share(told, 1, true));
        return ids;
    }

    private static String size(Description told, int segment) {
        return own(told, segment)
                .filter(f -> f.label().key().equals("describe.fact.size"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** The share of a level among the segment's customers, or among everyone else. */
    private static String share(Description told, int segment, boolean others) {
        return own(told, segment)
                .filter(f -> f.unit() == Fact.Unit.SHARE)
                .filter(f -> f.filter().key().equals("describe.filter.others") == others)
                .filter(
                        f ->
                                own(told, segment).filter(o -> o.label().equals(f.label())).count()
                                        > 1)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Stream<Fact> own(Description told, int segment) {
        return told.segment(segment).orElseThrow().facts().stream()
                .map(id -> told.facts().get(id))
                .filter(f -> f.segment() == segment);
    }

    private static Fact fact(int i, String what, double value, Fact.Unit unit, int segment) {
        String id = "f90" + (i < 10 ? "0" : "") + i;
        Message label = Message.of("describe.term", "en", what, "zh", what);
        Message all = Message.of("describe.term", "en", "all rows", "zh", "全部行");
        return new Fact(id, label, value, unit, 214, segment, all, all);
    }

    /** The description with f1 to f10 added, each to its segment. */
    private static Description seeded(Description told, List<String> quoted, int place) {
        var facts = new LinkedHashMap<>(told.facts());
        List<Fact> seeds =
                List.of(
                        fact(1, "customers", 214, Fact.Unit.COUNT, 1),
                        fact(2, "late deliveries", 0.38, Fact.Unit.SHARE, 1),
                        fact(3, "late deliveries of all customers", 0.12, Fact.Unit.SHARE, 0),
                        fact(4, "average order value", 42.1, Fact.Unit.MONEY, 1),
                        fact(5, "return rate, last quarter", 0.06, Fact.Unit.SHARE, 1),
                        fact(6, "return rate, the quarter before", 0.09, Fact.Unit.SHARE, 1),
                        fact(7, "customers", 530, Fact.Unit.COUNT, 2),
                        fact(8, "gift orders", 0.61, Fact.Unit.SHARE, 2),
                        fact(9, "customers", 96, Fact.Unit.COUNT, 3),
                        fact(10, "orders with a voucher", 0.83, Fact.Unit.SHARE, 3));
        seeds.forEach(f -> facts.put(f.id(), f));
        var segments = new ArrayList<SegmentProfile>();
        for (SegmentProfile s : told.segments()) {
            var ids = new ArrayList<>(s.facts());
            seeds.stream()
                    .filter(f -> f.segment() == s.number() || f.segment() == 0)
                    .forEach(f -> ids.add(f.id()));
            var quotes = new ArrayList<>(s.quotes());
            String saying = SAYINGS.get(s.number() - 1).get(0);
            if (quotes.stream().noneMatch(q -> q.text().equals(saying))) {
                quotes.add(new Quote(saying, s.number() - 1, s.number() - 1, Quote.Kind.TYPICAL));
            }
            if (s.number() == 1) {
                int at = Math.min(place, quotes.size());
                for (String text : quoted) {
                    quotes.add(at++, new Quote(text, 3 * at, 3 * at, Quote.Kind.TYPICAL));
                }
            }
            segments.add(
                    new SegmentProfile(
                            s.number(),
                            s.size(),
                            s.share(),
                            s.outliers(),
                            s.stability(),
                            s.value(),
                            s.differences(),
                            s.outcomes(),
                            s.words(),
                            quotes,
                            ids,
                            s.wordings(),
                            s.rule(),
                            s.tried(),
                            s.untried()));
        }
        return new Description(segments, facts, told.textLanguage(), told.branches());
    }

    private Analysis analysis(Description description) {
        var recipe = new Recipe(List.of(), List.of(), NOW, List.of());
        int n = customers.customers();
        return new Analysis(
                new Collected(List.of(), OptionalInt.empty(), List.of(), List.of()),
                new Prepared(
                        customers, recipe, new QualityReport(List.of(), List.of()), 1, List.of()),
                Optional.empty(),
                new FeatureBuilder(FeatureBuilder.TEXT_COMPONENTS, Map.of())
                        .fit(customers, Optional.empty(), recipe)
                        .model(),
                new FeatureMatrix(List.of(), n, new double[0]),
                SampleCustomers.planted(n, 3),
                description,
                List.of());
    }

    private static CustomerTable customers(
            List<Planted> planted, String header, Optional<String> value) {
        var random = new Random(5);
        var texts = new ArrayList<CustomerText>();
        double[] age = new double[CUSTOMERS];
        int[] channel = new int[CUSTOMERS];
        var who = new ArrayList<Integer>();
        var when = new ArrayList<Long>();
        var amount = new ArrayList<Double>();
        Map<Integer, String> own = new LinkedHashMap<>();
        planted.forEach(p -> own.put(p.customer(), p.text()));
        for (int i = 0; i < CUSTOMERS; i++) {
            int group = i % 3;
            age[i] = new int[] {36, 52, 24}[group] + random.nextInt(7);
            channel[i] = random.nextDouble() < 0.8 ? group : random.nextInt(3);
            String text =
                    own.getOrDefault(i, SAYINGS.get(group).get(i / 3 % SAYINGS.get(group).size()));
            // A rating on the other side of the group's is quoted.
            double unlike = group == 1 ? 1 : 5;
            double rating = own.containsKey(i) ? unlike : 3 + group % 2;
            texts.add(new CustomerText(i, text, "reviews.csv", "text", i + 2, 19_900, rating));
            for (int e = 0; e < 2 + group; e++) {
                who.add(i);
                when.add(NOW - (1 + random.nextInt(300)) * 86_400L);
                amount.add(20.0 + 30 * group + random.nextInt(10));
            }
        }
        if (value.isPresent()) for (int i = 0; i < CUSTOMERS; i += 3) channel[i] = 3;
        List<String> levels = new ArrayList<>(List.of("email", "store", "app"));
        value.ifPresent(levels::add);
        int[] none = IntStream.range(0, who.size()).map(x -> -1).toArray();
        return new CustomerTable(
                IntStream.range(0, CUSTOMERS).mapToObj("%05d"::formatted).toList(),
                new int[CUSTOMERS],
                List.of(new NumberColumn("age", NumberColumn.Kind.NUMBER, age)),
                List.of(new CategoryColumn(header, levels, channel)),
                texts,
                new Events(
                        who.stream().mapToInt(x -> x).toArray(),
                        when.stream().mapToLong(x -> x).toArray(),
                        amount.stream().mapToDouble(x -> x).toArray(),
                        none,
                        List.of(),
                        none,
                        List.of(),
                        NOW),
                List.of());
    }
}
