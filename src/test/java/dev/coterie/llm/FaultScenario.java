package dev.coterie.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One scenario of {@code faults.json} in its first variant, for one purpose.
 *
 * @param variant values of the first variant; an empty object if there is none
 */
record FaultScenario(JsonNode json, JsonNode variant, String purpose) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final JsonNode FILE = read();

    private static JsonNode read() {
        try (var in = FaultScenario.class.getResourceAsStream("/llm/faults.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every scenario for each purpose that the product has. */
    static Stream<FaultScenario> all() {
        return StreamSupport.stream(FILE.path("scenarios").spliterator(), false)
                .flatMap(
                        s ->
                                Stream.of("naming", "brief", "chat")
                                        .filter(p -> has(s.path("applies_to"), p))
                                        .map(p -> new FaultScenario(s, first(s), p)));
    }

    private static JsonNode first(JsonNode scenario) {
        JsonNode variant = scenario.path("variants").path(0);
        return variant.isMissingNode() ? JSON.createObjectNode() : variant;
    }

    static boolean has(JsonNode list, String text) {
        for (JsonNode each : list) if (each.asText().equals(text)) return true;
        return false;
    }

    String id() {
        return json.path("id").asText();
    }

    JsonNode expected() {
        return json.path("expected");
    }

    String endState() {
        String name = variant.path("name").asText("");
        JsonNode own = expected().path("by_variant").path(name).path("end_state");
        return own.asText(expected().path("end_state").asText());
    }

    String asked() {
        return variant.path("asked").asText("en");
    }

    double deadlineSeconds() {
        return expected().path("deadline_s").path(purpose).asDouble();
    }

    int maxCalls() {
        return expected().path("max_http_calls").asInt();
    }

    /** The steps with the variant's values and placeholders filled in. */
    List<JsonNode> how(String canaryOrigin, String key, double factor) {
        var steps = new ArrayList<JsonNode>();
        for (JsonNode step : json.path("how")) {
            String date =
                    ZonedDateTime.now(ZoneOffset.UTC)
                            .plusSeconds(2) // 5 s would be longer than the shortened longest wait
                            .format(DateTimeFormatter.RFC_1123_DATE_TIME);
            String text =
                    resolved(step)
                            .toString()
                            .replace("<<canary_origin>>", canaryOrigin)
                            .replace("<<api_key>>", key)
                            .replace("<<http_date_plus_5s>>", date);
            try {
                JsonNode whole = JSON.readTree(text);
                if (whole.path("headers") instanceof ObjectNode headers) hurry(headers, factor);
                steps.add(whole);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return steps;
    }

    private static void hurry(ObjectNode headers, double factor) {
        String wait = headers.path("Retry-After").asText("");
        if (wait.matches("\\d+")) {
            headers.put("Retry-After", String.valueOf(Integer.parseInt(wait) * factor));
        }
    }

    private JsonNode resolved(JsonNode node) {
        if (node.isTextual()) {
            String text = node.asText();
            for (var each : variant.properties()) {
                String name = "$" + each.getKey();
                if (text.equals(name)) return resolved(each.getValue());
                if (each.getValue().isValueNode()) {
                    text = text.replace(name, each.getValue().asText());
                }
            }
            return JSON.getNodeFactory().textNode(text);
        }
        if (node.isArray()) {
            var out = JSON.createArrayNode();
            node.forEach(n -> out.add(resolved(n)));
            return out;
        }
        if (node.isObject()) {
            var out = JSON.createObjectNode();
            node.properties().forEach(e -> out.set(e.getKey(), resolved(e.getValue())));
            return out;
        }
        return node;
    }

    Optional<JsonNode> step(List<JsonNode> how, String op) {
        return how.stream().filter(s -> s.path("op").asText().equals(op)).findFirst();
    }

    /** Texts of the provider that nobody may see. */
    List<String> providerTexts(List<JsonNode> how) {
        var out = new ArrayList<String>();
        for (JsonNode step : how) {
            String message = step.path("json").path("error").path("message").asText("");
            if (!message.isEmpty()) out.add(message);
            if (step.path("op").asText().equals("reply")
                    && step.path("text").asText().length() > 8) {
                out.add("Please sign in");
            }
        }
        return out;
    }

    @Override
    public String toString() {
        return id() + " " + purpose + ": " + json.path("title").asText();
    }
}
