package dev.coterie;

import dev.coterie.api.ApiServer;
import dev.coterie.brief.BriefWriter;
import dev.coterie.chat.ChatEncoders;
import dev.coterie.chat.ChatEngine;
import dev.coterie.cli.Services;
import dev.coterie.collect.Collector;
import dev.coterie.config.Config;
import dev.coterie.config.ConfigReader;
import dev.coterie.demo.DemoProjects;
import dev.coterie.describe.WordingCache;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.VectorCache;
import dev.coterie.error.InvalidInputException;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.llm.LanguageModel;
import dev.coterie.llm.ModelChoice;
import dev.coterie.prepare.Preparation;
import dev.coterie.run.FileIntake;
import dev.coterie.run.Scoring;
import dev.coterie.run.SegmentationRun;
import dev.coterie.run.Workspace;
import dev.coterie.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: the one place that calls the constructors. */
final class Wiring implements Services {
    private static final Logger log = LoggerFactory.getLogger(Wiring.class);
    private static final String VECTORS = "vectors.db";

    /** Container runtimes kill after ten seconds; jobs take up to four of these. */
    private static final int SECONDS_TO_STOP = 8;

    private final Config config;
    private EncoderCatalog encoders;
    private Embedder embedder;
    private Optional<ConfiguredModel> languageModel;

    /**
     * @param environment settings, as of {@code System.getenv()}
     * @throws dev.coterie.error.InvalidConfigException naming every setting that is wrong
     */
    Wiring(Map<String, String> environment) {
        this.config = ConfigReader.read(environment);
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public synchronized EncoderCatalog encoders() {
        if (encoders == null) encoders = new EncoderCatalog(config.embedding().models());
        return encoders;
    }

    @Override
    public Embedder embedder() {
        return embedder(config.data());
    }

    private synchronized Embedder embedder(Path data) {
        if (embedder == null) {
            embedder =
                    new Embedder(
                            new VectorCache(data.resolve(VECTORS)), config.embedding().threads());
        }
        return embedder;
    }

    @Override
    public SegmentationRun segmentationRun() {
        return segmentationRun(config.data());
    }

    private SegmentationRun segmentationRun(Path data) {
        return new SegmentationRun(
                new Collector(config.limits()),
                new Preparation(),
                encoders(),
                embedder(data),
                languageModel(),
                WordingCache.NONE);
    }

    /** One for all callers: they share its breaker, its limits and its log of calls. */
    @Override
    public synchronized Optional<LanguageModel> languageModel() {
        if (languageModel == null) languageModel = ConfiguredModel.of(config.llm());
        return languageModel.map(model -> model);
    }

    @Override
    public void serve(OptionalInt port, Optional<Path> folder, boolean demo, Runnable afterwards) {
        Path data = folder.orElse(config.data());
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, stopped), "stop"));
        try (var workspace =
                        new Workspace(
                                Database.open(data),
                                new FileIntake(new Collector(config.limits()), new Preparation()),
                                segmentationRun(data),
                                new BriefWriter(languageModel()),
                                new ChatEngine(
                                        languageModel(),
                                        ChatEncoders.of(encoders()),
                                        config.privacy().smallCount()),
                                new Scoring(encoders(), embedder(data)),
                                config.limits().requestBytes(),
                                Clock.systemUTC());
                var server = server(workspace, port)) {
            workspace.start();
            workspace.settings().model().ifPresent(this::choose);
            server.start();
            System.err.println("Coterie: http://" + config.server().host() + ":" + server.port());
            if (demo) new Thread(() -> withDemo(workspace), "demo").start();
            else workspace.warm();
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            afterwards.run();
            stopped.countDown();
        }
    }

    private static void withDemo(Workspace workspace) {
        new DemoProjects(workspace).create();
        workspace.warm();
    }

    /** A choice that the configuration does not allow any more is left. */
    private void choose(ModelChoice choice) {
        try {
            languageModel.ifPresent(model -> model.choose(choice));
        } catch (InvalidInputException e) {
            log.warn("llm: {} is not among the allowed addresses any more", choice.address());
        }
    }

    private ApiServer server(Workspace workspace, OptionalInt port) {
        var listening = port.isPresent() ? config.withPort(port.getAsInt()) : config;
        return new ApiServer(
                listening,
                new ApiServer.Services(
                        workspace,
                        encoders(),
                        embedder(),
                        Clock.systemUTC(),
                        () -> languageModel.map(ConfiguredModel::calls).orElse(List.of()),
                        languageModel));
    }

    /** Lets {@link #serve} close everything before the JVM goes. */
    private static void end(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (embedder != null) embedder.close();
        if (encoders != null) encoders.close();
        embedder = null;
        encoders = null;
    }
}
