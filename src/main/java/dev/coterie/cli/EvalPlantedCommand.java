package dev.coterie.cli;

import dev.coterie.error.InvalidInputException;
import dev.coterie.eval.FamilySummary;
import dev.coterie.eval.PlantedBenchmark;
import dev.coterie.eval.PlantedData;
import dev.coterie.eval.PlantedFamily;
import dev.coterie.eval.PlantedGenerator;
import dev.coterie.eval.PlantedOutcome;
import dev.coterie.invent.CsvFile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Balance;
import dev.coterie.segment.Algorithm;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "planted", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class EvalPlantedCommand implements Callable<Integer> {
    private static final int MOST_SEEDS = 100;

    private final Supplier<Services> services;
    private final Language terminal;

    @Option(names = "--families", paramLabel = "A,B|all", defaultValue = "all")
    private String families;

    @Option(names = "--seeds", paramLabel = "NUMBER", defaultValue = "3", descriptionKey = "seeds")
    private int seeds;

    @Option(
            names = "--k",
            paramLabel = "true|auto",
            defaultValue = "true",
            descriptionKey = "true-k")
    private String k;

    @Option(
            names = "--algorithm",
            paramLabel = "auto|mixture|kmeans|spherical|hdbscan",
            defaultValue = "auto")
    private String algorithm;

    @Option(
            names = "--balance",
            paramLabel = "BLOCK=NUMBER,…",
            converter = BalanceOption.class,
            defaultValue = "auto")
    private Balance balance;

    @Option(names = "--out", paramLabel = "FILE.json", descriptionKey = "out-json")
    private Path out;

    @Option(names = "--export", paramLabel = "DIR")
    private Path export;

    @Option(names = "--quiet")
    private boolean quiet;

    EvalPlantedCommand(Supplier<Services> services, Language terminal) {
        this.services = services;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        checkSeeds(seeds);
        if (!k.equals("true") && !k.equals("auto")) {
            throw new InvalidInputException(Message.of("eval.k_true_or_auto", "k", k));
        }
        var chosen = chosen();
        if (export == null) evaluate(chosen);
        else export(chosen);
        return ExitCode.DONE;
    }

    /**
     * @throws InvalidInputException if there are none or too many
     */
    static void checkSeeds(int seeds) {
        if (seeds >= 1 && seeds <= MOST_SEEDS) return;
        throw new InvalidInputException(
                Message.of("eval.seeds_out_of_range", "seeds", seeds, "most", MOST_SEEDS));
    }

    private List<PlantedFamily> chosen() {
        if (families.equals("all")) return PlantedFamily.all();
        return Arrays.stream(families.split(","))
                .map(name -> PlantedFamily.named(name.strip()))
                .distinct()
                .toList();
    }

    private void evaluate(List<PlantedFamily> chosen) throws IOException {
        Path folder = TemporaryFolder.create("coterie-eval");
        var progress = new TerminalProgress(new PrintStream(System.err, true), terminal, quiet);
        var report = new PlantedReport(terminal);
        var generator = new PlantedGenerator();
        var outcomes = new ArrayList<PlantedOutcome>();
        System.out.println(report.header());
        try (Services all = services.get()) {
            var benchmark =
                    new PlantedBenchmark(
                            all.segmentationRun(),
                            folder,
                            k.equals("true"),
                            Algorithm.named(algorithm, null),
                            balance.factors());
            for (PlantedFamily family : chosen) {
                var ofFamily = new ArrayList<PlantedOutcome>();
                for (long seed = 1; seed <= seeds; seed++) {
                    int number = outcomes.size() + ofFamily.size() + 1;
                    progress.benchmark(heading(family, seed, number, chosen.size() * seeds));
                    ofFamily.add(benchmark.evaluate(generator.generate(family, seed), progress));
                }
                outcomes.addAll(ofFamily);
                progress.closeLine();
                // A row at once, so that what is done stays after Ctrl-C.
                System.out.println(report.row(FamilySummary.of(ofFamily)));
            }
        } finally {
            progress.closeLine();
        }
        report.means(outcomes).forEach(System.out::println);
        if (out != null) {
            WholeFile.write(out, file -> PlantedReport.json(outcomes, k, balance, file));
        }
    }

    private static Message heading(PlantedFamily family, long seed, int number, int total) {
        return Message.of(
                "eval.run_of",
                "family",
                family.name(),
                "seed",
                seed,
                "number",
                number,
                "total",
                total);
    }

    private void export(List<PlantedFamily> chosen) {
        var generator = new PlantedGenerator();
        for (PlantedFamily family : chosen) {
            for (long seed = 1; seed <= seeds; seed++) {
                PlantedData data = generator.generate(family, seed);
                Path folder = export.resolve(family.name() + "-" + seed);
                data.files().forEach(file -> write(folder, file));
                write(folder, data.truthFile());
                System.out.println(folder);
            }
        }
    }

    private static void write(Path folder, CsvFile file) {
        WholeFile.write(
                folder.resolve(file.name()),
                bytes -> bytes.write(file.csv().getBytes(StandardCharsets.UTF_8)));
    }
}
