package dev.coterie.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Builds the JSON of answers: keys in order, absent values as null, no NaN. */
final class Body {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Body() {}

    /**
     * @param pairs keys and values in turn
     */
    static Map<String, Object> of(Object... pairs) {
        if (pairs.length % 2 != 0) throw new IllegalArgumentException("keys and values in turn");
        var body = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            body.put((String) pairs[i], value(pairs[i + 1]));
        }
        return body;
    }

    private static Object value(Object value) {
        if (value instanceof Optional<?> o) return o.map(Body::value).orElse(null);
        if (value instanceof OptionalInt o) return o.isPresent() ? o.getAsInt() : null;
        if (value instanceof OptionalLong o) return o.isPresent() ? o.getAsLong() : null;
        if (value instanceof OptionalDouble o) return o.isPresent() ? value(o.getAsDouble()) : null;
        if (value instanceof Double d) return Double.isFinite(d) ? d : null;
        return value;
    }

    static String json(Object body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer must be JSON", e);
        }
    }

    /** Stored JSON as a tree, to stand within an answer. */
    static Object tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON must be JSON", e);
        }
    }
}
