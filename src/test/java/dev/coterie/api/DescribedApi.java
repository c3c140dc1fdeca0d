package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.coterie.language.Language;
import dev.coterie.reference.ApiReference;
import dev.coterie.reference.ErrorCatalog;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The API as its description tells it. Its schemas are closed here: they allow more fields to
 * clients, but a field that the description does not tell of is a fault.
 */
final class DescribedApi {
    static final DescribedApi INSTANCE = new DescribedApi();
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param json as the document has it
     */
    record Operation(String method, String path, JsonNode json) {
        private boolean at(String asked) {
            String pattern = path.replaceAll("\\{\\w+}", "[^/:]+");
            return Pattern.matches(pattern, asked);
        }

        String id() {
            return json.path("operationId").asText();
        }

        /** Without the names of its parameters, which handlers abbreviate. */
        String shape() {
            return DescribedApi.shape(method, path);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    final ObjectNode document = ApiReference.document("test", Language.ENGLISH);
    final ErrorCatalog errors = ErrorCatalog.read();
    final List<Operation> operations = new ArrayList<>();
    private final ObjectNode closed = document.deepCopy();
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder ->
                            builder.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    private DescribedApi() {
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                String verb = method.getKey().toUpperCase(Locale.ROOT);
                operations.add(new Operation(verb, path.getKey(), method.getValue()));
            }
        }
        close(closed.path("components").path("schemas"));
    }

    private static void close(JsonNode node) {
        boolean open = node.has("properties") && !node.has("additionalProperties");
        if (open && node.path("properties").isObject() && node.path("type").isTextual()) {
            ((ObjectNode) node).put("additionalProperties", false);
        }
        node.forEach(DescribedApi::close);
    }

    Optional<Operation> operation(String method, String path) {
        return operations.stream()
                .filter(o -> o.method().equals(method) && o.at(path))
                // A word in the address is meant before what could stand in its place.
                .min(Comparator.comparingInt(o -> o.path().split("\\{").length));
    }

    static String shape(String method, String path) {
        return method + " " + path.replaceAll("\\{\\w+}", "{}");
    }

    /**
     * @param path as a handler is registered for it
     */
    Optional<Operation> registered(String method, String path) {
        String shape = shape(method, path);
        return operations.stream().filter(o -> o.shape().equals(shape)).findFirst();
    }

    /** Fails unless the description tells of the answer. */
    void check(HttpResponse<String> answer) {
        String method = answer.request().method();
        String path = answer.request().uri().getRawPath();
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        if (type.equals("application/problem+json")) checkCode(answer);
        Optional<Operation> found = operation(method, path);
        if (found.isEmpty()) return;
        JsonNode told = found.get().json().path("responses").path("" + answer.statusCode());
        String what = found.get() + " " + answer.statusCode() + ": ";
        assertTrue(!told.isMissingNode(), () -> what + "not described: " + answer.body());
        if (answer.body().isEmpty()) return;
        if (told.has("x-codes")) listed(what, told.path("x-codes"), json(answer.body()));
        JsonNode content = told.path("content").path(type);
        assertTrue(!content.isMissingNode(), () -> what + "no answer of type " + type);
        switch (type) {
            case "application/json", "application/problem+json" ->
                    valid(what, content.path("schema"), json(answer.body()));
            case "text/event-stream" -> events(what, found.get(), answer.body());
            default -> {}
        }
    }

    /** An error of an operation is one of those that its description names. */
    private static void listed(String what, JsonNode codes, JsonNode error) {
        JsonNode code = error.has("code") ? error.path("code") : error.at("/error/code");
        for (JsonNode each : codes) if (each.equals(code)) return;
        fail(what + code + " is not among " + codes);
    }

    private void checkCode(HttpResponse<String> answer) {
        JsonNode problem = json(answer.body());
        String code = problem.path("code").asText();
        assertTrue(errors.has(code, answer.statusCode()), () -> "no such error: " + answer.body());
        assertEquals("/docs/errors#" + code, problem.path("type").asText());
    }

    private void events(String what, Operation operation, String body) {
        JsonNode told = operation.json().path("x-events");
        for (String frame : body.split("\n\n")) {
            var lines = frame.lines().toList();
            if (lines.size() < 3) continue;
            String event = lines.get(1).replaceFirst("^event: ", "");
            String data =
                    String.join(
                            "\n",
                            lines.stream()
                                    .filter(l -> l.startsWith("data: "))
                                    .map(l -> l.substring(6))
                                    .toList());
            assertTrue(told.has(event), () -> what + "no event " + event);
            valid(what + event + " ", told.path(event), json(data));
        }
    }

    /**
     * @param schema as the document has it, mostly a reference
     */
    void valid(String what, JsonNode schema, JsonNode value) {
        List<Error> found = schemas.computeIfAbsent(schema, this::compiled).validate(value);
        if (found.isEmpty()) return;
        fail(what + String.join("\n", found.stream().limit(8).map(Error::toString).toList()));
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", closed.path("components"));
        return registry.getSchema(whole);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }
}
