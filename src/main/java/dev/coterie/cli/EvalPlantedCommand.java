package dev.coterie.cli;

import dev.coterie.error.InvalidInputException;
import dev.coterie.eval.PlantedData;
import dev.coterie.eval.PlantedFamily;
import dev.coterie.eval.PlantedGenerator;
import dev.coterie.invent.CsvFile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "planted", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class EvalPlantedCommand implements Callable<Integer> {
    private final Supplier<Services> services;
    private final Language terminal;

    @Option(names = "--families", paramLabel = "A,B|all", defaultValue = "all")
    private String families;

    @Option(names = "--seeds", paramLabel = "NUMBER", defaultValue = "3")
    private int seeds;

    @Option(names = "--export", paramLabel = "DIR")
    private Path export;

    EvalPlantedCommand(Supplier<Services> services, Language terminal) {
        this.services = services;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (seeds < 1 || seeds > 100) {
            throw new InvalidInputException(Message.of("eval.seeds_out_of_range", "seeds", seeds));
        }
        var generator = new PlantedGenerator();
        for (PlantedFamily family : chosen()) {
            for (long seed = 1; seed <= seeds; seed++) export(generator.generate(family, seed));
        }
        return ExitCode.DONE;
    }

    private List<PlantedFamily> chosen() {
        if (families.equals("all")) return PlantedFamily.all();
        return Arrays.stream(families.split(","))
                .map(name -> PlantedFamily.named(name.strip()))
                .distinct()
                .toList();
    }

    private void export(PlantedData data) {
        Path folder = export.resolve(data.family().name() + "-" + data.seed());
        data.files().forEach(file -> write(folder, file));
        write(folder, data.truthFile());
        System.out.println(folder);
    }

    private static void write(Path folder, CsvFile file) {
        WholeFile.write(
                folder.resolve(file.name()),
                out -> out.write(file.csv().getBytes(StandardCharsets.UTF_8)));
    }
}
