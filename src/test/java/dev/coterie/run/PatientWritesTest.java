package dev.coterie.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientWritesTest {
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
                    new PatientWrites(database, () -> false)
                            .write(
                                    "a test",
                                    t -> {
                                        write(t);
                                        if (tries.getAndIncrement() == 0) throw full();
                                        return settings(t);
                                    });
            assertEquals(Optional.of(1L), written, "the first try left nothing behind");
            assertEquals(2, tries.get());
        }
    }

    @Test
    void aStoppingServerDoesNotWaitForRoom() {
        try (Database database = Database.open(folder)) {
            var closing = new AtomicBoolean();
            new PatientWrites(database, closing::get)
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
}
