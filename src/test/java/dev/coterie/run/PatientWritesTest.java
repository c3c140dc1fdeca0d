package dev.coterie.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientWritesTest {
    private static final Duration NO_PAUSE = Duration.ZERO;

    @TempDir Path folder;

    private static long settings(Transaction t) {
        return t.count("select count(*) as n from setting where name = 'patient'");
    }

    private static void write(Transaction t) {
        t.change("insert into setting (name, value) values ('patient', '1')");
    }

    @Test
    void aWriteThatFindsTheDiskFullIsDoneOnceThereIsRoom() {
        try (Database database = Database.open(folder)) {
            var tries = new AtomicInteger();
            Optional<Long> written =
                    new PatientWrites(database, () -> false, NO_PAUSE)
                            .write(
                                    "a test",
                                    t -> {
                                        write(t);
                                        if (tries.get() < 2) throw passing(tries);
                                        return settings(t);
                                    });
            assertEquals(Optional.of(1L), written, "the first tries left nothing behind");
            assertEquals(2, tries.get(), "the disk was full, then the ledger was held");
        }
    }

    @Test
    void aWriteThatWaitingDoesNotMendFailsAtOnce() {
        try (Database database = Database.open(folder)) {
            var tries = new AtomicInteger();
            var patient = new PatientWrites(database, () -> tries.get() > 3, NO_PAUSE);
            var refused =
                    assertThrows(
                            StorageException.class,
                            () ->
                                    patient.change(
                                            "a test",
                                            t -> {
                                                tries.incrementAndGet();
                                                t.change("pragma query_only = on");
                                                write(t);
                                            }));
            assertEquals("storage_failed", refused.code());
            assertEquals(1, tries.get());
        }
    }

    @Test
    void aStoppingServerDoesNotWaitForRoom() {
        try (Database database = Database.open(folder)) {
            var closing = new AtomicBoolean();
            new PatientWrites(database, closing::get, NO_PAUSE)
                    .change(
                            "a test",
                            t -> {
                                write(t);
                                closing.set(true);
                                throw full();
                            });
            assertEquals(0L, database.<Long>read(PatientWritesTest::settings));
        }
    }

    private static StorageException full() {
        return new StorageException(Message.of("store.storage_full"));
    }

    private static StorageException passing(AtomicInteger tries) {
        return tries.getAndIncrement() == 0
                ? full()
                : new StorageException(Message.of("store.busy"));
    }
}
