package dev.coterie.tools;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Attribute;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.embed.SentenceEncoder;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerText;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.words.PersonalData;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What every tool works with: the run, its fields, the conversation's facts and the language. */
public record Desk(
        Analysis analysis,
        Fields fields,
        FactBook book,
        Optional<SentenceEncoder> encoder,
        Language language,
        int smallCount,
        Optional<Workbench> workbench) {
    /** One customer in so many makes a segment a part of a group that is named. */
    private static final long WORTH_NAMING = 10;

    private static final int QUOTE_CHARACTERS = 280;

    public Workbench bench() {
        return workbench.orElseThrow(() -> new ToolRefusal("figures_only"));
    }

    public int customers() {
        return analysis.customers().customers();
    }

    public List<SegmentProfile> segments() {
        return analysis.description().segments();
    }

    public SegmentProfile segment(int number) {
        return analysis.description()
                .segment(number)
                .orElseThrow(() -> new ToolRefusal("no_segment", "id", "seg_" + number));
    }

    public String name(int number) {
        return segment(number).wording(language).name();
    }

    /** What the API calls a customer; in an analysis that no ledger knows, as the file does. */
    public String customerId(int row) {
        return workbench
                .map(bench -> bench.customerId(row))
                .orElseGet(() -> analysis.customers().ids().get(row));
    }

    /** Number of the segment of a customer. */
    public int segmentOf(int customer) {
        return analysis.segmentation().labels()[customer] + 1;
    }

    public String say(String key, Object... pairs) {
        return Message.of("chat." + key, pairs).in(language);
    }

    String show(Fact fact) {
        return Figures.show(fact, language, smallCount);
    }

    Table.Cell cell(Fact fact) {
        return new Table.Cell(show(fact), Optional.of(fact.id()));
    }

    Table.Cell cell(Optional<Fact> fact) {
        return fact.map(this::cell).orElse(Table.Cell.of("–"));
    }

    public boolean small(long count) {
        return count > 0 && count < smallCount;
    }

    public Fact size(int segment) {
        long size = segment == 0 ? customers() : segment(segment).size();
        return runFact(segment, "size", size, Fact.Unit.COUNT, size, "count");
    }

    public Fact share(int segment) {
        return runFact(
                segment, "share", segment(segment).share(), Fact.Unit.SHARE, customers(), "of_all");
    }

    public Fact outliers(int segment) {
        long outliers = segment(segment).outliers();
        return book.ofRun(segment, "outliers")
                .orElseGet(
                        () ->
                                book.add(
                                        "run " + segment + " outliers",
                                        Message.of("describe.fact.outliers"),
                                        outliers,
                                        Fact.Unit.COUNT,
                                        outliers,
                                        segment,
                                        Message.of("describe.filter.outliers", "segment", segment),
                                        Message.of("describe.formula.count")));
    }

    public Fact stability(int segment) {
        var profile = segment(segment);
        return runFact(
                segment,
                "stability",
                profile.stability(),
                Fact.Unit.NUMBER,
                profile.size(),
                "jaccard");
    }

    public Fact count(String what, long count) {
        return runFact(0, what, count, Fact.Unit.COUNT, count, "count");
    }

    /** How many segments there are: a figure about nobody, so it is shown however small. */
    public Fact segmentCount() {
        return fact(
                "segments",
                Message.of("describe.fact.segments"),
                segments().size(),
                Fact.Unit.NUMBER,
                segments().size(),
                0,
                "count");
    }

    public Optional<Fact> value(int segment) {
        return segment(segment).value().map(v -> money(segment, "value", v.total(), "sum"));
    }

    public Optional<Fact> valueEach(int segment) {
        return segment(segment)
                .value()
                .map(v -> money(segment, "value_each", v.perCustomer(), "sum_each"));
    }

    /** The median, where a few customers carry the mean. */
    public Optional<Fact> valueTypical(int segment) {
        return segment(segment)
                .value()
                .flatMap(SegmentProfile.Value::typical)
                .map(m -> money(segment, "value_median", m, "sum_median"));
    }

    public Optional<Fact> valueShare(int segment) {
        return segment(segment)
                .value()
                .filter(v -> v.shareOfTotal() > 0)
                .map(
                        v ->
                                runFact(
                                        segment,
                                        "value_share",
                                        v.shareOfTotal(),
                                        Fact.Unit.SHARE,
                                        segment(segment).size(),
                                        "sum_share"));
    }

    /** Value of all customers' events; the segments have all of them between them. */
    public Fact valueOfAll() {
        return fact(
                "value all",
                Message.of("describe.fact.value"),
                totalValue(),
                Fact.Unit.MONEY,
                customers(),
                0,
                "sum");
    }

    public Fact valueOfEach() {
        return fact(
                "value each",
                Message.of("describe.fact.value_each"),
                totalValue() / customers(),
                Fact.Unit.MONEY,
                customers(),
                0,
                "sum_each");
    }

    private double totalValue() {
        return segments().stream()
                .flatMap(s -> s.value().stream())
                .mapToDouble(SegmentProfile.Value::total)
                .sum();
    }

    private Fact money(int segment, String what, double amount, String formula) {
        return runFact(segment, what, amount, Fact.Unit.MONEY, segment(segment).size(), formula);
    }

    private Fact runFact(
            int segment, String what, double value, Fact.Unit unit, long n, String formula) {
        return book.ofRun(segment, what)
                .orElseGet(
                        () ->
                                book.add(
                                        "run " + segment + " " + what,
                                        Message.of("describe.fact." + what),
                                        value,
                                        unit,
                                        n,
                                        segment,
                                        whose(segment),
                                        Message.of("describe.formula." + formula)));
    }

    /** A figure of this conversation. */
    public Fact fact(
            String key,
            Message label,
            double value,
            Fact.Unit unit,
            long n,
            int segment,
            String how) {
        return book.add(
                key,
                label,
                value,
                unit,
                n,
                segment,
                whose(segment),
                Message.of("describe.formula." + how));
    }

    /**
     * The segments that a group of customers mostly comes from, the largest part first; a dash if
     * there is none.
     *
     * @param shared customers of the group in each segment
     */
    String mostlyFrom(int[] shared) {
        long size = IntStream.of(shared).sum();
        return IntStream.range(0, shared.length)
                .filter(s -> shared[s] * WORTH_NAMING >= size && !small(shared[s]))
                .boxed()
                .sorted(Comparator.comparingInt((Integer s) -> -shared[s]))
                .map(s -> name(s + 1))
                .reduce((a, b) -> a + say("list.and") + b)
                .orElse("–");
    }

    Message whose(int segment) {
        return segment == 0
                ? Message.of("describe.filter.everyone")
                : Message.of("describe.filter.segment", "segment", segment);
    }

    /**
     * Mean or share of an attribute among a segment's customers.
     *
     * @param segment number, or 0 for all customers
     * @return empty if fewer customers have a value than may be spoken of
     */
    public Optional<Fact> mean(Attribute attribute, int segment) {
        var spread = Spread.of(attribute.values(), member(segment));
        if (spread.n() == 0 || small(spread.n())) return Optional.empty();
        boolean share = Fields.share(attribute);
        return Optional.of(
                fact(
                        "mean " + attribute.key() + " " + segment,
                        attribute.label(),
                        spread.mean(),
                        share ? Fact.Unit.SHARE : attribute.unit(),
                        spread.n(),
                        segment,
                        share ? "share" : "mean"));
    }

    /**
     * The median of an attribute among a segment's customers, where a few customers would carry the
     * mean.
     *
     * @param segment number, or 0 for all customers
     * @return empty for other attributes, and as of {@link #mean}
     */
    public Optional<Fact> median(Attribute attribute, int segment) {
        var spread = Spread.of(attribute.values(), member(segment));
        OptionalDouble median = attribute.median(member(segment));
        if (median.isEmpty() || small(spread.n())) return Optional.empty();
        return Optional.of(
                fact(
                        "median " + attribute.key() + " " + segment,
                        attribute.figure(),
                        median.getAsDouble(),
                        attribute.unit(),
                        spread.n(),
                        segment,
                        "median"));
    }

    /** What is typical of a segment's customers: the median where there is one, else the mean. */
    Optional<Fact> typical(Attribute attribute, int segment) {
        return median(attribute, segment).or(() -> mean(attribute, segment));
    }

    /** True for the rows of a segment; for all rows where the number is 0. */
    IntPredicate member(int segment) {
        int[] labels = analysis.segmentation().labels();
        return segment == 0 ? i -> true : i -> labels[i] == segment - 1;
    }

    Quotation quotation(int textIndex) {
        CustomerText text = analysis.customers().texts().get(textIndex);
        return new Quotation(
                "txt_" + textIndex,
                cut(PersonalData.mask(text.text())),
                text.customer(),
                segmentOf(text.customer()),
                text.table() + " · " + text.column());
    }

    static String cut(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
        if (line.length() <= QUOTE_CHARACTERS) return line;
        int end = QUOTE_CHARACTERS;
        if (Character.isHighSurrogate(line.charAt(end - 1))) end--;
        int space = line.lastIndexOf(' ', end);
        return line.substring(0, space > QUOTE_CHARACTERS / 2 ? space : end) + "…";
    }

    /** The finished result of a tool. */
    public ToolResult result(
            String tool,
            Map<String, Object> args,
            String label,
            Found found,
            long rows,
            long startNanos) {
        return new ToolResult(
                tool,
                label,
                args,
                found.facts(),
                found.table(),
                found.quotes(),
                found.view(),
                found.proposal(),
                rows,
                (System.nanoTime() - startNanos) / 1_000_000);
    }

    /** Moments of the values of some rows; missing values do not count. */
    record Spread(long n, double mean, double deviation) {
        static Spread of(double[] values, IntPredicate rows) {
            long n = 0;
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < values.length; i++) {
                if (Double.isNaN(values[i]) || !rows.test(i)) continue;
                n++;
                double gap = values[i] - mean;
                mean += gap / n;
                squares += gap * (values[i] - mean);
            }
            return new Spread(n, mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1)));
        }
    }
}
