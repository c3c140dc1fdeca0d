package dev.coterie.cli;

import dev.coterie.collect.Collector;
import dev.coterie.collect.CsvGuard;
import dev.coterie.collect.RawTable;
import dev.coterie.collect.RoleChoice;
import dev.coterie.collect.TableReader;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.predict.ForecastFiles;
import dev.coterie.predict.ModelCard;
import dev.coterie.predict.Prediction;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.run.RunSettings;
import dev.coterie.run.SegmentationRun;
import dev.coterie.run.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "score", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class ScoreCommand implements Callable<Integer> {
    private final Supplier<Services> services;
    private final Language language;

    @Parameters(index = "0", paramLabel = "MODEL_DIR")
    private Path model;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE")
    private List<Path> files;

    @Option(
            names = "--role",
            paramLabel = "[FILE:]COLUMN=ROLE[:FORMAT]",
            converter = RoleOption.class)
    private List<RoleChoice> roles = List.of();

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "scores.csv")
    private Path out;

    @Option(names = "--quiet")
    private boolean quiet;

    ScoreCommand(Supplier<Services> services, Language language) {
        this.services = services;
        this.language = language;
    }

    @Override
    public Integer call() {
        var progress = new TerminalProgress(new PrintStream(System.err, true), language, quiet);
        var forecast = ForecastFiles.load(model);
        var trained = TrainedRoles.load(model);
        try (Services all = services.get()) {
            progress.begin(Stage.CLEAN);
            var reader = new TableReader(all.config().limits());
            List<RawTable> tables =
                    files.stream()
                            .map(f -> reader.read(f, f.getFileName().toString(), progress))
                            .toList();
            var choices = new ArrayList<>(trained.forTables(tables));
            choices.addAll(roles);
            var read =
                    all.segmentationRun()
                            .embed(
                                    new Collector(all.config().limits()).link(tables, choices),
                                    settings(forecast.card()),
                                    progress);
            progress.begin(Stage.FORECASTS);
            var predictions = forecast.predict(read.prepared().customers(), read.embeddings());
            WholeFile.write(out, stream -> write(stream, forecast.card(), read, predictions));
            progress.closeLine();
            System.out.println(
                    Message.of("cli.scored", "rows", predictions.size(), "path", out.toString())
                            .in(language));
            return read.rejects() == 0 ? ExitCode.DONE : ExitCode.DONE_WITH_REJECTS;
        } finally {
            progress.closeLine();
        }
    }

    private RunSettings settings(ModelCard card) {
        return new RunSettings(
                List.of(),
                OptionalInt.empty(),
                Map.of(),
                card.encoder(),
                Optional.empty(),
                language,
                card.seed());
    }

    private void write(
            OutputStream stream,
            ModelCard card,
            SegmentationRun.Embedded read,
            List<Prediction> predictions)
            throws IOException {
        CustomerTable customers = read.prepared().customers();
        Writer csv = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        csv.write("id,prediction");
        for (String name : card.classes()) csv.write("," + CsvGuard.cell("p_" + name));
        csv.write(",reasons\n");
        var order =
                IntStream.range(0, predictions.size())
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> customers.lines()[i]))
                        .toList();
        for (int i : order) {
            Prediction one = predictions.get(i);
            csv.write(CsvGuard.cell(customers.ids().get(i)) + "," + CsvGuard.cell(one.text()));
            for (String name : card.classes()) {
                csv.write(
                        String.format(
                                Locale.ROOT, ",%.6f", one.probabilities().getOrDefault(name, 0.0)));
            }
            csv.write("," + CsvGuard.cell(reasons(one)) + "\n");
        }
        csv.flush();
    }

    private String reasons(Prediction prediction) {
        return prediction.reasons().stream()
                .map(
                        r ->
                                r.feature().label().in(language)
                                        + (r.value().isEmpty() ? "" : " " + r.value())
                                        + String.format(Locale.ROOT, " %+.3f", r.effect()))
                .collect(Collectors.joining("; "));
    }
}
