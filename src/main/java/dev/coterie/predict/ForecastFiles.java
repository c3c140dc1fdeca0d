package dev.coterie.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A forecast in a folder: {@code model.json} for programs, {@code card.json} for people. A file is
 * written beside its place and moved there, so that a reader finds the old one or the new one.
 */
public final class ForecastFiles {
    private static final String MODEL = "model.json";
    private static final String CARD = "card.json";
    private static final String FORMAT = "coterie-forecast-1";
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new Jdk8Module())
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    private ForecastFiles() {}

    /** What {@code model.json} holds. */
    private record Stored(String format, ModelCard card, FittedModel model) {}

    /**
     * @param folder made if it does not exist
     * @throws StorageException if it cannot be written
     */
    public static void save(Forecast forecast, Path folder) {
        try {
            Files.createDirectories(folder);
            var stored = new Stored(FORMAT, forecast.card(), forecast.fitted());
            write(folder, MODEL, JSON.writeValueAsBytes(stored));
            byte[] card = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(forecast.card());
            write(folder, CARD, card);
        } catch (IOException e) {
            throw new StorageException(
                    Message.of("predict.not_written", "folder", folder.toString()), e);
        }
    }

    /**
     * @throws NotFoundException if the folder has no model
     * @throws InvalidInputException if its model is damaged or of another version
     */
    public static Forecast load(Path folder) {
        Path file = folder.resolve(MODEL);
        if (!Files.isRegularFile(file)) {
            throw new NotFoundException(
                    Message.of("predict.no_model", "folder", folder.toString()));
        }
        try {
            Stored stored = JSON.readValue(file.toFile(), Stored.class);
            if (!FORMAT.equals(stored.format())
                    || stored.card() == null
                    || stored.model() == null) {
                throw new InvalidInputException(
                        Message.of("predict.damaged_model", "file", file.toString()));
            }
            return new Forecast(stored.card(), stored.model());
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    Message.of("predict.damaged_model", "file", file.toString()), e);
        } catch (IOException e) {
            throw new StorageException(Message.of("predict.not_read", "file", file.toString()), e);
        }
    }

    private static void write(Path folder, String name, byte[] content) throws IOException {
        Path beside = Files.createTempFile(folder, name, ".part");
        try {
            Files.write(beside, content);
            Files.move(
                    beside,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
