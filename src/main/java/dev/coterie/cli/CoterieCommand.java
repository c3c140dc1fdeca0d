package dev.coterie.cli;

import dev.coterie.config.Release;
import dev.coterie.error.CoterieException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: without a command it serves, with the demo projects on the first start. */
@Command(name = "coterie", resourceBundle = "messages.help", mixinStandardHelpOptions = true)
public final class CoterieCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(CoterieCommand.class);

    private final Supplier<Services> services;

    private CoterieCommand(Supplier<Services> services) {
        this.services = services;
    }

    /**
     * Runs one command line.
     *
     * @param services made only when a command needs them
     * @return the exit code
     */
    public static int run(
            String[] arguments, Map<String, String> environment, Supplier<Services> services) {
        Language language = language(environment);
        Locale.setDefault(language.locale());
        var program =
                new CommandLine(new CoterieCommand(services))
                        .addSubcommand(new SegmentCommand(services, language))
                        .addSubcommand(new TrainCommand(services, language))
                        .addSubcommand(new ScoreCommand(services, language))
                        .addSubcommand(new EmbedCommand(services))
                        .addSubcommand(new ServeCommand(services))
                        .addSubcommand(new DemoCommand(services))
                        .addSubcommand("eval", EvalCommand.line(services, language))
                        .addSubcommand(new DoctorCommand(services, language))
                        .setExecutionExceptionHandler(
                                (e, line, parsed) -> report(e, line, asked(line, language)))
                        .setCaseInsensitiveEnumValuesAllowed(true);
        setVersion(program);
        return program.execute(arguments);
    }

    /** Every command has --version, and all tell the same. */
    private static void setVersion(CommandLine line) {
        line.getCommandSpec().version("coterie " + Release.VERSION);
        line.getSubcommands().values().forEach(CoterieCommand::setVersion);
    }

    /** {@code COTERIE_LANG}, else the language of the terminal. */
    private static Language language(Map<String, String> environment) {
        return Language.of(
                Optional.ofNullable(environment.get("COTERIE_LANG"))
                        .or(() -> Optional.ofNullable(environment.get("LC_ALL")))
                        .or(() -> Optional.ofNullable(environment.get("LANG")))
                        .orElse("en"));
    }

    /** The language that the command was asked to speak, else that of the terminal. */
    private static Language asked(CommandLine line, Language terminal) {
        String tag = line.getParseResult().matchedOptionValue("--lang", "");
        return Language.spoken(tag).orElse(terminal);
    }

    private static int report(Exception e, CommandLine line, Language language) {
        if (e instanceof CoterieException ours) {
            line.getErr().println(ours.message().in(language));
            return ExitCode.of(ours);
        }
        log.error("the command failed", e);
        line.getErr().println(Message.of("cli.unexpected").in(language));
        return ExitCode.FAILED;
    }

    @Override
    public Integer call() {
        try (Services all = services.get()) {
            all.serve(OptionalInt.empty(), Optional.empty(), true, () -> {});
        }
        return ExitCode.DONE;
    }
}
