package dev.coterie.run;

import dev.coterie.error.StorageException;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes that work at hand depends on, such as its end: on a full disk, and while another program
 * holds the ledger, they are tried again until they can be done, so that nothing stays at work for
 * ever. What waiting does not mend, such as a folder that cannot be written, is told at once.
 */
final class PatientWrites {
    private static final Logger log = LoggerFactory.getLogger(PatientWrites.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Set<String> PASSING = Set.of("storage_full", "busy");

    private final Database database;
    private final BooleanSupplier closing;
    private final Duration pause;

    /**
     * @param closing true once the server stops; what is not written then is taken up at the next
     *     start
     */
    PatientWrites(Database database, BooleanSupplier closing) {
        this(database, closing, PAUSE);
    }

    /**
     * @param pause between two tries
     */
    PatientWrites(Database database, BooleanSupplier closing, Duration pause) {
        this.database = database;
        this.closing = closing;
        this.pause = pause;
    }

    /**
     * @param what is written, for the log
     * @return empty if the server stopped before it could be written
     * @throws StorageException if it cannot be written, and not for want of room or of a turn
     */
    <T> Optional<T> write(String what, Function<Transaction, T> work) {
        while (!closing.getAsBoolean()) {
            try {
                return Optional.of(database.write(work));
            } catch (StorageException e) {
                if (!PASSING.contains(e.code())) throw e;
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

    private boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
