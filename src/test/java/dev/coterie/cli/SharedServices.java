package dev.coterie.cli;

import dev.coterie.collect.Collector;
import dev.coterie.config.Config;
import dev.coterie.config.ConfigReader;
import dev.coterie.describe.WordingCache;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.VectorCache;
import dev.coterie.llm.LanguageModel;
import dev.coterie.prepare.Preparation;
import dev.coterie.run.SegmentationRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The real parts, without a language model; one encoder and one cache for every command. */
final class SharedServices implements Services {
    private final Config config;
    private final EncoderCatalog encoders;
    private final Embedder embedder;

    SharedServices(Path data) {
        config = ConfigReader.read(Map.of("COTERIE_DATA", data.toString()));
        encoders = new EncoderCatalog(config.embedding().models());
        embedder = new Embedder(new VectorCache(data.resolve("vectors.db")), 0);
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public EncoderCatalog encoders() {
        return encoders;
    }

    @Override
    public Embedder embedder() {
        return embedder;
    }

    @Override
    public SegmentationRun segmentationRun() {
        return new SegmentationRun(
                new Collector(config.limits()),
                new Preparation(),
                encoders,
                embedder,
                Optional.empty(),
                WordingCache.NONE);
    }

    @Override
    public Optional<LanguageModel> languageModel() {
        return Optional.empty();
    }

    @Override
    public void serve(OptionalInt port, Optional<Path> data, boolean demo, Runnable afterwards) {
        throw new IllegalStateException("no command of this test serves");
    }

    /** Each command closes its services; these are used by the next one. */
    @Override
    public void close() {}

    void end() {
        embedder.close();
        encoders.close();
    }
}
