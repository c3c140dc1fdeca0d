package dev.coterie.cli;

import dev.coterie.config.Config;
import dev.coterie.embed.EncoderCard;
import dev.coterie.error.CoterieException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.LanguageModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** Looks at everything the program needs on this machine and says what is well and what is not. */
@Command(name = "doctor", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class DoctorCommand implements Callable<Integer> {
    private static final long ENOUGH_SPACE = 1L << 30;

    private final Supplier<Services> services;
    private final Language language;
    private boolean well = true;

    DoctorCommand(Supplier<Services> services, Language language) {
        this.services = services;
        this.language = language;
    }

    @Override
    public Integer call() {
        try (Services all = services.get()) {
            Config config = all.config();
            say(
                    Runtime.version().feature() >= 17,
                    "cli.doctor_java",
                    "version",
                    Runtime.version().toString());
            dataFolder(config.data());
            sqlite();
            for (EncoderCard card : all.encoders().cards()) encoder(all, card);
            port(config.server());
            model(all, config);
        }
        return well ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Asks for a word: that a model is configured says little. */
    private void model(Services all, Config config) {
        Optional<LanguageModel> model = all.languageModel();
        if (model.isEmpty()) {
            say(true, "cli.doctor_no_model");
            return;
        }
        Optional<Message> away = model.flatMap(LanguageModel::absence);
        String name = config.llm().model();
        String address = config.llm().baseUrl();
        if (away.isEmpty()) {
            say(true, "cli.doctor_model", "model", name, "address", address);
        } else {
            say(
                    false,
                    "cli.doctor_model_away",
                    "model",
                    name,
                    "address",
                    address,
                    "problem",
                    away.get());
        }
    }

    private void dataFolder(Path data) {
        try {
            Files.createDirectories(data);
            Path probe = Files.createTempFile(data, "doctor", ".tmp");
            Files.delete(probe);
            long free = Files.getFileStore(data).getUsableSpace();
            say(
                    free >= ENOUGH_SPACE,
                    "cli.doctor_data",
                    "path",
                    data.toString(),
                    "free",
                    (double) free / (1L << 30));
        } catch (IOException e) {
            say(false, "cli.doctor_data_unwritable", "path", data.toString());
        }
    }

    private void sqlite() {
        try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                var row = connection.createStatement().executeQuery("SELECT sqlite_version()")) {
            say(true, "cli.doctor_sqlite", "version", row.getString(1));
        } catch (SQLException e) {
            say(false, "cli.doctor_sqlite_missing");
        }
    }

    private void encoder(Services all, EncoderCard card) {
        try {
            long start = System.nanoTime();
            int length =
                    all.encoders()
                            .open(card.name())
                            .encode(card.language().equals("zh") ? "你好" : "hello")
                            .vector()
                            .length;
            say(
                    length == card.dimensions(),
                    "cli.doctor_encoder",
                    "name",
                    card.name(),
                    "millis",
                    (System.nanoTime() - start) / 1_000_000);
        } catch (CoterieException e) {
            say(false, "cli.doctor_problem", "text", e.message());
        }
    }

    private void port(Config.Server server) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(server.host()), server.port()));
            say(true, "cli.doctor_port", "port", String.valueOf(server.port()));
        } catch (IOException e) {
            say(false, "cli.doctor_port_taken", "port", String.valueOf(server.port()));
        }
    }

    private void say(boolean good, String key, Object... arguments) {
        well &= good;
        System.out.println(
                Message.of(
                                good ? "cli.doctor_good" : "cli.doctor_bad",
                                "text",
                                Message.of(key, arguments))
                        .in(language));
    }
}
