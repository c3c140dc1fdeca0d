package dev.coterie.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Schemas as the parts write them, made JSON Schema. What is shorter than JSON Schema:
 *
 * <ul>
 *   <li>{@code $ref: Name} is the schema of that name, and {@code maybe: Name} that or null
 *   <li>{@code listOf: Name} is a list of them, and {@code pageOf: Name} one page of such a list,
 *       beside the properties given
 *   <li>what has properties is an object, and all of them are required unless {@code required}
 *       names those that are, or {@code optional} those that are not
 * </ul>
 */
final class SchemaNotation {
    private static final String SCHEMAS = "#/components/schemas/";

    private SchemaNotation() {}

    static ObjectNode expand(JsonNode written) {
        ObjectNode schema = written.deepCopy();
        if (schema.has("$ref")) reference(schema);
        JsonNode maybe = schema.remove("maybe");
        if (maybe != null) {
            ArrayNode either = schema.putArray("oneOf");
            either.addObject().put("$ref", SCHEMAS + maybe.asText());
            either.addObject().put("type", "null");
        }
        JsonNode listed = schema.remove("listOf");
        if (listed != null) schema.setAll(listOf(listed.asText()));
        JsonNode paged = schema.remove("pageOf");
        if (paged != null) {
            ObjectNode properties = schema.withObjectProperty("properties");
            properties.set("data", listOf(paged.asText()));
            properties.putObject("page").put("$ref", "Page");
        }
        if (schema.has("properties")) object(schema);
        for (String inner : new String[] {"items", "additionalProperties"}) {
            if (schema.path(inner).isObject()) schema.set(inner, expand(schema.get(inner)));
        }
        for (String choice : new String[] {"oneOf", "anyOf", "allOf"}) {
            if (!schema.has(choice) || maybe != null) continue;
            ArrayNode expanded = Parts.list();
            schema.get(choice).forEach(one -> expanded.add(expand(one)));
            schema.set(choice, expanded);
        }
        return schema;
    }

    private static ObjectNode listOf(String name) {
        ObjectNode list = Parts.object().put("type", "array");
        list.putObject("items").put("$ref", SCHEMAS + name);
        return list;
    }

    private static void reference(ObjectNode schema) {
        String name = schema.get("$ref").asText();
        if (!name.startsWith("#")) schema.put("$ref", SCHEMAS + name);
    }

    private static void object(ObjectNode schema) {
        if (!schema.has("type")) schema.put("type", "object");
        ObjectNode properties = schema.withObjectProperty("properties");
        ObjectNode expanded = Parts.object();
        properties.properties().forEach(p -> expanded.set(p.getKey(), expand(p.getValue())));
        schema.set("properties", expanded);
        JsonNode optional = schema.remove("optional");
        if (schema.has("required")) return;
        ArrayNode required = Parts.list();
        expanded.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!names(optional, name)) required.add(name);
                        });
        if (!required.isEmpty()) schema.set("required", required);
    }

    private static boolean names(JsonNode list, String name) {
        if (list == null) return false;
        for (JsonNode item : list) if (item.asText().equals(name)) return true;
        return false;
    }
}
