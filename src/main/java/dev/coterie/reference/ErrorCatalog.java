package dev.coterie.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.language.MessageTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every code that an error of the API can carry, with its status and its message, which says what
 * happened and the way out.
 */
public final class ErrorCatalog {
    /**
     * @param key of its message
     */
    public record Entry(String code, int status, String key) {
        /** What it says, with {@code ‹name›} where a call's own values stand. */
        String text(Language language) {
            return MessageTemplate.of(key, language);
        }
    }

    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();
    private final JsonNode always;

    private ErrorCatalog(JsonNode file) {
        file.path("codes")
                .properties()
                .forEach(
                        status -> {
                            int number = Integer.parseInt(status.getKey());
                            status.getValue().forEach(key -> add(number, key.asText()));
                        });
        this.always = file.path("always");
    }

    /** Reads {@code errors.yaml}. */
    public static ErrorCatalog read() {
        return new ErrorCatalog(Parts.read("errors"));
    }

    /** A line is the key of a message, or a code and the key of the message that it comes with. */
    private void add(int status, String line) {
        String[] words = line.split(" ");
        String key = words[words.length - 1];
        String code = words.length == 2 ? words[0] : key.substring(key.indexOf('.') + 1);
        var entry = new Entry(code, status, key);
        entries.computeIfAbsent(code, c -> new ArrayList<>()).add(entry);
    }

    /** The errors of a code, one a message; empty if there is no such code. */
    public List<Entry> of(String code) {
        return entries.getOrDefault(code, List.of());
    }

    public boolean has(String code, int status) {
        return of(code).stream().anyMatch(entry -> entry.status() == status);
    }

    /**
     * Codes that every operation of a kind can answer with.
     *
     * @param kind such as {@code all}, {@code body} or {@code once}
     */
    List<String> always(String kind) {
        var codes = new ArrayList<String>();
        always.path(kind).forEach(code -> codes.add(code.asText()));
        return codes;
    }

    /** By status, then as the file has them. */
    ArrayNode json(Language language) {
        ArrayNode list = Parts.list();
        for (List<Entry> same : entries.values()) {
            Entry first = same.get(0);
            var texts = same.stream().map(entry -> entry.text(language)).distinct().toList();
            list.addObject()
                    .put("code", first.code())
                    .put("status", first.status())
                    .put("title", title(first.status(), language))
                    .put("text", String.join("\n", texts));
        }
        return list;
    }

    static String title(int status, Language language) {
        return Message.of("api.title." + status).in(language);
    }
}
