package dev.coterie.tools;

import dev.coterie.describe.Attribute;
import dev.coterie.describe.Opinions;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.embed.Embeddings;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerText;
import dev.coterie.proof.Fact;
import dev.coterie.words.PersonalData;
import dev.coterie.words.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tools about what customers wrote and when things happened. */
public final class TextTools {
    /**
     * A text nearer than this to what was asked speaks of it; measured on short queries with the
     * built-in encoders.
     */
    private static final double NEAR = 0.6;

    private static final double WORD_BONUS = 0.15;

    private final Desk desk;

    public TextTools(Desk desk) {
        this.desk = desk;
    }

    /**
     * Customers' words by meaning, each customer once. Texts with personal data are passed over.
     *
     * @param about what they should speak of; empty for the typical ones of a segment
     * @param segment number, or 0 for all
     * @param complaints true for texts that find fault, where they need speak of nothing else
     */
    public ToolResult quotes(String about, int segment, int limit, boolean complaints) {
        long start = System.nanoTime();
        var found = new Found();
        List<CustomerText> texts = desk.analysis().customers().texts();
        var member = desk.member(segment);
        if (about.isBlank() && complaints) {
            complaints(segment).limit(limit).forEach(i -> found.quote(desk.quotation(i)));
        } else if (about.isBlank()) {
            typical(segment).limit(limit).forEach(q -> found.quote(desk.quotation(q.textIndex())));
        } else {
            double[] score = scores(about);
            Set<Integer> heard = new HashSet<>();
            IntStream.range(0, texts.size())
                    .filter(i -> score[i] >= NEAR && member.test(texts.get(i).customer()))
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -score[i]))
                    .filter(i -> !PersonalData.found(texts.get(i).text()))
                    .filter(i -> heard.add(texts.get(i).customer()))
                    .limit(limit)
                    .forEach(i -> found.quote(desk.quotation(i)));
            found.add(writers(about, segment));
        }
        var args = new LinkedHashMap<String, Object>();
        if (!about.isBlank()) args.put("about", about);
        if (segment > 0) args.put("segment", "seg_" + segment);
        args.put("limit", limit);
        if (complaints) args.put("tone", "complaint");
        if (segment > 0) found.view("segments/" + segment);
        String label =
                about.isBlank()
                        ? desk.say("tool.find_quotes")
                        : desk.say("tool.find_quotes_about", "about", about);
        return desk.result("find_quotes", args, label, found, texts.size(), start);
    }

    /** Texts that find fault and were rated low, the most outspoken first, each customer once. */
    private IntStream complaints(int segment) {
        List<CustomerText> texts = desk.analysis().customers().texts();
        var member = desk.member(segment);
        double middle =
                texts.stream()
                        .mapToDouble(CustomerText::rating)
                        .filter(r -> !Double.isNaN(r))
                        .average()
                        .orElse(Double.NaN);
        double[] score = texts.stream().mapToDouble(t -> Opinions.score(t.text())).toArray();
        Set<Integer> heard = new HashSet<>();
        return IntStream.range(0, score.length)
                .filter(i -> score[i] < 0 && member.test(texts.get(i).customer()))
                .filter(i -> !(texts.get(i).rating() >= middle))
                .boxed()
                .sorted(
                        Comparator.comparingDouble((Integer i) -> score[i])
                                .thenComparingDouble(i -> texts.get(i).rating()))
                .filter(i -> !PersonalData.found(texts.get(i).text()))
                .filter(i -> heard.add(texts.get(i).customer()))
                .mapToInt(i -> i);
    }

    /**
     * The last word of an item's name that customers write; empty if the topic is no item or nobody
     * writes it.
     */
    public Optional<String> wordOfItem(String topic) {
        boolean item = desk.fields().items().stream().anyMatch(i -> Fields.isNamed(i, topic));
        List<String> words = List.of(topic.strip().split("\\s+"));
        if (!item || words.size() < 2) return Optional.empty();
        for (int w = words.size() - 1; w >= 0; w--) {
            String word = words.get(w);
            boolean[] writers = desk.fields().writersOf(word, desk.customers());
            for (boolean writer : writers) if (writer && tells(word)) return Optional.of(word);
        }
        return Optional.empty();
    }

    /** False for what an item's name only counts or measures. */
    private static boolean tells(String word) {
        return Words.han(word) || word.matches("\\p{L}{3,}");
    }

    /** The segments' own quotes: the first of each, then the second of each. */
    private Stream<Quote> typical(int segment) {
        List<List<Quote>> each =
                desk.segments().stream()
                        .filter(s -> segment == 0 || s.number() == segment)
                        .map(SegmentProfile::quotes)
                        .toList();
        int most = each.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, most)
                .boxed()
                .flatMap(i -> each.stream().filter(q -> i < q.size()).map(q -> q.get(i)));
    }

    /** How near each text is: cosine of meaning, and more where the word itself stands in it. */
    private double[] scores(String about) {
        int n = desk.analysis().customers().texts().size();
        double[] score = new double[n];
        Optional<Embeddings> embeddings =
                desk.analysis()
                        .embeddings()
                        .filter(e -> e.rows() == n)
                        .filter(
                                e ->
                                        desk.encoder().isPresent()
                                                && desk.encoder()
                                                        .get()
                                                        .card()
                                                        .name()
                                                        .equals(e.encoder().name()));
        if (embeddings.isPresent()) {
            var encoder = desk.encoder().orElseThrow();
            float[] query = encoder.encode(encoder.card().queryPrefix() + about).vector();
            var e = embeddings.get();
            IntStream.range(0, n).parallel().forEach(i -> score[i] = e.cosine(i, query));
        }
        String[] words = about.split("\\s+");
        for (int i = 0; i < n; i++) {
            int held = 0;
            for (String word : words) if (desk.fields().textContains(i, word)) held++;
            if (held == 0) continue;
            boolean all = held == words.length;
            // Without a vector for the query, the word alone decides.
            score[i] = embeddings.isPresent() ? score[i] + WORD_BONUS * held / words.length : 0.5;
            if (all) score[i] = Math.max(score[i], NEAR);
        }
        return score;
    }

    /** Customers who use the word itself, or every word of a phrase. */
    private Fact writers(String about, int segment) {
        List<String> parts = desk.fields().parts(about);
        List<Filter> uses =
                parts.stream()
                        .map(part -> new Filter(Filter.TEXT, Filter.Op.CONTAINS, part))
                        .toList();
        var customers = new CountTools(desk);
        int count = customers.rows(uses, segment).length;
        Message filter =
                Conditions.filter(desk.whose(segment), segment, customers.words(uses), uses);
        return desk.book()
                .add(
                        "writers " + about + " " + segment,
                        Message.of("chat.fact.writers", "word", about),
                        count,
                        Fact.Unit.COUNT,
                        count,
                        segment,
                        filter,
                        Message.of("describe.formula.count"));
    }

    /** What may be followed over time. */
    public enum Measure {
        EVENTS,
        VALUE,
        TEXTS,
        RATING
    }

    /** True if the data has dates for it. */
    public boolean has(Measure measure) {
        return !months(measure, 0).isEmpty();
    }

    /** Month by month, the latest 24 months that have any. */
    public ToolResult trend(Measure measure, int segment) {
        long start = System.nanoTime();
        var found = new Found();
        var rows = new ArrayList<List<Table.Cell>>();
        String what = desk.say("measure." + measure.name().toLowerCase(java.util.Locale.ROOT));
        Map<YearMonth, Sum> months = months(measure, segment);
        int skip = Math.max(0, months.size() - 24);
        long n = 0;
        for (var month : months.entrySet()) {
            n += month.getValue().n;
            if (skip-- > 0) continue;
            rows.add(
                    List.of(
                            Table.Cell.of(month.getKey().toString()),
                            desk.cell(
                                    fact(measure, segment, month.getKey(), month.getValue())
                                            .map(found::add))));
        }
        found.table(
                desk.say("table.trend", "what", what),
                List.of(desk.say("column.month"), what),
                rows);
        return desk.result(
                "trend",
                trendArgs(measure, segment),
                desk.say("tool.trend", "what", what),
                found,
                n,
                start);
    }

    public static Map<String, Object> trendArgs(Measure measure, int segment) {
        var args = new LinkedHashMap<String, Object>();
        args.put("measure", measure.name().toLowerCase(java.util.Locale.ROOT));
        if (segment > 0) args.put("segment", "seg_" + segment);
        return args;
    }

    private Optional<Fact> fact(Measure measure, int segment, YearMonth month, Sum sum) {
        boolean mean = measure == Measure.RATING;
        if (desk.small(sum.customers.size())) return Optional.empty();
        return Optional.of(
                desk.fact(
                        "trend " + measure + " " + segment + " " + month,
                        Message.of(
                                "chat.fact.month",
                                "what",
                                Message.of(
                                        "chat.measure."
                                                + measure.name()
                                                        .toLowerCase(java.util.Locale.ROOT)),
                                "month",
                                month.toString()),
                        mean ? sum.total / sum.n : measure == Measure.VALUE ? sum.total : sum.n,
                        mean
                                ? Fact.Unit.NUMBER
                                : measure == Measure.VALUE ? Fact.Unit.MONEY : Fact.Unit.COUNT,
                        sum.n,
                        segment,
                        mean ? "mean" : measure == Measure.VALUE ? "sum" : "count"));
    }

    /** A month's rows; whether they may be told of depends on how many customers they are of. */
    private static final class Sum {
        final Set<Integer> customers = new HashSet<>();
        long n;
        double total;
    }

    private Map<YearMonth, Sum> months(Measure measure, int segment) {
        var months = new TreeMap<YearMonth, Sum>();
        var member = desk.member(segment);
        if (measure == Measure.EVENTS || measure == Measure.VALUE) {
            var events = desk.analysis().customers().events();
            for (int e = 0; e < events.count(); e++) {
                long second = events.epochSecond()[e];
                double value = events.value()[e];
                if (second == Long.MIN_VALUE || !member.test(events.customer()[e])) continue;
                if (measure == Measure.VALUE && Double.isNaN(value)) continue;
                var date = Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC);
                add(months, YearMonth.from(date), events.customer()[e], value);
            }
            return months;
        }
        for (CustomerText text : desk.analysis().customers().texts()) {
            if (text.epochDay() == Long.MIN_VALUE || !member.test(text.customer())) continue;
            if (measure == Measure.RATING && Double.isNaN(text.rating())) continue;
            var date = LocalDate.ofEpochDay(text.epochDay());
            add(months, YearMonth.from(date), text.customer(), text.rating());
        }
        return months;
    }

    private static void add(
            Map<YearMonth, Sum> months, YearMonth month, int customer, double value) {
        Sum sum = months.computeIfAbsent(month, m -> new Sum());
        sum.customers.add(customer);
        sum.n++;
        sum.total += value;
    }

    /** The attribute whose key, label or column is what was named. */
    Optional<Attribute> attribute(String named) {
        Optional<Attribute> exact = desk.fields().get(named.strip());
        if (exact.isPresent()) return exact;
        return desk.fields().spokenOf(named);
    }
}
