package dev.coterie.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.coterie.language.Language;

/**
 * The OpenAPI 3.1 document of the API, put together from {@code document.yaml}, which names the
 * parts, the parts themselves, one a tag, and {@code errors.yaml}.
 */
public final class ApiReference {
    private ApiReference() {}

    /**
     * The whole document. Beside what OpenAPI knows, {@code x-errors} lists every code with its
     * text, {@code x-codes} the codes of an answer, and {@code x-events} the schema of the data of
     * each event of a stream.
     *
     * @param version of the program
     */
    public static ObjectNode document(String version, Language language) {
        ErrorCatalog errors = ErrorCatalog.read();
        ObjectNode document = Parts.read("document").deepCopy();
        document.withObject("/info").put("version", version);
        JsonNode parts = document.remove("parts");
        JsonNode answers = document.remove("answers");
        ArrayNode tags = document.putArray("tags");
        ObjectNode paths = document.putObject("paths");
        ObjectNode components = document.withObject("/components");
        ObjectNode schemas = Parts.object();
        add(schemas, components.path("schemas"));
        for (JsonNode name : parts) {
            JsonNode part = Parts.read(name.asText());
            String tag = name.asText();
            tags.addObject()
                    .put("name", tag)
                    .put("x-displayName", part.path("title").asText())
                    .put("description", part.path("description").asText());
            paths.setAll(
                    new OperationNotation(errors, language, answers, tag, part)
                            .paths(part.path("paths")));
            add(schemas, part.path("schemas"));
        }
        components.set("schemas", schemas);
        document.set("x-errors", errors.json(language));
        return (ObjectNode) Parts.in(document, language);
    }

    private static void add(ObjectNode schemas, JsonNode written) {
        written.properties()
                .forEach(
                        schema -> {
                            if (schemas.has(schema.getKey()))
                                throw new IllegalStateException("two schemas " + schema.getKey());
                            schemas.set(schema.getKey(), SchemaNotation.expand(schema.getValue()));
                        });
    }
}
