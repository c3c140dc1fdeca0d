package dev.coterie.cli;

import dev.coterie.config.Config;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.llm.LanguageModel;
import dev.coterie.run.SegmentationRun;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** What the commands need, made when first asked for. */
public interface Services extends AutoCloseable {
    Config config();

    EncoderCatalog encoders();

    Embedder embedder();

    SegmentationRun segmentationRun();

    /** The configured one, if one is. */
    Optional<LanguageModel> languageModel();

    /**
     * Starts the server and returns when it was stopped.
     *
     * @param port listens there instead of the configured port
     * @param data folder instead of the configured one
     * @param demo makes the demo projects in a new data folder
     * @param afterwards done when everything is closed, also when the program is told to end
     */
    void serve(OptionalInt port, Optional<Path> data, boolean demo, Runnable afterwards);

    @Override
    void close();
}
