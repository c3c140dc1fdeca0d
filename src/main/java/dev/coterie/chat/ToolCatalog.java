package dev.coterie.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tools' names and arguments, and the strict check of a call before anything runs: the library
 * would turn a list into a text and run an empty call.
 */
final class ToolCatalog {
    private static final int MOST_CHARACTERS = 200;
    private static final int LONGEST_WRITING = 2000;

    private ToolCatalog() {}

    /** What an argument may be. */
    enum Kind {
        SEGMENT,
        /** A segment or {@code all}. */
        SEGMENT_OR_ALL,
        TEXT,
        /** What a customer might write. */
        WRITING,
        INTEGER,
        CHOICE,
        FILTERS
    }

    /** One argument. */
    record Param(
            String name, Kind kind, boolean required, List<String> choices, String description) {}

    /** One tool. */
    record Tool(String name, String description, List<Param> params) {}

    private static Param need(String name, Kind kind, String description) {
        return new Param(name, kind, true, List.of(), description);
    }

    private static Param may(String name, Kind kind, String description) {
        return new Param(name, kind, false, List.of(), description);
    }

    private static Param choice(String name, boolean required, String... words) {
        return new Param(name, Kind.CHOICE, required, List.of(words), "");
    }

    static final List<Tool> TOOLS =
            List.of(
                    new Tool(
                            "get_segment",
                            "Size, share, value, stability, differences and quotes of one segment.",
                            List.of(
                                    need("segment", Kind.SEGMENT, "such as seg_1"),
                                    may("offset", Kind.INTEGER, "differences to skip"))),
                    new Tool(
                            "list_segments",
                            "All segments with size, share, value and stability.",
                            List.of(choice("order", false, "size", "value", "stability"))),
                    new Tool(
                            "compare_segments",
                            "The attributes in which two segments differ most.",
                            List.of(
                                    need("a", Kind.SEGMENT, "such as seg_1"),
                                    need("b", Kind.SEGMENT_OR_ALL, "such as seg_2, or all"))),
                    new Tool(
                            "feature_profile",
                            "Mean or share of one attribute for every segment.",
                            List.of(need("feature", Kind.TEXT, "name of a field, such as age"))),
                    new Tool(
                            "distribution",
                            "How customers spread over the values of one field: shares of a"
                                    + " category's values, or the quartiles of a number.",
                            List.of(
                                    need("feature", Kind.TEXT, "name of a field, such as city"),
                                    may("segment", Kind.SEGMENT_OR_ALL, "such as seg_1"))),
                    new Tool(
                            "count_customers",
                            "How many customers meet all conditions.",
                            List.of(
                                    need("filters", Kind.FILTERS, "conditions, may be empty"),
                                    may("segment", Kind.SEGMENT_OR_ALL, "such as seg_1"))),
                    new Tool(
                            "find_quotes",
                            "Customers' own words, by meaning and by segment.",
                            List.of(
                                    may("about", Kind.TEXT, "what they speak of"),
                                    may("segment", Kind.SEGMENT_OR_ALL, "such as seg_1"),
                                    may("limit", Kind.INTEGER, "1 to 10"))),
                    new Tool(
                            "search_customers",
                            "Customers that meet all conditions.",
                            List.of(
                                    need("filters", Kind.FILTERS, "conditions, may be empty"),
                                    may("segment", Kind.SEGMENT_OR_ALL, "such as seg_1"),
                                    may("limit", Kind.INTEGER, "1 to 50"))),
                    new Tool(
                            "get_customer",
                            "Segment, confidence, profile and texts of one customer.",
                            List.of(need("customer", Kind.TEXT, "such as cus_17"))),
                    new Tool(
                            "similar",
                            "Customers nearest to one customer.",
                            List.of(
                                    need("customer", Kind.TEXT, "such as cus_17"),
                                    may("limit", Kind.INTEGER, "1 to 50"),
                                    choice("within", false, "segment", "all"))),
                    new Tool(
                            "trend",
                            "A measure month by month.",
                            List.of(
                                    choice("measure", true, "events", "value", "texts", "rating"),
                                    may("segment", Kind.SEGMENT_OR_ALL, "such as seg_1"))),
                    new Tool(
                            "get_drivers",
                            "What pushes an outcome such as churn, strongest first, with the means"
                                    + " of those with and without it.",
                            List.of(may("target", Kind.TEXT, "a target column"))),
                    new Tool(
                            "predict",
                            "How likely an outcome is: of one customer with reasons, or of every"
                                    + " segment.",
                            List.of(
                                    may("customer", Kind.TEXT, "such as cus_17"),
                                    may("target", Kind.TEXT, "a target column"))),
                    new Tool(
                            "assign_customers",
                            "The segment that a new customer would be in.",
                            List.of(
                                    may("text", Kind.WRITING, "what the customer writes"),
                                    may("profile", Kind.FILTERS, "fields with =, may be empty"))),
                    new Tool(
                            "what_if",
                            "What another number of segments would look like; or another balance, where"
                                    + " one block of features counts more or less; or where a customer"
                                    + " would be who orders or spends more or less. Changes nothing.",
                            List.of(
                                    may("segments", Kind.INTEGER, "a number of segments"),
                                    choice("block", false, "text", "behaviour", "profile"),
                                    may("customer", Kind.TEXT, "such as cus_17"),
                                    choice("measure", false, "orders", "spend"),
                                    choice("change", false, "half", "double", "triple"))),
                    new Tool(
                            "get_brief",
                            "The newest marketing brief of a segment.",
                            List.of(need("segment", Kind.SEGMENT, "such as seg_1"))),
                    new Tool(
                            "make_brief",
                            "Proposes a marketing brief. It is made only after the person has"
                                    + " confirmed it with a button.",
                            List.of(
                                    need("segment", Kind.SEGMENT, "such as seg_1"),
                                    new Param(
                                            "goal",
                                            Kind.CHOICE,
                                            false,
                                            BriefTools.GOALS,
                                            "left out: what the facts suggest"),
                                    may("channel", Kind.TEXT, "such as email"))),
                    new Tool(
                            "get_run_quality",
                            "Stability and outliers of every segment.",
                            List.of()),
                    new Tool(
                            "show_on_map",
                            "A link to the map of customers.",
                            List.of(may("segment", Kind.SEGMENT_OR_ALL, "such as seg_1"))));

