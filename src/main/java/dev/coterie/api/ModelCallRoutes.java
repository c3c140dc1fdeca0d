package dev.coterie.api;

import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.llm.CallRecord;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was sent to the language model, for the person whose data it is: {@code /model-calls}. The
 * latest calls are kept while the server runs; their texts are not written to disk.
 */
final class ModelCallRoutes {
    private final Supplier<List<CallRecord>> calls;

    /**
     * @param calls oldest first
     */
    ModelCallRoutes(Supplier<List<CallRecord>> calls) {
        this.calls = calls;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v1/model-calls", this::list);
        routes.get("/api/v1/model-calls/{number}", this::get);
    }

    private void list(Context ctx) {
        var newest = new ArrayList<>(calls.get());
        Collections.reverse(newest);
        Call.answer(ctx, 200, Page.of(ctx, "model-calls").of(ctx, newest, ModelCallRoutes::view));
    }

    private void get(Context ctx) {
        String number = ctx.pathParam("number");
        CallRecord call =
                calls.get().stream()
                        .filter(c -> String.valueOf(c.number()).equals(number))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new NotFoundException(
                                                Message.of(
                                                        "api.no_such_model_call",
                                                        "number",
                                                        number)));
        Map<String, Object> view = view(call);
        view.put("request", call.request());
        Call.answer(ctx, 200, view);
    }

    private static Map<String, Object> view(CallRecord call) {
        return Body.of(
                "number",
                call.number(),
                "at",
                call.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                "purpose",
                call.purpose().name().toLowerCase(Locale.ROOT),
                "model",
                call.model(),
                "input_tokens",
                call.inputTokens(),
                "output_tokens",
                call.outputTokens(),
                "cost",
                call.cost()
                        .map(
                                amount ->
                                        Body.of(
                                                "amount",
                                                amount,
                                                "currency",
                                                call.price().orElseThrow().currency())),
                "texts",
                call.texts(),
                "tries",
                call.tries(),
                "millis",
                call.millis(),
                "outcome",
                call.outcome());
    }
}
