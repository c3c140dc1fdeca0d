package dev.coterie.chat;

import dev.coterie.collect.Collected;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.SegmentDescriber;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.Embeddings;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.SentenceEncoder;
import dev.coterie.embed.VectorCache;
import dev.coterie.features.FeatureBuilder;
import dev.coterie.language.Language;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.Prepared;
import dev.coterie.prepare.QualityReport;
import dev.coterie.prepare.Recipe;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.progress.Progress;
import dev.coterie.rule.RuleSources;
import dev.coterie.run.RunWorkbench;
import dev.coterie.run.Scoring;
import dev.coterie.segment.Segmenter;
import dev.coterie.tools.Workbench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A small seeded shop with four planted groups, once in English and once in Chinese: D late
 * deliveries, G gifts, V vouchers, R returns for size. Real encoders, features, clusters and words.
 */
public final class ChatFixture {
    static final EncoderCatalog CATALOG = new EncoderCatalog(Optional.empty());
    public static final ChatEncoders ENCODERS = new RememberingEncoders();
    static final String GROUPS = "DGVR";
    public static final int[] SIZES = {60, 50, 40, 30};
    private static final long DAY = 86_400;
    private static final long LATEST = 20_000 * DAY;

    private static final String[][] ENGLISH = {
        {
            "The parcel arrived late again, I waited nine days for the delivery.",
            "Delivery took far too long, the courier lost my package.",
            "Late delivery once more, nobody could tell me where the parcel was.",
            "Good product but the shipping was slow and the delivery late."
        },
        {
            "Beautiful gift wrapping, my sister was delighted with the present.",
            "Perfect as a birthday gift, the card and the wrapping looked lovely.",
            "I bought it as a present for my mother and she loved the gift box.",
            "A charming gift, wrapped with care and a handwritten note."
        },
        {
            "I only buy when there is a voucher, otherwise it is too expensive.",
            "The discount code worked, a good bargain at that price.",
            "Cheap with the coupon, without the voucher the price is too high.",
            "Waited for the sale, the discount made the price fair."
        },
        {
            "The dress runs small, I had to send it back for a larger size.",
            "Wrong size again, the trousers do not fit, returned them.",
            "The fit is tight at the shoulders, I returned the jacket.",
            "Size chart is wrong, the skirt was too large so I sent it back."
        }
    };
    private static final String[][] CHINESE = {
        {"快递又晚到了，等了好多天才收到包裹。", "物流太慢，快递员把我的包裹弄丢了。", "配送又延误了，没人知道包裹在哪里。", "东西不错，就是物流太慢，送货总是迟到。"},
        {"礼盒包装很漂亮，姐姐收到礼物特别开心。", "当生日礼物很合适，贺卡和包装都很精致。", "买来送给妈妈，她很喜欢这个礼盒。", "很贴心的礼物，包装用心，还有手写卡片。"},
        {"只有用优惠券才会买，不然价格太贵了。", "折扣码可以用，这个价格很划算。", "用券以后便宜，没有优惠券价格就太高。", "等到促销才下单，打折以后价格才合理。"},
        {"裙子尺码偏小，只好退货换大一号。", "尺码又不对，裤子不合身，已经退货。", "外套肩膀太紧，不合身就退了。", "尺码表不准，裙子太大，退回去了。"}
    };

    private static final Map<Analysis, Workbench> BENCHES = new IdentityHashMap<>();
    private static Analysis english;
    private static Analysis chinese;

    private ChatFixture() {}

    public static synchronized Analysis of(Language language) {
        if (language == Language.CHINESE) {
            if (chinese == null) chinese = build(CHINESE, language);
            return chinese;
        }
        if (english == null) english = build(ENGLISH, language);
        return english;
    }

