package dev.coterie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the demo projects from a temporary folder that is gone afterwards. */
@Command(name = "demo", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class DemoCommand implements Callable<Integer> {
    private final Supplier<Services> services;

    @Option(names = "--port", paramLabel = "PORT")
    private Integer port;

    DemoCommand(Supplier<Services> services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        try (Services all = services.get()) {
            Path folder = Files.createTempDirectory("coterie-demo");
            all.serve(
                    port == null ? OptionalInt.empty() : OptionalInt.of(port),
                    Optional.of(folder),
                    true,
                    () -> TemporaryFolder.delete(folder));
        }
        return ExitCode.DONE;
    }
}
