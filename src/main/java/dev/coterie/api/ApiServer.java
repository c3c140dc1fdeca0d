package dev.coterie.api;

import dev.coterie.config.Config;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.error.CoterieException;
import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import dev.coterie.llm.CallRecord;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.run.Workspace;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: the page, the API, and the rules that hold for every request. */
public final class ApiServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
    private static final int MIN_BYTES_PER_SECOND = 1000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Config config;
    private final Services services;
    private final Guard guard;
    private final EventStream streams;
    private final Program program = Program.running();
    private final PageRoutes pages;
    private Javalin javalin;

    /**
     * What the routes call.
     *
     * @param workspace started by the caller, closed by the caller
     * @param modelCalls calls to the language model, oldest first
     */
    public record Services(
            Workspace workspace,
            EncoderCatalog encoders,
            Embedder embedder,
            Clock clock,
            Supplier<List<CallRecord>> modelCalls,
            Optional<ConfiguredModel> model) {
        /** Without a language model. */
        public Services(
                Workspace workspace, EncoderCatalog encoders, Embedder embedder, Clock clock) {
            this(workspace, encoders, embedder, clock, List::of, Optional.empty());
        }
    }

    /**
     * @throws dev.coterie.error.RefusedException if the address is not loopback and no key is set
     */
    public ApiServer(Config config, Services services) {
        this.config = config;
        this.services = services;
        this.guard = new Guard(config.server());
        this.streams = new EventStream(services.workspace().events(), HEARTBEAT);
        this.pages = new PageRoutes(program, config.server().webDir());
    }

    /** Starts to listen. Port 0 takes any free one. */
    public ApiServer start() {
        javalin = Javalin.create(this::configure);
        javalin.start(config.server().host(), config.server().port());
        log.info("listening on http://{}:{}", config.server().host(), port());
        return this;
    }

    public int port() {
        return javalin.port();
    }

    /** Every method and address that a handler is registered for, pages and assets included. */
    List<Endpoint> endpoints() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .toList();
    }

    @Override
    public void close() {
        streams.close();
        if (javalin != null) javalin.stop();
    }

    private void configure(JavalinConfig javalinConfig) {
        javalinConfig.startup.showJavalinBanner = false;
        javalinConfig.startup.showOldJavalinVersionWarning = false;
        javalinConfig.startup.startupWatcherEnabled = false;
        javalinConfig.http.prefer405over404 = true;
        javalinConfig.http.maxRequestSize = config.limits().embeddingBytes();
        javalinConfig.http.asyncTimeout = 0;
        javalinConfig.router.treatMultipleSlashesAsSingleSlash = false;
        jetty(javalinConfig);
        routes(javalinConfig);
    }

    private void jetty(JavalinConfig javalinConfig) {
        long upload = config.limits().requestBytes() + (1 << 20);
        var multipart = javalinConfig.jetty.multipartConfig;
        multipart.cacheDirectory(services.workspace().datasets().temporaryFolder().toString());
        multipart.maxFileSize(upload, SizeUnit.BYTES);
        multipart.maxTotalRequestSize(upload, SizeUnit.BYTES);
        multipart.maxInMemoryFileSize(1, SizeUnit.MB);
        javalinConfig.jetty.modifyHttpConfiguration(
                http -> {
                    http.setSendServerVersion(false);
                    http.setRequestHeaderSize(16 << 10);
                    http.setIdleTimeout(30_000);
                    // A customer id in a path may hold an encoded slash.
                    http.setUriCompliance(
                            UriCompliance.DEFAULT.with(
                                    "ids",
                                    UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                                    UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
                });
        javalinConfig.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        javalinConfig.jetty.modifyServer(
                server -> {
                    server.insertHandler(new MinimumDataRateHandler(MIN_BYTES_PER_SECOND, 0));
                    server.insertHandler(new SecurityHeaders());
                    server.setErrorHandler(new ServerErrors());
                });
    }

    private void routes(JavalinConfig javalinConfig) {
        var routes = javalinConfig.routes;
        var workspace = services.workspace();
        var idempotency = new Idempotency(workspace.answers());
        var counts = new Counts(config.privacy().smallCount());
        var jobView = new JobView(workspace);
        var runView = new RunView(workspace, counts);
        routes.before(this::before);
        routes.beforeMatched(QueryParameters::check);
        new InfoRoutes(
                        config,
                        services.model(),
                        workspace,
                        services.encoders(),
                        program,
                        services.clock(),
                        guard.keyless())
                .add(routes);
        new ModelCallRoutes(services.modelCalls()).add(routes);
        new ProjectRoutes(workspace).add(routes, idempotency);
        new DatasetRoutes(
                        workspace, config.limits().requestBytes(), config.limits().uploadsAtOnce())
                .add(routes, idempotency);
        var readers = new Readers(workspace);
        var comparison = new ComparisonView(workspace, counts);
        new RunRoutes(workspace, runView, comparison, jobView, readers, counts, services.encoders())
                .add(routes, idempotency);
        new JobRoutes(workspace, jobView, streams).add(routes);
        new SegmentRoutes(workspace, readers, counts).add(routes);
        new EvidenceRoutes(workspace, readers, counts).add(routes);
        new MapRoutes(readers, counts).add(routes);
        new ExportRoutes(workspace, readers, counts).add(routes);
        new SettingsRoutes(workspace, readers, services.model(), config.llm().provider())
                .add(routes, idempotency);
        new EditRoutes(workspace, readers, counts).add(routes, idempotency);
        new CustomerRoutes(readers).add(routes);
        new ScoringRoutes(
                        readers,
                        workspace.scoring(),
                        workspace.forecasts(),
                        config.limits().customersPerCall(),
                        config.limits().embeddingBytes())
                .add(routes);
        var briefView = new BriefView(workspace, counts);
        new BriefEdits(workspace, briefView, counts).add(routes, idempotency);
        new BriefRoutes(workspace, briefView, jobView).add(routes, idempotency);
        new ChatRoutes(
                        workspace,
                        new ChatView(workspace, counts),
                        streams,
                        config.llm().chatTimeout().plus(HEARTBEAT))
                .add(routes, idempotency);
        new EmbeddingRoutes(services.encoders(), services.embedder(), config.limits()).add(routes);
        new ReferenceRoutes(program).add(routes);
        pages.add(routes);
        routes.exception(CoterieException.class, ApiServer::expected);
        routes.exception(NotFoundResponse.class, (e, ctx) -> unmatched(ctx));
        routes.exception(HttpResponseException.class, ApiServer::refusedByServer);
        routes.exception(Exception.class, ApiServer::unexpected);
    }

    private void before(Context ctx) {
        ctx.header("X-Request-Id", RequestIds.of(ctx));
        if (ctx.path().startsWith("/api/") || ctx.path().startsWith("/v1/")) {
            ctx.header("Cache-Control", "no-store");
        }
        guard.check(ctx);
    }

    private static void expected(CoterieException e, Context ctx) {
        if (e instanceof StorageException) log.error("{} failed", RequestIds.of(ctx), e);
        Problem.of(e).send(ctx);
    }

    private void unmatched(Context ctx) {
        if (PageRoutes.isPage(ctx)) {
            try {
                pages.page(ctx);
                return;
            } catch (CoterieException e) {
                log.debug("no page in this build");
            }
        }
        new Problem(404, "not_found", Message.of("api.no_such_address", "path", ctx.path()))
                .send(ctx);
    }

    private static void refusedByServer(HttpResponseException e, Context ctx) {
        switch (e.getStatus()) {
            case 405 -> {
                String allowed = e.getDetails().getOrDefault("availableMethods", "");
                ctx.header("Allow", allowed);
                new Problem(
                                405,
                                "method_not_allowed",
                                Message.of("api.method_not_allowed", "methods", allowed))
                        .send(ctx);
            }
            case 413 ->
                    new Problem(413, "payload_too_large", Message.of("api.body_too_large"))
                            .send(ctx);
            default ->
                    new Problem(e.getStatus(), "bad_request", Message.of("api.bad_request"))
                            .send(ctx);
        }
    }

    private static void unexpected(Exception e, Context ctx) {
        log.error("{} {} failed", RequestIds.of(ctx), ctx.method(), e);
        new Problem(500, "internal", Message.of("run.internal")).send(ctx);
    }
}