    static Optional<Tool> tool(String name) {
        return TOOLS.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    static List<ToolSpecification> specifications() {
        return TOOLS.stream().map(ToolCatalog::specification).toList();
    }

    private static ToolSpecification specification(Tool tool) {
        var schema = JsonObjectSchema.builder();
        var required = new ArrayList<String>();
        for (Param p : tool.params()) {
            if (p.required()) required.add(p.name());
            switch (p.kind()) {
                case INTEGER -> schema.addIntegerProperty(p.name(), p.description());
                case CHOICE -> schema.addEnumProperty(p.name(), p.choices());
                case FILTERS -> schema.addProperty(p.name(), filters());
                default -> schema.addStringProperty(p.name(), p.description());
            }
        }
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(schema.required(required).additionalProperties(false).build())
                .build();
    }

    private static JsonSchemaElement filters() {
        return JsonArraySchema.builder()
                .items(
                        JsonObjectSchema.builder()
                                .addStringProperty(
                                        "field", "name of a field, or text for words in texts")
                                .addEnumProperty(
                                        "op", List.of("=", "!=", "<", "<=", ">", ">=", "contains"))
                                .addStringProperty("value")
                                .required("field", "op", "value")
                                .additionalProperties(false)
                                .build())
                .build();
    }

    /**
     * Checks a call's arguments.
     *
     * @param segments number of segments
     * @return a short reason for the model; empty if the call may run
     */
    static Optional<String> problem(Tool tool, JsonNode args, int segments) {
        if (!args.isObject()) return Optional.of("the arguments must be one JSON object");
        Map<String, Param> known = new LinkedHashMap<>();
        for (Param p : tool.params()) known.put(p.name(), p);
        for (Iterator<String> names = args.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.containsKey(name)) return Optional.of("there is no argument of that name");
        }
        for (Param p : tool.params()) {
            JsonNode value = args.path(p.name());
            if (value.isMissingNode() || value.isNull()) {
                if (p.required()) return Optional.of(p.name() + " is missing");
                continue;
            }
            Optional<String> problem = problem(p, value, segments);
            if (problem.isPresent()) return problem;
        }
        return Optional.empty();
    }

    private static Optional<String> problem(Param p, JsonNode value, int segments) {
        boolean right =
                switch (p.kind()) {
                    case SEGMENT -> segment(value, segments);
                    case SEGMENT_OR_ALL ->
                            segment(value, segments)
                                    || value.isTextual() && value.asText().equals("all");
                    case TEXT ->
                            value.isTextual()
                                    && !value.asText().isBlank()
                                    && value.asText().length() <= MOST_CHARACTERS;
                    case WRITING -> value.isTextual() && value.asText().length() <= LONGEST_WRITING;
                    case INTEGER ->
                            value.isIntegralNumber()
                                    && value.canConvertToInt()
                                    && value.asInt() >= 0
                                    && value.asInt() <= 100_000;
                    case CHOICE -> value.isTextual() && p.choices().contains(value.asText());
                    case FILTERS -> filters(value);
                };
        if (right) return Optional.empty();
        return Optional.of(
                p.name()
                        + switch (p.kind()) {
                            case SEGMENT -> " must be a string from seg_1 to seg_" + segments;
                            case SEGMENT_OR_ALL ->
                                    " must be all or a string from seg_1 to seg_" + segments;
                            case TEXT -> " must be a string that is not empty";
                            case WRITING ->
                                    " must be a string of at most "
                                            + LONGEST_WRITING
                                            + " characters";
                            case INTEGER -> " must be a whole number";
                            case CHOICE -> " must be one of " + String.join(", ", p.choices());
                            case FILTERS -> " must be a list of objects with field, op and value";
                        });
    }

    private static boolean segment(JsonNode value, int segments) {
        if (!value.isTextual() || !value.asText().matches("seg_\\d{1,3}")) return false;
        int number = Integer.parseInt(value.asText().substring(4));
        return number >= 1 && number <= segments;
    }

    private static boolean filters(JsonNode value) {
        if (!value.isArray() || value.size() > 8) return false;
        for (JsonNode f : value) {
            boolean whole =
                    f.isObject()
                            && f.size() == 3
                            && f.path("field").isTextual()
                            && Filter.Op.of(f.path("op").asText("")).isPresent()
                            && (f.path("value").isTextual() || f.path("value").isNumber())
                            && f.path("value").asText().length() <= MOST_CHARACTERS;
            if (!whole) return false;
        }
        return true;
    }
}
