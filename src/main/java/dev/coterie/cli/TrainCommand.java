package dev.coterie.cli;

import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.predict.Forecast;
import dev.coterie.predict.ForecastFiles;
import dev.coterie.predict.ForecastTrainer;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.run.RunSettings;
import dev.coterie.run.Stage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "train", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class TrainCommand implements Callable<Integer> {
    private final Supplier<Services> services;
    private final Language language;

    @Parameters(arity = "1..*", paramLabel = "FILE")
    private List<Path> files;

    @Option(names = "--target", paramLabel = "COLUMN", required = true)
    private String target;

    @Option(
            names = "--role",
            paramLabel = "[FILE:]COLUMN=ROLE[:FORMAT]",
            converter = RoleOption.class)
    private List<RoleChoice> roles = List.of();

    @Option(names = "--model", paramLabel = "NAME")
    private String model;

    @Option(names = "--seed", paramLabel = "NUMBER", defaultValue = "42")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "coterie-model")
    private Path out;

    @Option(names = "--quiet")
    private boolean quiet;

    TrainCommand(Supplier<Services> services, Language language) {
        this.services = services;
        this.language = language;
    }

    @Override
    public Integer call() {
        var progress = new TerminalProgress(new PrintStream(System.err, true), language, quiet);
        var choices = new ArrayList<>(roles);
        choices.add(new RoleChoice(Optional.empty(), target, Role.TARGET, Optional.empty()));
        var settings =
                new RunSettings(
                        choices,
                        OptionalInt.empty(),
                        Map.of(),
                        Optional.ofNullable(model),
                        Optional.empty(),
                        language,
                        seed);
        WholeFile.checkFolder(out);
        try (Services all = services.get()) {
            var read =
                    all.segmentationRun()
                            .embed(
                                    files.stream().map(SegmentCommand::source).toList(),
                                    settings,
                                    progress);
            progress.begin(Stage.FORECASTS);
            Forecast forecast =
                    new ForecastTrainer(seed)
                            .train(
                                    read.prepared().customers(),
                                    read.embeddings(),
                                    column(read.prepared().customers().targets()),
                                    progress);
            progress.closeLine();
            ForecastFiles.save(forecast, out);
            TrainedRoles.of(read.collected()).save(out);
            print(forecast, read.prepared().customers().customers());
            return read.rejects() == 0 ? ExitCode.DONE : ExitCode.DONE_WITH_REJECTS;
        } finally {
            progress.closeLine();
        }
    }

    private TargetColumn column(List<TargetColumn> targets) {
        return targets.stream()
                .filter(t -> t.name().equals(target))
                .findFirst()
                .orElseThrow(
                        () ->
                                new NotFoundException(
                                        Message.of(
                                                "cli.target_missing",
                                                "target",
                                                target,
                                                "columns",
                                                targets.stream()
                                                        .map(TargetColumn::name)
                                                        .collect(Collectors.joining(", ")))));
    }

    private void print(Forecast forecast, int rows) {
        var card = forecast.card();
        card.classFigures()
                .ifPresent(
                        f -> {
                            metric("AUC", f.auc(), f.baseline().auc());
                            metric("accuracy", f.accuracy(), f.baseline().accuracy());
                            metric("F1", f.f1(), f.baseline().f1());
                            metric("Brier", f.brier(), f.baseline().brier());
                        });
        card.numberFigures()
                .ifPresent(
                        f -> {
                            metric("R2", f.r2(), f.baseline().r2());
                            metric("RMSE", f.rmse(), f.baseline().rmse());
                            metric("MAE", f.mae(), f.baseline().mae());
                        });
        System.out.println(
                Message.of("cli.trained", "rows", rows, "path", out.toString()).in(language));
    }

    private void metric(String name, double value, double baseline) {
        System.out.println(
                Message.of("cli.metric", "name", name, "value", value, "baseline", baseline)
                        .in(language));
    }
}
