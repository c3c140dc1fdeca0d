package dev.coterie.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.ToolTexts;
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
public final class ToolCatalog {
    private static final int MOST_CHARACTERS = 200;
    private static final int LONGEST_WRITING = 2000;

    private ToolCatalog() {}

    /** What an argument may be. */
    public enum Kind {
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
    public record Param(String name, Kind kind, boolean required, List<String> choices) {}

    /** One tool; what a model is told of it is in the prompts. */
    public record Tool(String name, List<Param> params) {}

    private static Param need(String name, Kind kind) {
        return new Param(name, kind, true, List.of());
    }

    private static Param may(String name, Kind kind) {
        return new Param(name, kind, false, List.of());
    }

    private static Param need(String name, String... words) {
        return new Param(name, Kind.CHOICE, true, List.of(words));
    }

    private static Param may(String name, String... words) {
        return new Param(name, Kind.CHOICE, false, List.of(words));
    }

    private static Tool offer(String name, Param... params) {
        return new Tool(name, List.of(params));
    }

    public static final List<Tool> TOOLS =
            List.of(
                    offer(
                            "get_segment",
                            need("segment", Kind.SEGMENT),
                            may("offset", Kind.INTEGER)),
                    offer("list_segments", may("order", "size", "value", "stability")),
                    offer(
                            "compare_segments",
                            need("a", Kind.SEGMENT),
                            need("b", Kind.SEGMENT_OR_ALL)),
                    offer(
                            "feature_profile",
                            need("feature", Kind.TEXT),
                            may("filters", Kind.FILTERS)),
                    offer(
                            "distribution",
                            need("feature", Kind.TEXT),
                            may("segment", Kind.SEGMENT_OR_ALL)),
                    offer(
                            "count_customers",
                            need("filters", Kind.FILTERS),
                            may("segment", Kind.SEGMENT_OR_ALL)),
                    offer(
                            "find_quotes",
                            may("about", Kind.TEXT),
                            may("segment", Kind.SEGMENT_OR_ALL),
                            may("limit", Kind.INTEGER),
                            may("tone", "any", "complaint")),
                    offer(
                            "search_customers",
                            need("filters", Kind.FILTERS),
                            may("segment", Kind.SEGMENT_OR_ALL),
                            may("limit", Kind.INTEGER),
                            may("by", Kind.TEXT),
                            may("order", "highest", "lowest")),
                    offer("get_customer", need("customer", Kind.TEXT)),
                    offer(
                            "similar",
                            need("customer", Kind.TEXT),
                            may("limit", Kind.INTEGER),
                            may("within", "segment", "all")),
                    offer(
                            "trend",
                            need("measure", "events", "value", "texts", "rating"),
                            may("segment", Kind.SEGMENT_OR_ALL)),
                    offer("get_drivers", may("target", Kind.TEXT)),
                    offer("predict", may("customer", Kind.TEXT), may("target", Kind.TEXT)),
                    offer(
                            "assign_customers",
                            may("text", Kind.WRITING),
                            may("profile", Kind.FILTERS)),
                    offer(
                            "what_if",
                            may("segments", Kind.INTEGER),
                            may("block", "text", "behaviour", "profile"),
                            may("customer", Kind.TEXT),
                            may("measure", "orders", "spend"),
                            may("change", "half", "double", "triple")),
                    offer("get_brief", need("segment", Kind.SEGMENT)),
                    offer(
                            "make_brief",
                            need("segment", Kind.SEGMENT),
                            new Param("goal", Kind.CHOICE, false, BriefTools.GOALS),
                            may("channel", Kind.TEXT)),
                    offer("get_run_quality"),
                    offer("show_on_map", may("segment", Kind.SEGMENT_OR_ALL)));

    public static Optional<Tool> tool(String name) {
        return TOOLS.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /**
     * @param language of what is said of the tools
     */
    static List<ToolSpecification> specifications(Language language) {
        var texts = new ToolTexts(language);
        return TOOLS.stream().map(tool -> specification(tool, texts)).toList();
    }

    private static ToolSpecification specification(Tool tool, ToolTexts texts) {
        var schema = JsonObjectSchema.builder();
        var required = new ArrayList<String>();
        for (Param p : tool.params()) {
            if (p.required()) required.add(p.name());
            String told = texts.argument(tool.name(), p.name());
            switch (p.kind()) {
                case INTEGER -> schema.addIntegerProperty(p.name(), told);
                case CHOICE -> schema.addEnumProperty(p.name(), p.choices(), told);
                case FILTERS -> schema.addProperty(p.name(), filters(told, texts));
                default -> schema.addStringProperty(p.name(), told);
            }
        }
        return ToolSpecification.builder()
                .name(tool.name())
                .description(texts.tool(tool.name()))
                .parameters(schema.required(required).additionalProperties(false).build())
                .build();
    }

    private static JsonSchemaElement filters(String told, ToolTexts texts) {
        return JsonArraySchema.builder()
                .description(told)
                .items(
                        JsonObjectSchema.builder()
                                .addStringProperty("field", texts.argument("filter", "field"))
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
     * @return what is wrong; empty if the call may run
     */
    static Optional<Message> problem(Tool tool, JsonNode args, int segments) {
        if (!args.isObject()) return refused("object");
        Map<String, Param> known = new LinkedHashMap<>();
        for (Param p : tool.params()) known.put(p.name(), p);
        for (Iterator<String> names = args.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.containsKey(name)) return refused("no_argument");
        }
        for (Param p : tool.params()) {
            JsonNode value = args.path(p.name());
            if (value.isMissingNode() || value.isNull()) {
                if (p.required()) return refused("missing", "name", p.name());
                continue;
            }
            Optional<Message> problem = problem(p, value, segments);
            if (problem.isPresent()) return problem;
        }
        return Optional.empty();
    }

    private static Optional<Message> problem(Param p, JsonNode value, int segments) {
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
        return switch (p.kind()) {
            case SEGMENT -> refused("segment", "name", p.name(), "last", "seg_" + segments);
            case SEGMENT_OR_ALL ->
                    refused("segment_or_all", "name", p.name(), "last", "seg_" + segments);
            case TEXT -> refused("text", "name", p.name(), "most", MOST_CHARACTERS);
            case WRITING -> refused("writing", "name", p.name(), "most", LONGEST_WRITING);
            case INTEGER -> refused("integer", "name", p.name());
            case CHOICE ->
                    refused("one_of", "name", p.name(), "choices", String.join(", ", p.choices()));
            case FILTERS -> refused("filters", "name", p.name());
        };
    }

    private static Optional<Message> refused(String key, Object... pairs) {
        return Optional.of(Message.of("chat.refused." + key, pairs));
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