    /** The English shop with every other text in a second column, and the first called "text". */
    static Analysis withHeadlines() {
        Analysis analysis = of(Language.ENGLISH);
        CustomerTable all = analysis.customers();
        var texts = new ArrayList<CustomerText>();
        for (CustomerText t : all.texts()) {
            String column = texts.size() % 2 == 0 ? "text" : "headline";
            texts.add(
                    new CustomerText(
                            t.customer(),
                            t.text(),
                            t.table(),
                            column,
                            t.line(),
                            t.epochDay(),
                            t.rating()));
        }
        var customers =
                new CustomerTable(
                        all.ids(),
                        all.lines(),
                        all.numbers(),
                        all.categories(),
                        texts,
                        all.events(),
                        all.targets());
        Prepared prepared = analysis.prepared();
        return new Analysis(
                analysis.collected(),
                new Prepared(
                        customers,
                        prepared.recipe(),
                        prepared.quality(),
                        prepared.rowOrder(),
                        prepared.rejects()),
                analysis.embeddings(),
                analysis.featureModel(),
                analysis.features(),
                analysis.segmentation(),
                analysis.description(),
                analysis.notices());
    }

    /** The number of the segment that holds most of a planted group. */
    static int number(Analysis analysis, char group) {
        int g = GROUPS.indexOf(group);
        int from = IntStream.range(0, g).map(i -> SIZES[i]).sum();
        int[] votes = new int[analysis.segmentation().k() + 1];
        for (int i = from; i < from + SIZES[g]; i++) {
            votes[analysis.segmentation().labels()[i] + 1]++;
        }
        return IntStream.range(0, votes.length)
                .reduce((a, b) -> votes[b] > votes[a] ? b : a)
                .orElse(0);
    }

    static String name(Analysis analysis, char group, Language language) {
        return analysis.description()
                .segment(number(analysis, group))
                .orElseThrow()
                .wording(language)
                .name();
    }

    private static Analysis build(String[][] texts, Language language) {
        boolean zh = language == Language.CHINESE;
        SentenceEncoder encoder = ENCODERS.forQuestions(language).orElseThrow();
        CustomerTable customers = customers(texts, zh);
        Embeddings embeddings = embed(encoder, customers);
        var recipe =
                new Recipe(
                        List.of(step(customers.numbers().get(0)), step(customers.numbers().get(1))),
                        customers.categories().stream()
                                .map(
                                        c ->
                                                new Recipe.CategoryStep(
                                                        c.name(), c.levels(), false, false))
                                .toList(),
                        LATEST,
                        List.of());
        var model =
                new FeatureBuilder(FeatureBuilder.TEXT_COMPONENTS, Map.of())
                        .fit(customers, Optional.of(embeddings), recipe)
                        .model();
        var features = model.transform(customers, Optional.of(embeddings));
        var segmentation = new Segmenter(OptionalInt.of(4), 7).fit(features, Progress.NONE);
        var collected = new Collected(List.of(), OptionalInt.empty(), List.of(), List.of());
        var description =
                new SegmentDescriber(Optional.empty(), language)
                        .describe(
                                customers,
                                Optional.of(embeddings),
                                segmentation,
                                RuleSources.of(collected, recipe),
                                Progress.NONE);
        return new Analysis(
                collected,
                new Prepared(
                        customers, recipe, new QualityReport(List.of(), List.of()), 1, List.of()),
                Optional.of(embeddings),
                model,
                features,
                segmentation,
                description,
                List.of());
    }

