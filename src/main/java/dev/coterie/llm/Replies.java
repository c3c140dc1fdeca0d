package dev.coterie.llm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what models send around the text that was asked for: thoughts, fences, refusals. */
public final class Replies {
    private static final ObjectMapper STRICT =
            JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
    private static final ObjectMapper LENIENT =
            JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .build();
    private static final Pattern THOUGHT =
            Pattern.compile("(?is)<(think|thinking|reasoning)>.*?(</\\1>|$)");
    private static final Pattern REFUSAL =
            Pattern.compile(
                    "(?i)^(?:[\"'“]?(?:i['’]?m|i am)? ?(?:really |very )?sorry\\b[^.]{0,60}"
                            + "(?:can['’]?t|cannot|can not|unable|won['’]?t)"
                            + "|i (?:can['’]?t|cannot|can not|won['’]?t|am unable to|am not able to)"
                            + " (?:help|assist|comply|do|write|provide|answer|create|continue)"
                            + "|as an? (?:ai|language model)\\b"
                            + "|(?:很?抱歉|对不起|不好意思)[^。]{0,20}(?:无法|不能|没法)"
                            + "|(?:我|作为[^，,。]{0,12}[，,])(?:无法|不能)(?:协助|提供|完成|帮助|回答))");
    private static final int LONGEST_REFUSAL = 600;
    private static final int PLACES = 20;

    private Replies() {}

    /** The reply without thoughts; a thought without an end hides the rest. */
    public static String spoken(String reply) {
        return reply == null ? "" : THOUGHT.matcher(reply).replaceAll(" ").strip();
    }

    /** True if the model says that it will not do it. A quotation of such words is no refusal. */
    public static boolean refuses(String spoken) {
        boolean short_ = spoken.length() <= LONGEST_REFUSAL;
        return short_ && !spoken.contains("{{") && REFUSAL.matcher(spoken).find();
    }

    /**
     * The first whole object of a reply that may fence it, lead up to it or go on after it. It is
     * read strictly, then once more with single quotes, comments and trailing commas allowed.
     */
    public static Optional<JsonNode> object(String spoken) {
        Optional<JsonNode> found = object(spoken, STRICT);
        return found.isPresent() ? found : object(spoken, LENIENT);
    }

    private static Optional<JsonNode> object(String text, ObjectMapper mapper) {
        int start = text.indexOf('{');
        for (int i = 0; i < PLACES && start >= 0; i++) {
            // An object of which only a part could be read must not give way to an inner one.
            boolean reference = text.startsWith("{{", start);
            if (!reference) return first(text.substring(start), mapper);
            start = text.indexOf('{', start + 2);
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> first(String text, ObjectMapper mapper) {
        try (JsonParser parser = mapper.createParser(text)) {
            JsonNode node = mapper.readTree(parser);
            return Optional.ofNullable(node).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
