package dev.coterie.cli;

import dev.coterie.collect.RawColumn;
import dev.coterie.collect.TableReader;
import dev.coterie.error.InvalidInputException;
import dev.coterie.eval.TextBenchmark;
import dev.coterie.eval.TextBenchmark.Method;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "text", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class EvalTextCommand implements Callable<Integer> {
    private final Supplier<Services> services;
    private final Language terminal;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Option(names = "--column", paramLabel = "TEXT", required = true)
    private String column;

    @Option(names = "--label", paramLabel = "LABEL", required = true)
    private String label;

    @Option(names = "--leave-out", paramLabel = "VALUE")
    private List<String> leftOut = List.of();

    @Option(names = "--k", paramLabel = "NUMBER", descriptionKey = "label-k")
    private Integer k;

    @Option(names = "--seeds", paramLabel = "NUMBER", defaultValue = "3", descriptionKey = "seeds")
    private int seeds;

    @Option(names = "--model", paramLabel = "NAME")
    private String model;

    @Option(names = "--quiet")
    private boolean quiet;

    EvalTextCommand(Supplier<Services> services, Language terminal) {
        this.services = services;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        EvalPlantedCommand.checkSeeds(seeds);
        var progress = new TerminalProgress(new PrintStream(System.err, true), terminal, quiet);
        try (Services all = services.get()) {
            progress.begin(Stage.CLEAN);
            var table =
                    new TableReader(all.config().limits())
                            .read(file, file.getFileName().toString(), progress);
            RawColumn textCells = TableColumn.of(table, column);
            RawColumn labelCells = TableColumn.of(table, label);
            var texts = new ArrayList<String>();
            var labels = new ArrayList<String>();
            for (int row = 0; row < table.rows(); row++) {
                String name = labelCells.cell(row).strip();
                if (textCells.cell(row).isBlank() || name.isEmpty()) continue;
                if (leftOut.contains(name)) continue;
                texts.add(textCells.cell(row));
                labels.add(name);
            }
            if (texts.isEmpty()) {
                throw new InvalidInputException(
                        Message.of("eval.no_labelled_text", "column", column, "label", label));
            }
            var benchmark =
                    new TextBenchmark(
                            all.segmentationRun(),
                            TemporaryFolder.create("coterie-eval"),
                            Optional.ofNullable(model));
            print(
                    benchmark.evaluate(
                            texts,
                            labels,
                            k == null ? OptionalInt.empty() : OptionalInt.of(k),
                            seeds,
                            progress),
                    progress);
            return table.rejects().isEmpty() ? ExitCode.DONE : ExitCode.DONE_WITH_REJECTS;
        } finally {
            progress.closeLine();
        }
    }

    private void print(TextBenchmark.Outcome outcome, TerminalProgress progress) {
        progress.closeLine();
        System.out.println(
                say(
                        "eval.text_summary",
                        "texts",
                        outcome.texts(),
                        "labels",
                        outcome.labels(),
                        "k",
                        outcome.k(),
                        "seeds",
                        seeds));
        var table =
                new TextTable()
                        .column(say("eval.column_method"), 20)
                        .column(say("eval.column_nmi"), 6)
                        .column(say("eval.column_ari"), 6)
                        .column(say("eval.column_accuracy"), 6)
                        .column(say("eval.column_seconds"), 7);
        System.out.println(table.header());
        System.out.println(table.row(row("eval.plain", outcome.plain())));
        System.out.println(table.row(row("eval.product", outcome.product())));
    }

    private String say(String key, Object... pairs) {
        return Message.of(key, pairs).in(terminal);
    }

    private List<String> row(String key, Method method) {
        var scores = method.scores();
        return List.of(
                say(key),
                percent(scores.mutualInformation()),
                percent(scores.adjustedRand()),
                percent(scores.accuracy()),
                String.format(Locale.ROOT, "%.2f", method.seconds()));
    }

    /** Literature gives these figures in percent. */
    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }
}
