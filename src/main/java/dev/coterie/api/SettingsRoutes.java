package dev.coterie.api;

import dev.coterie.error.ConflictException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.llm.ModelChoice;
import dev.coterie.llm.Preview;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which language model is asked: chosen among the addresses of the configuration, tested, and what
 * it would be sent. Keys stand in the configuration only and are never shown.
 */
final class SettingsRoutes {
    private final Workspace workspace;
    private final Readers readers;
    private final Optional<ConfiguredModel> model;
    private final String provider;

    SettingsRoutes(
            Workspace workspace,
            Readers readers,
            Optional<ConfiguredModel> model,
            String provider) {
        this.workspace = workspace;
        this.readers = readers;
        this.model = model;
        this.provider = provider;
    }

    void add(RoutesConfig routes, Idempotency idempotency) {
        routes.get("/api/v1/settings", this::get);
        routes.patch("/api/v1/settings", this::change);
        routes.post("/api/v1/settings/llm:test", idempotency.once(this::test));
        routes.get("/api/v1/runs/{r}/model-preview", this::preview);
    }

    private void get(Context ctx) {
        Call.answer(ctx, 200, view(Call.language(ctx)));
    }

    private Map<String, Object> view(Language language) {
        return Body.of(
                "llm",
                Body.of(
                        "configured",
                        model.isPresent(),
                        "provider",
                        provider,
                        "addresses",
                        model.map(ConfiguredModel::addresses).orElse(List.of()),
                        "address",
                        model.map(m -> m.choice().address()),
                        "model",
                        model.map(m -> m.choice().model()),
                        "closed",
                        model.flatMap(ConfiguredModel::closedBecause).map(m -> m.in(language))));
    }

    /**
     * @param address one of those offered; absent: stays
     * @param model name; absent: stays
     */
    record Llm(String address, String model) {}

    record Change(Llm llm) {}

    private void change(Context ctx) {
        var asked = Call.body(ctx, Change.class, Call.SMALL_BODY);
        if (asked.llm() == null) throw Call.missing("llm");
        ConfiguredModel chosen = configured();
        ModelChoice before = chosen.choice();
        var choice =
                new ModelChoice(
                        Optional.ofNullable(asked.llm().address()).orElse(before.address()).strip(),
                        Optional.ofNullable(asked.llm().model()).orElse(before.model()).strip());
        chosen.choose(choice);
        workspace.settings().choose(choice);
        get(ctx);
    }

    private void test(Context ctx) {
        Call.noFields(ctx);
        ConfiguredModel.Test test = configured().test();
        Call.answer(
                ctx,
                200,
                Body.of(
                        "works",
                        test.works(),
                        "millis",
                        test.millis(),
                        "sample",
                        test.sample().isEmpty() ? null : test.sample(),
                        "problem",
                        test.problem().map(p -> p.in(Call.language(ctx)))));
    }

    private ConfiguredModel configured() {
        return model.orElseThrow(() -> new ConflictException(Message.of("api.no_language_model")));
    }

    private void preview(Context ctx) {
        Reader reader = readers.ofRun(ctx, ctx.pathParam("r"));
        String purpose =
                Call.oneOf(Call.query(ctx, "purpose").orElse(null), "?purpose", "naming", "brief");
        List<Preview.Sent> sent =
                purpose.equals("naming")
                        ? workspace.previews().naming(reader.finished())
                        : workspace.previews().brief(reader.finished(), 1, reader.language());
        Call.answer(
                ctx,
                200,
                Body.of(
                        "run",
                        reader.finished().run().id(),
                        "requests",
                        sent.stream()
                                .map(s -> Body.of("texts", s.texts(), "request", s.request()))
                                .toList()));
    }
}
