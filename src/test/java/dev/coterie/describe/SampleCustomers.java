package dev.coterie.describe;

import dev.coterie.collect.Collected;
import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.FileFormat;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.RawTable;
import dev.coterie.collect.Role;
import dev.coterie.collect.TableSchema;
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
import dev.coterie.rule.RuleSources;
import dev.coterie.segment.Algorithm;
import dev.coterie.segment.Certificate;
import dev.coterie.segment.Hierarchy;
import dev.coterie.segment.Method;
import dev.coterie.segment.PrototypeModel;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.Smoothing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Seeded customers in planted groups: 0 lapsed and unhappy, 1 loyal and frequent, 2 new. */
public final class SampleCustomers {
    private static final long DAY = 86_400;
    private static final long NOW = 20_000 * DAY;
    private static final List<List<String>> ENGLISH =
            List.of(
                    List.of(
                            "The delivery was late again and nobody told me why.",
                            "Second parcel this spring that arrived late, the delivery is poor.",
                            "I gave up waiting, the courier lost my parcel and delivery took weeks.",
                            "Delivery came after the birthday, so the gift was useless."),
                    List.of(
                            "This coat is warm and the fabric feels soft.",
                            "Lovely coat, good fabric, I wear it to work.",
                            "The fabric of this coat is worth it, I bought another for my sister.",
                            "Soft fabric and a warm coat for windy mornings."),
                    List.of(
                            "How do I change the size of my first order?",
                            "Just joined, the app asks for my size and I am not sure.",
                            "The size guide in the app helped me choose.",
                            "My first order, and the size was right."));
    private static final List<List<String>> CHINESE =
            List.of(
                    List.of(
                            "物流太慢了，等了很久才送到，客服也不回复。",
                            "这次物流又晚了，包裹破了一个角。",
                            "快递员把包裹丢在门口，物流信息也不更新。",
                            "物流让人失望，礼物没赶上生日。"),
                    List.of(
                            "外套的面料很柔软，穿着暖和。",
                            "面料摸起来很舒服，外套的做工也细致。",
                            "给妈妈买的外套，她说面料好。",
                            "外套暖和，面料厚实，上班穿正好。"),
                    List.of(
                            "第一次下单，不知道尺码怎么选。",
                            "尺码表很清楚，应用里就能看。",
                            "刚注册，想问尺码偏大还是偏小。",
                            "尺码合适，应用用起来也顺手。"));

    private SampleCustomers() {}

    public static CustomerTable english(int perGroup, long seed) {
        return table(perGroup, seed, ENGLISH);
    }

    public static CustomerTable chinese(int perGroup, long seed) {
        return table(perGroup, seed, CHINESE);
    }

    private static CustomerTable table(int perGroup, long seed, List<List<String>> sayings) {
        var random = new Random(seed);
        int n = 3 * perGroup;
        var ids = new ArrayList<String>();
        var texts = new ArrayList<CustomerText>();
        var age = new double[n];
        var channel = new int[n];
        var joined = new double[n];
        var events = new ArrayList<double[]>();
        for (int i = 0; i < n; i++) {
            int group = i % 3;
            ids.add(String.format("%05d", i));
            age[i] = (group == 1 ? 52 : 33) + random.nextGaussian() * 6;
            channel[i] = random.nextDouble() < 0.75 ? group : random.nextInt(3);
            joined[i] = group == 2 ? random.nextInt(80) : 400 + random.nextInt(900);
            List<String> own = sayings.get(group);
            String text =
                    own.get(random.nextInt(own.size())) + " " + own.get(random.nextInt(own.size()));
            double rating = group == 0 ? 1 + random.nextInt(2) : 4 + random.nextInt(2);
            if (random.nextDouble() < 0.05) {
                text = sayings.get((group + 1) % 3).get(0);
                rating = 6 - rating;
            }
            texts.add(new CustomerText(i, text, "reviews.csv", "text", i + 2, 19_900, rating));
            int count = group == 1 ? 12 + random.nextInt(8) : 1 + random.nextInt(3);
            for (int e = 0; e < count; e++) {
                double ago =
                        group == 0
                                ? 150 + random.nextInt(200)
                                : random.nextInt(group == 1 ? 300 : 60);
                double value = group == 1 ? 60 + random.nextInt(80) : 15 + random.nextInt(30);
                events.add(new double[] {i, NOW - ago * DAY, value});
            }
        }
        return new CustomerTable(
                ids,
                new int[n],
                List.of(
                        new NumberColumn("Age", NumberColumn.Kind.NUMBER, age),
                        new NumberColumn("signup_date", NumberColumn.Kind.AGE_DAYS, joined)),
                List.of(
                        new CategoryColumn(
                                "preferred_channel", List.of("email", "store", "app"), channel)),
                texts,
                events(events),
                List.of());
    }

