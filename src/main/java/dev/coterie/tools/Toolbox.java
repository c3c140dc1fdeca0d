package dev.coterie.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Attribute;
import dev.coterie.embed.SentenceEncoder;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.features.Block;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bounded tools over one finished run, by name with JSON arguments. They only read; a change is
 * proposed for a person to confirm. Tables have at most 50 rows; counts below the threshold are not
 * shown; texts are masked. Thread-safe.
 */
public final class Toolbox {
    private final Desk desk;
    private final CustomerIds ids;

    /**
     * @param encoder the one that embedded the run's texts, for finding quotes by meaning
     * @param language of labels and headings
     */
    public Toolbox(Analysis analysis, Optional<SentenceEncoder> encoder, Language language) {
        this(
                new Desk(
                        analysis,
                        new Fields(analysis),
                        new FactBook(analysis, List.of()),
                        encoder,
                        language,
                        Figures.SMALL_COUNT,
                        Optional.empty()),
                CustomerIds.of(analysis.customers().ids()));
    }

    public Toolbox(Desk desk, CustomerIds ids) {
        this.desk = desk;
        this.ids = ids;
    }

    /**
     * Name, description and argument schema of every tool.
     *
     * @param language of the descriptions
     */
    public static List<ToolSpecification> specifications(Language language) {
        return ToolCatalog.specifications(language);
    }

    /** Facts of the run and those computed by calls so far, by id. */
    public Map<String, Fact> facts() {
        return desk.book().all();
    }

    /**
     * Runs one tool after a strict check of its arguments.
     *
     * @throws NotFoundException if there is no such tool
     * @throws InvalidInputException if an argument is wrong
     */
    public ToolResult call(String tool, JsonNode args) {
        if (ToolCatalog.tool(tool).isEmpty()) {
            throw new NotFoundException(Message.of("chat.no_tool", "tool", tool));
        }
        Optional<Message> problem = problem(tool, args);
        if (problem.isPresent()) {
            throw new InvalidInputException(
                    Message.of("chat.bad_arguments", "tool", tool, "detail", problem.get()));
        }
        try {
            return run(tool, args);
        } catch (ToolRefusal e) {
            throw new InvalidInputException(
                    Message.of("chat.bad_arguments", "tool", tool, "detail", e.detail()), e);
        }
    }

    public Optional<Message> problem(String tool, JsonNode args) {
        return ToolCatalog.tool(tool)
                .map(t -> ToolCatalog.problem(t, args, desk.segments().size()))
                .orElse(Optional.of(Message.of("chat.refused.no_tool")));
    }

    /** Runs a call whose arguments were checked. */
    public ToolResult run(String tool, JsonNode args) {
        var segments = new SegmentTools(desk);
        var customers = new CustomerTools(desk);
        var texts = new TextTools(desk);
        return switch (tool) {
            case "get_segment" -> segments.get(segment(args, "segment"), number(args, "offset", 0));
            case "list_segments" ->
                    segments.list(
                            SegmentTools.Order.valueOf(
                                    args.path("order").asText("size").toUpperCase(Locale.ROOT)));
            case "compare_segments" -> segments.compare(segment(args, "a"), segment(args, "b"));
            case "feature_profile" ->
                    segments.feature(
                            field(args.path("feature").asText()), filters(args, "filters"));
            case "distribution" ->
                    distribution(args.path("feature").asText(), segment(args, "segment"));
            case "count_customers" ->
                    new CountTools(desk).count(filters(args, "filters"), segment(args, "segment"));
            case "find_quotes" ->
                    texts.quotes(
                            args.path("about").asText(""),
                            segment(args, "segment"),
                            Math.max(1, Math.min(10, number(args, "limit", 5))),
                            args.path("tone").asText("").equals("complaint"));
            case "search_customers" ->
                    customers.search(
                            filters(args, "filters"),
                            segment(args, "segment"),
                            number(args, "limit", 20),
                            order(args));
            case "get_customer" -> customers.get(customer(args));
            case "similar" ->
                    new SimilarTools(desk)
                            .similar(
                                    customer(args),
                                    number(args, "limit", 10),
                                    args.path("within").asText("all").equals("segment"));
            case "trend" ->
                    texts.trend(
                            TextTools.Measure.valueOf(
                                    args.path("measure").asText().toUpperCase(Locale.ROOT)),
                            segment(args, "segment"));
            case "get_drivers" -> new DriverTools(desk).drivers(args.path("target").asText(""));
            case "predict" -> predict(args);
            case "assign_customers" ->
                    new ScenarioTools(desk)
                            .assign(args.path("text").asText(""), filters(args, "profile"));
            case "what_if" -> whatIf(args);
            case "get_brief" -> new BriefTools(desk).get(segment(args, "segment"));
            case "make_brief" ->
                    new BriefTools(desk)
                            .make(
                                    segment(args, "segment"),
                                    args.path("goal").asText(""),
                                    args.path("channel").asText(""));
            case "get_run_quality" -> segments.quality();
            case "show_on_map" -> segments.map(segment(args, "segment"));
            default -> throw new ToolRefusal("no_tool");
        };
    }