    private static Recipe.NumberStep step(NumberColumn c) {
        double[] sorted = java.util.Arrays.stream(c.values()).sorted().toArray();
        return new Recipe.NumberStep(
                c.name(),
                c.kind(),
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1],
                sorted[0],
                Math.max(1e-9, sorted[sorted.length - 1] - sorted[0]));
    }

    private static Embeddings embed(SentenceEncoder encoder, CustomerTable customers) {
        Map<String, float[]> known = new HashMap<>();
        int d = encoder.card().dimensions();
        float[] values = new float[customers.texts().size() * d];
        for (int i = 0; i < customers.texts().size(); i++) {
            float[] v =
                    known.computeIfAbsent(
                            customers.texts().get(i).text(), t -> encoder.encode(t).vector());
            System.arraycopy(v, 0, values, i * d, d);
        }
        return new Embeddings(encoder.card(), customers.texts().size(), values);
    }

    private static CustomerTable customers(String[][] words, boolean zh) {
        var random = new Random(11);
        int n = IntStream.of(SIZES).sum();
        double[] age = new double[n];
        double[] newsletter = new double[n];
        int[] country = new int[n];
        int[] payment = new int[n];
        var texts = new ArrayList<CustomerText>();
        var who = new ArrayList<Integer>();
        var when = new ArrayList<Long>();
        var amount = new ArrayList<Double>();
        int i = 0;
        for (int g = 0; g < 4; g++) {
            for (int c = 0; c < SIZES[g]; c++, i++) {
                age[i] = new int[] {36, 52, 24, 41}[g] + random.nextInt(9) - 4;
                newsletter[i] = random.nextDouble() < (g == 2 ? 0.9 : 0.3) ? 1 : 0;
                country[i] = random.nextDouble() < 0.7 ? g % 3 : random.nextInt(3);
                payment[i] = random.nextInt(3);
                for (int t = 0; t < 2; t++) {
                    String text = words[g][(c + t * 3) % 4];
                    double rating = new double[] {2, 5, 3, 2}[g] + (t == 0 ? 0 : random.nextInt(2));
                    long day = 20_000 - random.nextInt(330);
                    texts.add(
                            new CustomerText(
                                    i,
                                    text,
                                    "reviews",
                                    "review",
                                    2 + texts.size(),
                                    day,
                                    Math.min(5, rating)));
                }
                int orders = new int[] {8, 3, 2, 4}[g] + random.nextInt(3);
                long[] days = random.longs(orders, 20_000 - 330, 20_000).sorted().toArray();
                for (int o = 0; o < orders; o++) {
                    who.add(i);
                    when.add(days[o] * DAY);
                    double value = new double[] {45, 120, 18, 60}[g] * (0.7 + random.nextDouble());
                    amount.add(g == 3 && o % 3 == 0 ? -value : value);
                }
            }
        }
        int[] none = new int[who.size()];
        java.util.Arrays.fill(none, -1);
        return new CustomerTable(
                IntStream.range(0, n).mapToObj(x -> "C%04d".formatted(x + 1)).toList(),
                IntStream.range(2, n + 2).toArray(),
                List.of(
                        new NumberColumn(zh ? "年龄" : "age", NumberColumn.Kind.NUMBER, age),
                        new NumberColumn(
                                zh ? "订阅邮件" : "newsletter", NumberColumn.Kind.YESNO, newsletter)),
                List.of(
                        new CategoryColumn(
                                zh ? "城市" : "country",
                                zh
                                        ? List.of("上海", "北京", "广州")
                                        : List.of("Germany", "France", "Italy"),
                                country),
                        new CategoryColumn(
                                zh ? "付款方式" : "payment",
                                zh
                                        ? List.of("信用卡", "支付宝", "货到付款")
                                        : List.of("card", "paypal", "invoice"),
                                payment)),
                texts,
                new Events(
                        who.stream().mapToInt(x -> x).toArray(),
                        when.stream().mapToLong(x -> x).toArray(),
                        amount.stream().mapToDouble(x -> x).toArray(),
                        none,
                        List.of(),
                        none,
                        List.of(),
                        LATEST),
                List.of(left(zh, newsletter)));
    }

    /** Who left: most of those with late deliveries, and some who get the newsletter. */
    private static TargetColumn left(boolean zh, double[] newsletter) {
        var random = new Random(17);
        int[] codes = new int[newsletter.length];
        for (int i = 0; i < codes.length; i++) {
            double chance = i < SIZES[0] ? 0.8 : newsletter[i] == 1 ? 0.5 : 0.02;
            codes[i] = random.nextDouble() < chance ? 1 : 0;
        }
        return new TargetColumn(
                zh ? "流失" : "churned",
                TargetColumn.Kind.CLASSES,
                zh ? List.of("否", "是") : List.of("no", "yes"),
                codes,
                new double[0]);
    }

    /** What the product does with a run, over an analysis of this shop. */
    static synchronized Workbench workbench(Analysis analysis) {
        return BENCHES.computeIfAbsent(
                analysis,
                a -> {
                    var cache = new VectorCache(temporary().resolve("vectors.db"));
                    return RunWorkbench.of(a, new Scoring(CATALOG, new Embedder(cache, 1)), 7);
                });
    }

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("coterie-chat");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