    private static Events events(List<double[]> rows) {
        rows.sort((a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
        int n = rows.size();
        var none = new int[n];
        Arrays.fill(none, -1);
        return new Events(
                rows.stream().mapToInt(r -> (int) r[0]).toArray(),
                rows.stream().mapToLong(r -> (long) r[1]).toArray(),
                rows.stream().mapToDouble(r -> r[2]).toArray(),
                none,
                List.of(),
                none,
                List.of(),
                NOW);
    }

    /** The planted groups as clusters. */
    public static Segmentation planted(int customers, int k) {
        return labelled(IntStream.range(0, customers).map(i -> i % k).toArray(), k);
    }

    /** Segments that somebody knows, the last of them soft at its borders. */
    public static Segmentation labelled(int[] labels, int k) {
        return labelled(labels, new double[k][1]);
    }

    /**
     * @param centroids of the segments: they say how the tree joins them
     */
    static Segmentation labelled(int[] labels, double[][] centroids) {
        int k = centroids.length;
        int customers = labels.length;
        var stability = new double[k];
        Arrays.fill(stability, 0.9);
        stability[k - 1] = 0.5;
        var random = new Random(1);
        return new Segmentation(
                k,
                labels,
                new double[customers],
                new boolean[customers],
                new double[customers],
                new double[k][1],
                new double[customers],
                new PrototypeModel(new double[k][1], new double[k], 1, Smoothing.NONE),
                stability,
                new Certificate(stability, stability, stability, null),
                List.of(
                        new Segmentation.Candidate(2, 0.4, 0.31, 0.8, 0.9, 50),
                        new Segmentation.Candidate(3, 0.6, 0.42, 0.9, 0.9, 40)),
                true,
                Message.of("describe.term", "en", "Chosen for its silhouette.", "zh", "按轮廓系数选定。"),
                new Method(Algorithm.KMEANS, Message.of("segment.method_kmeans")),
                new Segmentation.MapLayout(
                        random.ints(customers, 0, 65536).toArray(),
                        random.ints(customers, 0, 65536).toArray()),
                Hierarchy.undivided(labels, centroids, stability));
    }

    public static Description describe(CustomerTable customers, int k) {
        return describe(customers, planted(customers.customers(), k));
    }

    private static Description describe(CustomerTable customers, Segmentation segmentation) {
        return new SegmentDescriber(Optional.empty(), Language.ENGLISH)
                .describe(
                        customers,
                        Optional.empty(),
                        segmentation,
                        sources(customers),
                        Progress.NONE);
    }

    /** Where the columns of these customers would stand in files. */
    static RuleSources sources(CustomerTable customers) {
        return RuleSources.of(
                collected(customers), new Recipe(List.of(), List.of(), NOW, List.of()));
    }

    /** The files that these customers could have come from, without most of their cells. */
    static Collected collected(CustomerTable customers) {
        return new Collected(
                List.of(
                        source(
                                "customers.csv",
                                customers.ids(),
                                Map.of(
                                        "customer_id", Role.ID,
                                        "Age", Role.NUMBER,
                                        "signup_date", Role.DATE,
                                        "preferred_channel", Role.CATEGORY)),
                        source(
                                "reviews.csv",
                                customers.ids(),
                                Map.of("customer_id", Role.ID, "text", Role.TEXT)),
                        source(
                                "orders.csv",
                                customers.ids(),
                                Map.of(
                                        "customer_id", Role.ID,
                                        "date", Role.DATE,
                                        "amount", Role.VALUE))),
                OptionalInt.of(0),
                List.of(),
                List.of());
    }

    private static Collected.Source source(String name, List<String> ids, Map<String, Role> roles) {
        var columns = new ArrayList<RawColumn>();
        var schemas = new ArrayList<ColumnSchema>();
        for (String column : new TreeSet<>(roles.keySet())) {
            var cells = new RawColumn.Builder();
            ids.forEach(id -> cells.add(column.equals("customer_id") ? id : ""));
            columns.add(cells.build(column));
            schemas.add(
                    new ColumnSchema(
                            column,
                            roles.get(column),
                            Optional.empty(),
                            Message.of("describe.term", "en", "Given.", "zh", "给定。"),
                            List.of(),
                            0,
                            0,
                            false,
                            true));
        }
        int[] lines = IntStream.range(0, ids.size()).map(i -> i + 2).toArray();
        var format = new FileFormat("csv", "UTF-8", ',', false, true);
        return new Collected.Source(
                new RawTable(name, "", format, columns, lines, lines, List.of(), List.of()),
                new TableSchema(name, schemas));
    }

    public static Analysis analysis(CustomerTable customers, int k) {
        return analysis(customers, planted(customers.customers(), k));
    }

    public static Analysis analysis(CustomerTable customers, Segmentation segmentation) {
        var recipe = new Recipe(List.of(), List.of(), NOW, List.of());
        int n = customers.customers();
        var quality =
                new QualityReport(
                        List.of(new QualityReport.TableCount("customers.csv", n, n, 0, 0)),
                        List.of());
        return new Analysis(
                new Collected(List.of(), OptionalInt.empty(), List.of(), List.of()),
                new Prepared(customers, recipe, quality, 1, List.of()),
                Optional.empty(),
                new FeatureBuilder(FeatureBuilder.TEXT_COMPONENTS, Map.of())
                        .fit(customers, Optional.empty(), recipe)
                        .model(),
                new FeatureMatrix(List.of(), n, new double[0]),
                segmentation,
                describe(customers, segmentation),
                List.of());
    }
}
