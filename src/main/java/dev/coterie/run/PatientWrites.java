package dev.coterie.run;

import dev.coterie.error.StorageException;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes that work at hand depends on, such as its end: on a full disk they are tried again until
 * there is room, so that nothing stays at work for ever.
 */
final class PatientWrites {
    private static final Logger log = LoggerFactory.getLogger(PatientWrites.class);
    private static final int PAUSE_SECONDS = 2;

    private final Database database;
    private final BooleanSupplier closing;

    /**
     * @param closing true once the server stops; what is not written then is taken up at the next
     *     start
     */
    PatientWrites(Database database, BooleanSupplier closing) {
        this.database = database;
        this.closing = closing;
    }

    /**
     * @param what is written, for the log
     * @return empty if the server stopped before it could be written
     */
    <T> Optional<T> write(String what, Function<Transaction, T> work) {
        while (!closing.getAsBoolean()) {
            try {
                return Optional.of(database.write(work));
            } catch (StorageException e) {
                log.warn("{} cannot be written yet: {}", what, e.code());
                if (!pause()) return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** As {@link #write}, without an answer. */
    void change(String what, Consumer<Transaction> work) {
        write(
                what,
                t -> {
                    work.accept(t);
                    return true;
                });
    }

    private static boolean pause() {
        try {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
