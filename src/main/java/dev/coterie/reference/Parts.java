package dev.coterie.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.coterie.language.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The files that the reference is made of. A text in them is English, then Chinese. */
final class Parts {
    /** Stands between the two languages of a text. */
    private static final String BETWEEN = " ｜ ";

    private Parts() {}

    static JsonNode read(String name) {
        try (InputStream in = Parts.class.getResourceAsStream(name + ".yaml")) {
            if (in == null) throw new IllegalStateException("no part " + name);
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("part " + name, e);
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode list() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The same in one language. */
    static JsonNode in(JsonNode node, Language language) {
        if (node.isTextual()) return TextNode.valueOf(text(node.asText(), language));
        if (node.isArray()) {
            ArrayNode list = list();
            node.forEach(item -> list.add(in(item, language)));
            return list;
        }
        if (!node.isObject()) return node;
        ObjectNode object = object();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            object.set(field.getKey(), in(field.getValue(), language));
        }
        return object;
    }

    private static String text(String both, Language language) {
        int at = both.indexOf(BETWEEN);
        if (at < 0) return both;
        if (language != Language.CHINESE) return both.substring(0, at).strip();
        // Where a line was folded there is a blank, which Chinese punctuation needs not.
        return both.substring(at + BETWEEN.length()).replaceAll("(?<=[，。；：、]) ", "").strip();
    }
}