    private Optional<CustomerOrder> order(JsonNode args) {
        if (!args.has("by")) return Optional.empty();
        boolean lowest = args.path("order").asText("highest").equals("lowest");
        return Optional.of(new CustomerOrder(field(args.path("by").asText()), lowest));
    }

    private ToolResult predict(JsonNode args) {
        var forecasts = new ForecastTools(desk);
        String target = args.path("target").asText("");
        return args.has("customer")
                ? forecasts.ofCustomer(target, customer(args))
                : forecasts.bySegment(target);
    }

    private ToolResult whatIf(JsonNode args) {
        var scenarios = new ScenarioTools(desk);
        boolean count = args.has("segments");
        boolean balance = args.has("block") && args.has("change");
        boolean customer = args.has("customer") && args.has("measure") && args.has("change");
        if (Stream.of(count, balance, customer).filter(given -> given).count() != 1) {
            throw new ToolRefusal("what_if");
        }
        if (count) return scenarios.segments(number(args, "segments", 0));
        if (balance) {
            return new BalanceTools(desk)
                    .balance(
                            Block.of(args.path("block").asText()),
                            ScenarioTools.Change.valueOf(upper(args, "change")));
        }
        return scenarios.customer(
                customer(args),
                ScenarioTools.Measure.valueOf(upper(args, "measure")),
                ScenarioTools.Change.valueOf(upper(args, "change")));
    }

    private static String upper(JsonNode args, String name) {
        return args.path(name).asText().toUpperCase(Locale.ROOT);
    }

    private ToolResult distribution(String named, int segment) {
        var spread = new SpreadTools(desk);
        return desk.fields()
                .columnSpokenOf(named.replace('_', ' '))
                .map(column -> spread.levels(column, segment))
                .orElseGet(() -> spread.quartiles(field(named), segment));
    }

    private static int segment(JsonNode args, String name) {
        String word = args.path(name).asText("all");
        return word.startsWith("seg_") ? Integer.parseInt(word.substring(4)) : 0;
    }

    private static int number(JsonNode args, String name, int otherwise) {
        return args.path(name).asInt(otherwise);
    }

    private int customer(JsonNode args) {
        return ids.row(args.path("customer").asText().strip())
                .orElseThrow(() -> new ToolRefusal("no_customer"));
    }

    private Attribute field(String named) {
        return new TextTools(desk)
                .attribute(named)
                .orElseThrow(() -> new ToolRefusal("no_field_among", "fields", names()));
    }

    private String names() {
        var names = desk.fields().all().stream().map(Attribute::key).limit(40).toList();
        return String.join(", ", names);
    }

    private List<Filter> filters(JsonNode args, String name) {
        var filters = new ArrayList<Filter>();
        for (JsonNode f : args.path(name)) {
            String field = f.path("field").asText();
            Filter.Op op = Filter.Op.of(f.path("op").asText()).orElseThrow();
            String value = f.path("value").asText();
            filters.add(filter(field, op, value));
        }
        return filters;
    }

    /** Accepts {@code country = DE} as well as {@code country=DE = 1}. */
    private Filter filter(String field, Filter.Op op, String value) {
        boolean equality = op == Filter.Op.EQUAL || op == Filter.Op.NOT_EQUAL;
        if (field.equals(Filter.TEXT) || field.equals(Filter.ITEM)) {
            if (value.isBlank()) throw new ToolRefusal("words_value", "field", field);
            if (op == Filter.Op.EQUAL) return new Filter(field, Filter.Op.CONTAINS, value);
            return new Filter(field, fit(op, equality || op == Filter.Op.CONTAINS), value);
        }
        if (field.equals(Filter.OUTLIER)) {
            boolean outliers = yes(value) == (fit(op, equality) == Filter.Op.EQUAL);
            return new Filter(field, outliers ? Filter.Op.EQUAL : Filter.Op.NOT_EQUAL, "1");
        }
        if (field.equals(Filter.RATED) && desk.fields().rated()) {
            Conditions.number(value);
            return new Filter(field, fit(op, op != Filter.Op.CONTAINS), value);
        }
        if (desk.fields().get(field + "=" + value).isPresent()) {
            return new Filter(field + "=" + value, fit(op, equality), "1");
        }
        return new Filter(field(field).key(), fit(op, op != Filter.Op.CONTAINS), value);
    }

    private static Filter.Op fit(Filter.Op op, boolean fits) {
        if (fits) return op;
        throw new ToolRefusal("operator", "operator", op.sign());
    }

    private static boolean yes(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "yes", "true", "1" -> true;
            case "no", "false", "0" -> false;
            default -> throw new ToolRefusal("outlier_value");
        };
    }
}
