package dev.coterie.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.coterie.language.Language;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Operations as the parts write them, made OpenAPI. What is shorter than OpenAPI:
 *
 * <ul>
 *   <li>{@code id} is the operation's id; the parameters of the path are taken from the shared ones
 *       by their names, and a word in {@code parameters} is a shared one too
 *   <li>{@code request} names the schema of a JSON body and {@code example} is one; {@code once}
 *       says that the operation takes an {@code Idempotency-Key}
 *   <li>{@code answers} gives the schema of the JSON of each status
 *   <li>{@code events} names the events of a stream, listed beside the part's paths, and {@code
 *       header} the schema of the JSON that a binary answer begins with
 *   <li>{@code errors} lists the codes that this operation adds to those of {@code errors.yaml}
 *       that go without saying
 * </ul>
 */
final class OperationNotation {
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");

    private static final List<String> NOTATION =
            List.of(
                    "once",
                    "request",
                    "example",
                    "answers",
                    "responses",
                    "errors",
                    "events",
                    "header");

    private final ErrorCatalog errors;
    private final Language language;
    private final JsonNode answers;
    private final String tag;
    private final JsonNode events;

    /**
     * @param answers what an answer is called, by status
     * @param tag of the part
     * @param part with its paths and events
     */
    OperationNotation(
            ErrorCatalog errors, Language language, JsonNode answers, String tag, JsonNode part) {
        this.errors = errors;
        this.language = language;
        this.answers = answers;
        this.tag = tag;
        this.events = part.path("events");
    }

    /** The operations of a part, by path and method. */
    ObjectNode paths(JsonNode written) {
        ObjectNode paths = Parts.object();
        for (Map.Entry<String, JsonNode> path : written.properties()) {
            ObjectNode item = paths.putObject(path.getKey());
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                item.set(method.getKey(), expand(path.getKey(), method.getValue()));
            }
        }
        return paths;
    }

    private ObjectNode expand(String path, JsonNode written) {
        ObjectNode from = written.deepCopy();
        ObjectNode operation = Parts.object();
        operation.set("operationId", from.remove("id"));
        operation.putArray("tags").add(tag);
        operation.set("summary", from.remove("summary"));
        operation.set("description", from.remove("description"));
        ArrayNode parameters = parameters(path, from);
        if (!parameters.isEmpty()) operation.set("parameters", parameters);
        if (from.has("request")) operation.set("requestBody", json(from));
        if (from.has("requestBody")) operation.set("requestBody", from.remove("requestBody"));
        operation.set("responses", responses(path, from, operation));
        streamed(from, operation);
        from.remove(NOTATION);
        operation.setAll(from);
        return operation;
    }

    /** What an answer holds that OpenAPI 3.1 has no words for. */
    private void streamed(ObjectNode from, ObjectNode operation) {
        if (from.has("header")) {
            operation.putObject("x-header").put("$ref", ref(from.get("header").asText()));
        }
        if (!from.has("events")) return;
        ObjectNode told = operation.putObject("x-events");
        for (Map.Entry<String, JsonNode> event :
                events.get(from.get("events").asText()).properties()) {
            told.putObject(event.getKey()).put("$ref", ref(event.getValue().asText()));
        }
    }

    private static ArrayNode parameters(String path, ObjectNode from) {
        ArrayNode parameters = Parts.list();
        Matcher inPath = IN_PATH.matcher(path);
        while (inPath.find()) shared(parameters, "path." + inPath.group(1));
        JsonNode written = from.remove("parameters");
        if (written != null) {
            for (JsonNode parameter : written) {
                if (parameter.isTextual()) named(parameters, parameter.asText());
                else parameters.add(parameter);
            }
        }
        if (from.path("once").asBoolean()) named(parameters, "Idempotency-Key");
        return parameters;
    }

    /** Headers have capitals, query parameters have none. */
    private static void named(ArrayNode parameters, String name) {
        boolean header = Character.isUpperCase(name.charAt(0));
        shared(parameters, (header ? "header." : "query.") + name);
    }

    private static void shared(ArrayNode parameters, String name) {
        parameters.addObject().put("$ref", "#/components/parameters/" + name);
    }

    private static ObjectNode json(ObjectNode from) {
        ObjectNode body = Parts.object();
        body.put("required", !from.path("example").isMissingNode());
        ObjectNode content = body.putObject("content").putObject("application/json");
        content.putObject("schema").put("$ref", ref(from.get("request").asText()));
        if (from.has("example")) content.set("example", from.get("example"));
        return body;
    }

    private static String ref(String schema) {
        return "#/components/schemas/" + schema;
    }

    private ObjectNode responses(String path, ObjectNode from, ObjectNode operation) {
        ObjectNode responses = Parts.object();
        from.path("answers")
                .properties()
                .forEach(a -> responses.set(a.getKey(), answer(a.getKey(), a.getValue())));
        from.path("responses").properties().forEach(r -> responses.set(r.getKey(), r.getValue()));
        var byStatus = new TreeMap<Integer, List<ErrorCatalog.Entry>>();
        for (String code : codes(path, from, operation)) {
            List<ErrorCatalog.Entry> found = errors.of(code);
            if (found.isEmpty()) throw new IllegalStateException(path + ": no code " + code);
            byStatus.computeIfAbsent(found.get(0).status(), s -> new ArrayList<>())
                    .add(found.get(0));
        }
        byStatus.forEach((status, found) -> responses.set("" + status, problem(path, found)));
        return responses;
    }

    /** A JSON answer; no schema means that there is no body. */
    private ObjectNode answer(String status, JsonNode schema) {
        ObjectNode answer = Parts.object();
        answer.set("description", answers.path(status));
        if (schema.isTextual()) {
            answer.putObject("content")
                    .putObject("application/json")
                    .putObject("schema")
                    .put("$ref", ref(schema.asText()));
        }
        return answer;
    }

    private Iterable<String> codes(String path, ObjectNode from, ObjectNode operation) {
        var codes = new LinkedHashSet<String>();
        boolean guarded = path.startsWith("/api/") || path.startsWith("/v1/");
        from.path("errors").forEach(code -> codes.add(code.asText()));
        codes.addAll(errors.always(guarded ? "all" : "open"));
        boolean strict = path.startsWith("/api/");
        if (strict) codes.addAll(errors.always("api"));
        if (operation.has("requestBody")) codes.addAll(errors.always("body"));
        if (strict && from.has("request")) codes.addAll(errors.always("fields"));
        if (from.path("once").asBoolean()) codes.addAll(errors.always("once"));
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("$ref").asText().endsWith("/query.cursor")) {
                codes.addAll(errors.always("pages"));
            }
        }
        return codes;
    }

    private ObjectNode problem(String path, List<ErrorCatalog.Entry> found) {
        ObjectNode answer = Parts.object();
        var codes = found.stream().map(ErrorCatalog.Entry::code).toList();
        answer.put(
                "description",
                ErrorCatalog.title(found.get(0).status(), language)
                        + ": "
                        + String.join(", ", codes));
        ArrayNode list = answer.putArray("x-codes");
        codes.forEach(list::add);
        boolean openAi = path.startsWith("/v1/");
        answer.putObject("content")
                .putObject(openAi ? "application/json" : "application/problem+json")
                .putObject("schema")
                .put("$ref", ref(openAi ? "OpenAiError" : "Problem"));
        return answer;
    }
}
