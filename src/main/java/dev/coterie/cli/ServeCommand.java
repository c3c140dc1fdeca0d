package dev.coterie.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class ServeCommand implements Callable<Integer> {
    private final Supplier<Services> services;

    @Option(names = "--port", paramLabel = "PORT")
    private Integer port;

    @Option(names = "--data", paramLabel = "DIR")
    private Path data;

    @Option(names = "--no-demo")
    private boolean noDemo;

    ServeCommand(Supplier<Services> services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        try (Services all = services.get()) {
            all.serve(
                    port == null ? OptionalInt.empty() : OptionalInt.of(port),
                    Optional.ofNullable(data),
                    !noDemo,
                    () -> {});
        }
        return ExitCode.DONE;
    }
}
