package dev.coterie.api;

import dev.coterie.brief.Channel;
import dev.coterie.brief.Goal;
import dev.coterie.collect.Role;
import dev.coterie.config.Config;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.language.Language;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this server is and allows: {@code /info}, {@code /health}, {@code /ready}. */
final class InfoRoutes {
    private final Config config;
    private final Optional<ConfiguredModel> model;
    private final Workspace workspace;
    private final EncoderCatalog encoders;
    private final Program program;
    private final Clock clock;
    private final boolean keyless;

    InfoRoutes(
            Config config,
            Optional<ConfiguredModel> model,
            Workspace workspace,
            EncoderCatalog encoders,
            Program program,
            Clock clock,
            boolean keyless) {
        this.config = config;
        this.model = model;
        this.workspace = workspace;
        this.encoders = encoders;
        this.program = program;
        this.clock = clock;
        this.keyless = keyless;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v1/info", this::info);
        routes.get("/health", ctx -> Call.answer(ctx, 200, Map.of("status", "ok")));
        routes.get("/ready", this::ready);
    }

    private void ready(Context ctx) {
        boolean ready = workspace.ready();
        Call.answer(ctx, ready ? 200 : 503, Map.of("status", ready ? "ready" : "starting"));
    }

    private void info(Context ctx) {
        // RFC 8631: where programs and people find what the API can do.
        ctx.header(
                "Link",
                "<%s>; rel=\"service-desc\"; type=\"application/json\", </docs>;"
                                .formatted(ReferenceRoutes.ADDRESS)
                        + " rel=\"service-doc\"; type=\"text/html\"");
        Call.answer(
                ctx,
                200,
                Body.of(
                        "name",
                        "Coterie",
                        "version",
                        program.version(),
                        "time",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                        "languages",
                        Arrays.stream(Language.values()).map(Language::tag).toList(),
                        "keyless",
                        keyless,
                        "models",
                        models(),
                        "writer",
                        writer(),
                        "limits",
                        limits(),
                        "roles",
                        Arrays.stream(Role.values()).map(Role::word).toList(),
                        "goals",
                        Goal.words(),
                        "channels",
                        Channel.words(),
                        "disk",
                        Body.of("free_bytes", workspace.freeBytes())));
    }

    private List<Map<String, Object>> models() {
        return encoders.cards().stream()
                .map(
                        card ->
                                Body.of(
                                        "name",
                                        card.name(),
                                        "aliases",
                                        card.aliases(),
                                        "dimensions",
                                        card.dimensions(),
                                        "max_tokens",
                                        card.maxTokens(),
                                        "language",
                                        card.language(),
                                        "licence",
                                        card.licence()))
                .toList();
    }

    private Map<String, Object> writer() {
        boolean configured = config.llm().configured();
        return Body.of(
                "configured",
                configured,
                "model",
                model.map(m -> m.choice().model()).orElse(configured ? config.llm().model() : null),
                "state",
                configured ? "llm" : "builtin",
                "price",
                model.map(ConfiguredModel::price)
                        .orElse(config.llm().price())
                        .filter(p -> configured)
                        .map(
                                p ->
                                        Body.of(
                                                "input",
                                                p.input(),
                                                "output",
                                                p.output(),
                                                "currency",
                                                p.currency())));
    }

    private Map<String, Object> limits() {
        var limits = config.limits();
        return Body.of(
                "request_bytes",
                limits.requestBytes(),
                "columns",
                limits.columns(),
                "row_bytes",
                limits.rowBytes(),
                "cell_bytes",
                limits.cellBytes(),
                "customers_per_call",
                limits.customersPerCall(),
                "texts_per_call",
                limits.textsPerCall(),
                "embedding_bytes",
                limits.embeddingBytes(),
                "uploads_at_once",
                limits.uploadsAtOnce(),
                "small_count",
                config.privacy().smallCount());
    }
}
