package dev.coterie.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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
import dev.coterie.error.RefusedException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What every route does with its request and its answer. */
final class Call {
    private static final ObjectMapper STRICT = mapper(true);
    private static final ObjectMapper LENIENT = mapper(false);

    private static final Duration DISCARDING = Duration.ofSeconds(2);

    private Call() {}

    private static ObjectMapper mapper(boolean strict) {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
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

    /** The form of the answer that {@code ?format=} asks for; none: the first one. */
    static String format(Context ctx, String... forms) {
        return oneOf(query(ctx, "format").orElse(null), "?format", forms);
    }

    /** The entity tag that the caller has seen; none if any will do. */
    static Optional<String> ifMatch(Context ctx) {
        return Optional.ofNullable(ctx.header("If-Match"))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty() && !tag.equals("*"));
    }

    /** The body of at most {@code longest} bytes, read while counting. */
    static byte[] bytes(Context ctx, long longest) {
        byte[] known = ctx.attribute("body");
        if (known != null) return known;
        try {
            InputStream in = ctx.req().getInputStream();
            long announced = ctx.req().getContentLengthLong();
            if (announced > longest) {
                discard(in);
                throw tooLarge(longest, announced);
            }
            byte[] read = in.readNBytes((int) Math.min(longest + 1, 1 << 30));
            if (read.length > longest) {
                discard(in);
                throw tooLarge(longest, read.length);
            }
            ctx.attribute("body", read);
            return read;
        } catch (IOException e) {
            // The sender went away, or its chunks are none.
            throw new InvalidInputException(Message.of("api.bad_request"), e);
        }
    }

    /**
     * Takes the rest of a body that is too large: a client that is still writing it when the
     * connection closes sees a broken connection and never the answer.
     */
    private static void discard(InputStream in) throws IOException {
        long end = System.nanoTime() + DISCARDING.toNanos();
        byte[] taken = new byte[1 << 16];
        while (System.nanoTime() < end && in.read(taken) >= 0) {}
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
        return parse(json(ctx, longest), type, STRICT);
    }

    private record Nothing() {}

    /** For actions that take no fields: a field that is sent all the same is named and refused. */
    static void noFields(Context ctx) {
        body(ctx, Nothing.class, SMALL_BODY);
    }

    /** As {@link #body}, for the routes whose callers may send more fields than are known. */
    static <T> T lenientBody(Context ctx, Class<T> type, long longest) {
        return parse(json(ctx, longest), type, LENIENT);
    }

    static final long SMALL_BODY = 1 << 20;

    private static final String[] TAGS =
            Arrays.stream(Language.values()).map(Language::tag).toArray(String[]::new);

    private static byte[] json(Context ctx, long longest) {
        byte[] read = bytes(ctx, longest);
        // Forms are for the one route that takes files.
        if (read.length > 0 && ctx.isMultipart()) {
            throw new RefusedException(Message.of("api.unsupported_media_type"));
        }
        return read.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : read;
    }

    private static <T> T parse(byte[] json, Class<T> type, ObjectMapper mapper) {
        try (JsonParser parser = mapper.createParser(json)) {
            T value = mapper.readValue(parser, type);
            if (value == null) throw new InvalidInputException(Message.of("api.not_an_object"));
            if (parser.nextToken() != null) throw invalid(parser.currentTokenLocation(), null);
            return value;
        } catch (UnrecognizedPropertyException e) {
            Collection<Object> known = e.getKnownPropertyIds();
            throw unknown(
                    "api.unknown_field",
                    e.getPropertyName(),
                    known == null ? List.of() : known.stream().map(String::valueOf).toList(),
                    pointer(e.getPath()),
                    e);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof InvalidInputException cause) throw cause;
            if (e.getCause() instanceof InputCoercionException) {
                throw wrong(pointer(e.getPath()), e);
            }
            // What is no JSON is often met in the middle of a field.
            if (e.getCause() instanceof JsonProcessingException cause) throw invalid(cause);
            if (e.getPath().isEmpty()) {
                throw new InvalidInputException(Message.of("api.not_an_object"), e);
            }
            throw wrong(pointer(e.getPath()), e);
        } catch (JsonProcessingException e) {
            throw invalid(e);
        } catch (IOException e) {
            throw invalid(null, e);
        }
    }

    private static InvalidInputException invalid(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return new InvalidInputException(Message.of("api.json_over_limit"), "", e);
        }
        return invalid(e.getLocation(), e);
    }

    private static InvalidInputException invalid(JsonLocation at, IOException cause) {
        return new InvalidInputException(
                Message.of(
                        "api.invalid_json",
                        "line",
                        at == null ? 1 : at.getLineNr(),
                        "column",
                        at == null ? 1 : at.getColumnNr()),
                "",
                cause);
    }

    /**
     * @param key of the message, which names what is unknown and what may have been meant
     */
    static InvalidInputException unknown(
            String key, String name, Collection<String> known, String pointer, Throwable cause) {
        String nearest = known.isEmpty() ? "none" : Nearest.of(name, known);
        return new InvalidInputException(
                Message.of(key, "field", name, "nearest", nearest), pointer, cause);
    }

    /** Any JSON value of the body, for requests whose shape depends on their content. */
    static JsonNode tree(Context ctx, long longest) {
        return parse(json(ctx, longest), JsonNode.class, LENIENT);
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
        return wrong(pointer, null);
    }

    private static InvalidInputException wrong(String pointer, Throwable cause) {
        return new InvalidInputException(
                Message.of("api.invalid_value", "pointer", pointer, "words", "unknown"),
                pointer,
                cause);
    }

    /**
     * A count that the body may give.
     *
     * @param otherwise if it does not
     */
    static int count(Integer value, String pointer, int least, int otherwise) {
        if (value == null) return otherwise;
        if (value < least) throw wrong(pointer);
        return value;
    }
}
