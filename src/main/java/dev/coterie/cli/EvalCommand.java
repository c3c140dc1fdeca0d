package dev.coterie.cli;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks against a known truth; each is a command of its own below this one. */
@Command(name = "eval", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class EvalCommand implements Callable<Integer> {
    private final Language terminal;

    @Spec private CommandSpec spec;

    private EvalCommand(Language terminal) {
        this.terminal = terminal;
    }

    /** The command with its benchmarks. */
    static CommandLine line(Supplier<Services> services, Language terminal) {
        return new CommandLine(new EvalCommand(terminal))
                .addSubcommand(new EvalPlantedCommand(services, terminal))
                .addSubcommand(new EvalTextCommand(services, terminal))
                .addSubcommand(new EvalChatCommand(services, terminal));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), Message.of("eval.which_benchmark").in(terminal));
    }
}
