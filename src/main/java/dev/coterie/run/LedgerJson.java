package dev.coterie.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.coterie.language.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How records stand in the ledger. Messages keep their key and arguments, so that what was said
 * once can be said again in the other language.
 */
final class LedgerJson {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .addModule(
                            new SimpleModule().addDeserializer(Message.class, new MessageReader()))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private LedgerJson() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> java.util.List<T> readList(String json, Class<T> element) {
        try {
            return MAPPER.readValue(
                    json,
                    MAPPER.getTypeFactory().constructCollectionType(java.util.List.class, element));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] pack(Object value) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            MAPPER.writeValue(gzip, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static <T> T unpack(byte[] packed, Class<T> type) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return MAPPER.readValue(gzip, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Arguments that are messages themselves must come back as messages. */
    private static final class MessageReader extends StdDeserializer<Message> {
        private static final long serialVersionUID = 1L;

        MessageReader() {
            super(Message.class);
        }

        @Override
        public Message deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            return message(parser.readValueAsTree());
        }

        private static Message message(JsonNode node) {
            // Earlier versions kept the key alone.
            if (node.isTextual()) {
                // until fallbacks had their reason there were two of them
                return Message.of(
                        node.asText().endsWith("unavailable")
                                ? "describe.fallback.unavailable"
                                : "describe.fallback.rejected");
            }
            var arguments = new LinkedHashMap<String, Object>();
            for (Map.Entry<String, JsonNode> entry : node.path("arguments").properties()) {
                arguments.put(entry.getKey(), argument(entry.getValue()));
            }
            return new Message(node.path("key").asText(), arguments);
        }

        private static Object argument(JsonNode value) {
            if (value.isObject()) return message(value);
            if (value.isIntegralNumber()) return value.longValue();
            if (value.isNumber()) return value.doubleValue();
            if (value.isBoolean()) return value.booleanValue();
            return value.asText();
        }
    }
}
