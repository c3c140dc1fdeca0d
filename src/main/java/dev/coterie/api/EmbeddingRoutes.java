package dev.coterie.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.config.Config;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.EncoderCard;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.SentenceEncoder;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LimitException;
import dev.coterie.language.Message;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /v1/embeddings} and {@code /v1/models} in the shape that OpenAI's clients speak. */
final class EmbeddingRoutes {
    private final EncoderCatalog encoders;
    private final Embedder embedder;
    private final Config.Limits limits;

    EmbeddingRoutes(EncoderCatalog encoders, Embedder embedder, Config.Limits limits) {
        this.encoders = encoders;
        this.embedder = embedder;
        this.limits = limits;
    }

    void add(RoutesConfig routes) {
        routes.get("/v1/models", this::models);
        routes.get("/v1/models/{m}", this::model);
        routes.post("/v1/embeddings", this::embed);
    }

    /** A model asked for by an alias answers under it, as it stands in the list. */
    private void model(Context ctx) {
        String name = ctx.pathParam("m");
        Map<String, Object> model = model(encoders.card(name));
        model.put("id", name);
        Call.answer(ctx, 200, model);
    }

    private void models(Context ctx) {
        var data = new ArrayList<Map<String, Object>>();
        for (EncoderCard card : encoders.cards()) {
            data.add(model(card));
            for (String alias : card.aliases()) {
                Map<String, Object> named = model(card);
                named.put("id", alias);
                data.add(named);
            }
        }
        Call.answer(ctx, 200, Body.of("object", "list", "data", data));
    }

    private static Map<String, Object> model(EncoderCard card) {
        return Body.of(
                "id",
                card.name(),
                "object",
                "model",
                "created",
                0,
                "owned_by",
                "coterie",
                "dimensions",
                card.dimensions(),
                "max_tokens",
                card.maxTokens());
    }

    /**
     * @param truncate {@code none} refuses a text over the encoder's window, {@code end} cuts it
     */
    record Request(
            String model,
            JsonNode input,
            String encodingFormat,
            Integer dimensions,
            String task,
            String truncate) {}

    private void embed(Context ctx) {
        var asked = Call.lenientBody(ctx, Request.class, limits.embeddingBytes());
        List<String> texts = texts(asked.input());
        EncoderCard card = encoders.card(Optional.ofNullable(asked.model()).orElse("text-default"));
        if (asked.dimensions() != null && asked.dimensions() != card.dimensions()) {
            throw new InvalidInputException(
                    Message.of(
                            "api.dimensions_not_supported",
                            "model",
                            card.name(),
                            "dimensions",
                            card.dimensions()),
                    "/dimensions",
                    null);
        }
        boolean cut = Call.oneOf(asked.truncate(), "/truncate", "none", "end").equals("end");
        boolean floats =
                Call.oneOf(asked.encodingFormat(), "/encoding_format", "float", "base64")
                        .equals("float");
        String task =
                Call.oneOf(
                        asked.task(),
                        "/task",
                        "search_document",
                        "search_query",
                        "clustering",
                        "classification");
        String prefix = task.equals("search_query") ? card.queryPrefix() : "";
        SentenceEncoder encoder = encoders.open(card.name());
        var data = new ArrayList<Map<String, Object>>();
        long tokens = 0;
        for (int i = 0; i < texts.size(); i++) {
            var encoded = embedder.embedNow(encoder, prefix + texts.get(i));
            if (encoded.cut() && !cut) throw tooLong(i, encoded.tokens(), card);
            tokens += Math.min(encoded.tokens(), card.maxTokens());
            Object vector = floats ? encoded.vector() : base64(encoded.vector());
            data.add(Body.of("object", "embedding", "index", i, "embedding", vector));
        }
        Call.answer(
                ctx,
                200,
                Body.of(
                        "object",
                        "list",
                        "model",
                        Optional.ofNullable(asked.model()).orElse(card.name()),
                        "data",
                        data,
                        "usage",
                        Body.of("prompt_tokens", tokens, "total_tokens", tokens)));
    }

    private static LimitException tooLong(int index, int tokens, EncoderCard card) {
        return new LimitException(
                Message.of(
                        "api.text_too_long",
                        "index",
                        index,
                        "tokens",
                        tokens,
                        "limit",
                        card.maxTokens()));
    }

    private List<String> texts(JsonNode input) {
        if (input == null || input.isNull()) throw Call.missing("input");
        if (input.isTextual()) return List.of(checked(input.asText(), 0));
        if (!input.isArray() || input.isEmpty()) throw Call.wrong("/input");
        if (input.get(0).isNumber() || input.get(0).isArray()) {
            throw new InvalidInputException(
                    Message.of("api.token_input_not_supported"), "/input", null);
        }
        if (input.size() > limits.textsPerCall()) {
            throw new LimitException(
                    Message.of(
                            "api.too_many_texts",
                            "limit",
                            limits.textsPerCall(),
                            "found",
                            input.size()));
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < input.size(); i++) {
            if (!input.get(i).isTextual()) throw Call.wrong("/input/" + i);
            texts.add(checked(input.get(i).asText(), i));
        }
        return texts;
    }

    private static String checked(String text, int index) {
        if (text.isBlank()) {
            throw new InvalidInputException(
                    Message.of("api.empty_text", "index", index), "/input", null);
        }
        return text;
    }

    /** Little-endian float32, as OpenAI's own clients ask for. */
    private static String base64(float[] vector) {
        var bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) bytes.putFloat(value);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
