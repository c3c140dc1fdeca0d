package dev.coterie.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs commands as people type them, with the services of one data folder. */
final class Terminal implements AutoCloseable {
    private final Locale locale = Locale.getDefault();
    private final SharedServices services;

    Terminal(Path data) {
        services = new SharedServices(data);
    }

    /** What a command ended with and wrote to both outputs. */
    record Outcome(int exit, String out, String err) {
        String said() {
            return out + err;
        }

        List<String> lines() {
            return out.lines().toList();
        }
    }

    /**
     * @param language of the terminal
     */
    Outcome run(String language, List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream output = System.out;
        PrintStream errors = System.err;
        int exit;
        try (var toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                var toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(toOut);
            System.setErr(toErr);
            exit =
                    CoterieCommand.run(
                            arguments.toArray(String[]::new),
                            Map.of("COTERIE_LANG", language),
                            () -> services);
        } finally {
            System.setOut(output);
            System.setErr(errors);
        }
        return new Outcome(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        services.end();
        Locale.setDefault(locale);
    }
}
