package dev.coterie.cli;

import dev.coterie.brief.ReportChanges;
import dev.coterie.collect.RoleChoice;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Balance;
import dev.coterie.run.RunSettings;
import dev.coterie.run.SourceFile;
import dev.coterie.segment.Algorithm;
import dev.coterie.segment.Segmenter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "segment", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class SegmentCommand implements Callable<Integer> {
    private final Supplier<Services> services;
    private final Language terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE")
    private List<Path> files;

    @Option(
            names = "--role",
            paramLabel = "[FILE:]COLUMN=ROLE[:FORMAT]",
            converter = RoleOption.class)
    private List<RoleChoice> roles = List.of();

    @Option(names = "--k", paramLabel = "auto|N", defaultValue = "auto")
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

    @Option(names = "--model", paramLabel = "NAME")
    private String model;

    @Option(
            names = {"--text-language", "--language"},
            paramLabel = "auto|en|zh",
            defaultValue = "auto")
    private String textLanguage;

    @Option(names = "--lang", paramLabel = "en|zh-CN")
    private String lang;

    @Option(names = "--seed", paramLabel = "NUMBER", defaultValue = "42")
    private long seed;

    @Option(names = "--previous", paramLabel = "DIR")
    private Path previous;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "coterie-out")
    private Path out;

    @Option(names = "--quiet")
    private boolean quiet;

    SegmentCommand(Supplier<Services> services, Language terminal) {
        this.services = services;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Language language = lang == null ? terminal : spoken(lang);
        var settings =
                new RunSettings(
                        roles,
                        clusters(),
                        Algorithm.named(algorithm, null),
                        balance.factors(),
                        balance.shares(),
                        Optional.ofNullable(model),
                        textLanguage(),
                        language,
                        seed);
        WholeFile.checkFolder(out);
        var progress = new TerminalProgress(new PrintStream(System.err, true), language, quiet);
        try (Services all = services.get()) {
            // Read before anything is written: the earlier folder may be the new one.
            Optional<PreviousOutput> before =
                    Optional.ofNullable(previous)
                            .map(folder -> PreviousOutput.read(folder, all.config().limits()));
            var outcome =
                    all.segmentationRun()
                            .execute(
                                    files.stream().map(SegmentCommand::source).toList(),
                                    settings,
                                    before.map(PreviousOutput::predecessor),
                                    progress);
            progress.closeLine();
            Optional<ReportChanges> changes =
                    outcome.succession()
                            .map(s -> new ReportChanges(s, before.orElseThrow().names()));
            var output =
                    new SegmentOutput(
                            outcome.analysis(),
                            settings,
                            changes,
                            all.config().privacy().smallCount());
            output.write(out);
            System.out.println(output.summary(out));
            return output.rejects() == 0 ? ExitCode.DONE : ExitCode.DONE_WITH_REJECTS;
        } finally {
            progress.closeLine();
        }
    }

    static SourceFile source(Path file) {
        return new SourceFile(file, file.getFileName().toString());
    }

    private static Language spoken(String tag) {
        return Language.spoken(tag)
                .orElseThrow(
                        () ->
                                new InvalidInputException(
                                        Message.of("cli.unknown_language", "language", tag)));
    }

    private Optional<String> textLanguage() {
        return switch (textLanguage) {
            case "auto" -> Optional.empty();
            case "en", "zh" -> Optional.of(textLanguage);
            case "zh-CN" -> Optional.of("zh");
            default ->
                    throw new InvalidInputException(
                            Message.of("cli.unknown_text_language", "language", textLanguage));
        };
    }

    private OptionalInt clusters() {
        if (k.equals("auto")) return OptionalInt.empty();
        int number;
        try {
            number = Integer.parseInt(k);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(Message.of("cli.k_not_a_number", "k", k), e);
        }
        Segmenter.check(number); // now, not after minutes of embedding
        return OptionalInt.of(number);
    }
}
