package dev.coterie.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.coterie.config.Nearest;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LimitException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What every route does with its request and its answer. */
final class Call {
    private static final ObjectMapper STRICT = mapper(true);
    private static final ObjectMapper LENIENT = mapper(false);

    private Call() {}

    private static ObjectMapper mapper(boolean strict) {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }

    static Language language(Context ctx) {
        return Language.ofHeader(ctx.header("Accept-Language"));
    }

    /**
     * The language that a body asks for.
     *
     * @param tag the body's {@code language}
     * @param otherwise if there is none
     */
    static Language language(String tag, Language otherwise) {
        if (tag == null) return otherwise;
        return Language.spoken(tag).orElseGet(() -> Language.of(oneOf(tag, "/language", TAGS)));
    }

    /**
     * The files of a form.
     *
     * @throws InvalidInputException if the body is no form; its cause is what the container said
     */
    static List<UploadedFile> files(Context ctx) {
        try {
            return ctx.uploadedFiles();
        } catch (Exception e) {
            // Javalin throws the container's checked exceptions undeclared.
            throw new InvalidInputException(Message.of("api.not_multipart"), e);
        }
    }

    static void answer(Context ctx, int status, Object body) {
        ctx.status(status)
                .header("Vary", "Accept-Language")
                .contentType("application/json; charset=utf-8")
                .result(Body.json(body).getBytes(StandardCharsets.UTF_8));
    }

    static Optional<String> query(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name)).filter(value -> !value.isBlank());
    }

    /** The entity tag that the caller has seen; none if any will do. */
    static Optional<String> ifMatch(Context ctx) {
        return Optional.ofNullable(ctx.header("If-Match"))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty() && !tag.equals("*"));
    }

    /** The body of at most {@code longest} bytes, read while counting. */
    static byte[] bytes(Context ctx, long longest) {
        if (ctx.req().getContentLengthLong() > longest) {
            throw tooLarge(longest, ctx.req().getContentLengthLong());
        }
        byte[] known = ctx.attribute("body");
        if (known != null) return known;
        try {
            byte[] read =
                    ctx.req().getInputStream().readNBytes((int) Math.min(longest + 1, 1 << 30));
            if (read.length > longest) throw tooLarge(longest, read.length);
            ctx.attribute("body", read);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LimitException tooLarge(long limit, long found) {
        return new LimitException(
                Message.of("api.payload_too_large", "limit", limit, "found", found));
    }

    /**
     * The JSON body as a record.
     *
     * @throws InvalidInputException naming the field that is unknown or wrong by its pointer
     */
    static <T> T body(Context ctx, Class<T> type, long longest) {
        return parse(bytes(ctx, longest), type, STRICT);
    }

    /** As {@link #body}, for the routes whose callers may send more fields than are known. */
    static <T> T lenientBody(Context ctx, Class<T> type, long longest) {
        return parse(bytes(ctx, longest), type, LENIENT);
    }

    static final long SMALL_BODY = 1 << 20;

    private static final String[] TAGS =
            Arrays.stream(Language.values()).map(Language::tag).toArray(String[]::new);

    private static <T> T parse(byte[] bytes, Class<T> type, ObjectMapper mapper) {
        byte[] json = bytes.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : bytes;
        try {
            T value = mapper.readValue(json, type);
            if (value == null) throw new InvalidInputException(Message.of("api.not_an_object"));
            return value;
        } catch (UnrecognizedPropertyException e) {
            List<String> known =
                    e.getKnownPropertyIds() == null
                            ? List.of()
                            : e.getKnownPropertyIds().stream().map(String::valueOf).toList();
            throw new InvalidInputException(
                    Message.of(
                            "api.unknown_field",
                            "field",
                            e.getPropertyName(),
                            "nearest",
                            Nearest.of(e.getPropertyName(), known)),
                    pointer(e.getPath()),
                    e);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof InvalidInputException cause) throw cause;
            throw new InvalidInputException(
                    Message.of("api.invalid_value", "pointer", pointer(e.getPath())),
                    pointer(e.getPath()),
                    e);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new InvalidInputException(
                    Message.of(
                            "api.invalid_json",
                            "line",
                            at == null ? 1 : at.getLineNr(),
                            "column",
                            at == null ? 1 : at.getColumnNr()),
                    "",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Any JSON value of the body, for requests whose shape depends on their content. */
    static JsonNode tree(Context ctx, long longest) {
        return parse(bytes(ctx, longest), JsonNode.class, LENIENT);
    }

    private static String pointer(List<JsonMappingException.Reference> path) {
        var pointer = new StringBuilder();
        for (var step : path) {
            String name =
                    step.getFieldName() != null
                            ? step.getFieldName()
                            : Integer.toString(step.getIndex());
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    static InvalidInputException missing(String field) {
        return new InvalidInputException(
                Message.of("api.missing_field", "field", field), "/" + field, null);
    }

    /**
     * One of the words that a field may have.
     *
     * @param value as it was sent; absent: the first word
     */
    static String oneOf(String value, String pointer, String... words) {
        if (value == null) return words[0];
        if (Arrays.asList(words).contains(value)) return value;
        throw new InvalidInputException(
                Message.of(
                        "api.invalid_value", "pointer", pointer, "words", String.join(", ", words)),
                pointer,
                null);
    }

    static InvalidInputException wrong(String pointer) {
        return new InvalidInputException(
                Message.of("api.invalid_value", "pointer", pointer, "words", "unknown"),
                pointer,
                null);
    }
}
