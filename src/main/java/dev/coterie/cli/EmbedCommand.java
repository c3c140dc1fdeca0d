package dev.coterie.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.TableReader;
import dev.coterie.embed.Embeddings;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.TextLanguage;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "embed", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class EmbedCommand implements Callable<Integer> {
    private final Supplier<Services> services;

    @Parameters(arity = "0..1", paramLabel = "FILE")
    private Path file;

    @Option(names = "--column", paramLabel = "COLUMN")
    private String column;

    @Option(names = "--text", paramLabel = "TEXT")
    private String text;

    @Option(names = "--model", paramLabel = "NAME")
    private String model;

    @Option(names = "--out", paramLabel = "FILE")
    private Path out;

    EmbedCommand(Supplier<Services> services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        if ((text == null) == (file == null) || file != null && (column == null || out == null)) {
            throw new InvalidInputException(Message.of("cli.embed_usage"));
        }
        try (Services all = services.get()) {
            return text != null ? one(all) : column(all);
        }
    }

    private int one(Services all) throws IOException {
        var encoder = all.encoders().open(name(all.encoders(), List.of(text)));
        System.out.println(
                new ObjectMapper()
                        .writeValueAsString(all.embedder().embedNow(encoder, text).vector()));
        return ExitCode.DONE;
    }

    private int column(Services all) {
        var progress =
                new TerminalProgress(new PrintStream(System.err, true), Language.ENGLISH, false);
        progress.begin(Stage.CLEAN);
        var table =
                new TableReader(all.config().limits())
                        .read(file, file.getFileName().toString(), progress);
        RawColumn cells = TableColumn.of(table, column);
        List<String> texts = IntStream.range(0, cells.rows()).mapToObj(cells::cell).toList();
        progress.begin(Stage.EMBED);
        var encoder = all.encoders().open(name(all.encoders(), texts));
        Embeddings vectors = all.embedder().embed(encoder, texts, progress);
        WholeFile.write(out, stream -> Npy.write(vectors, stream));
        progress.closeLine();
        return table.rejects().isEmpty() ? ExitCode.DONE : ExitCode.DONE_WITH_REJECTS;
    }

    private String name(EncoderCatalog encoders, List<String> texts) {
        return model != null ? model : encoders.forLanguage(TextLanguage.of(texts).main()).name();
    }
}
