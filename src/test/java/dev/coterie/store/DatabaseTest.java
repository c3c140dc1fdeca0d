package dev.coterie.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.NotFoundException;
import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir Path folder;

    private static void put(Database database, String name, String value) {
        database.change(
                t -> t.change("insert into setting (name, value) values (?, ?)", name, value));
    }

    private static long value(Database database, String sql) {
        return database.write(t -> t.count(sql));
    }

    private static long count(Database database) {
        return database.read(
                t -> t.count("select count(*) as n from setting where name like 'k%'"));
    }

    @Test
    void eachStartRaisesTheEpoch() {
        long first;
        try (var database = Database.open(folder)) {
            first = database.epoch();
        }
        try (var database = Database.open(folder)) {
            assertEquals(first + 1, database.epoch());
        }
    }

    @Test
    void everyConnectionIsDurableAndChecksItsReferences() {
        try (var database = Database.open(folder)) {
            assertEquals(2, value(database, "select synchronous as n from pragma_synchronous"));
            assertEquals(1, value(database, "select foreign_keys as n from pragma_foreign_keys"));
            assertEquals(
                    "wal",
                    database.read(
                            t ->
                                    t.first(
                                                    "select journal_mode as m from"
                                                            + " pragma_journal_mode",
                                                    row -> row.text("m"))
                                            .orElseThrow()));
        }
    }

    /** The cache size belongs to a connection: a new one has another. */
    @Test
    void aReaderIsKeptAfterARefusalAndReplacedAfterAFaultOfTheLedger() {
        try (var database = Database.open(folder)) {
            database.read(t -> t.change("pragma cache_size = 777"));
            assertThrows(NotFoundException.class, () -> database.read(t -> refuse(t)));
            assertEquals(777, cacheSize(database));
            put(database, "k1", "1");
            assertEquals(1, count(database), "the refused read does not hold an old view");

            assertThrows(StorageException.class, () -> database.read(t -> fail(t)));
            assertNotEquals(777, cacheSize(database));
        }
    }

    private static long refuse(Transaction t) {
        t.count("select count(*) as n from setting");
        throw new NotFoundException(Message.of("run.not_found"));
    }

    private static long fail(Transaction t) {
        t.count("select count(*) as n from setting");
        throw new StorageException(Message.of("store.storage_failed"));
    }

    private static long cacheSize(Database database) {
        return database.read(t -> t.count("select cache_size as n from pragma_cache_size"));
    }

    @Test
    void aSecondOpenerIsRefused() {
        try (var database = Database.open(folder)) {
            var e = assertThrows(StorageException.class, () -> Database.open(folder));
            assertEquals("folder_in_use", e.code());
            assertTrue(e.getMessage().contains("COTERIE_DATA"));
            assertEquals(0, count(database));
        }
    }

    @Test
    void aNewerFolderIsRefusedWithAMessage() throws Exception {
        Database.open(folder).close();
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("coterie.db"));
                var statement = connection.createStatement()) {
            statement.execute("pragma user_version = 4000");
        }
        var e = assertThrows(StorageException.class, () -> Database.open(folder));
        assertEquals("newer", e.code());
        // The refusal must not keep the folder locked.
        assertThrows(StorageException.class, () -> Database.open(folder));
    }

    @Test
    void aFailedWriteLeavesNothingBehind() {
        try (var database = Database.open(folder)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            database.change(
                                    t -> {
                                        t.change(
                                                "insert into setting (name, value) values ('k1',"
                                                        + " 'v')");
                                        throw new IllegalArgumentException("on purpose");
                                    }));
            assertEquals(0, count(database));
            put(database, "k2", "v");
            assertEquals(1, count(database));
        }
    }

    @Test
    void aFullDiskIsSaidAndNothingIsLostOrHalfWritten() {
        try (var database = Database.open(folder)) {
            put(database, "k0", "before");
            long pages =
                    database.write(t -> t.count("select page_count as n from pragma_page_count"));
            database.change(
                    t ->
                            t.list(
                                    "pragma max_page_count = " + (pages + 2),
                                    row -> row.number("max_page_count")));
            String large = "x".repeat(20_000);
            var e = assertThrows(StorageException.class, () -> writeTwo(database, large));
            assertEquals("storage_full", e.code());
            assertEquals(1, count(database), "readable, and without half a transaction");
            // The connection was replaced: the limit is gone with it, and transactions are whole.
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            database.change(
                                    t -> {
                                        t.change(
                                                "insert into setting (name, value) values ('k8',"
                                                        + " 'v')");
                                        throw new IllegalArgumentException("on purpose");
                                    }));
            assertEquals(1, count(database));
            writeTwo(database, large);
            assertEquals(3, count(database));
        }
    }

    private static void writeTwo(Database database, String large) {
        database.change(
                t -> {
                    t.change("insert into setting (name, value) values ('k1', ?)", large);
                    t.change("insert into setting (name, value) values ('k2', ?)", large);
                });
    }

    @Test
    void writersDoNotLoseEachOthersUpdates() throws Exception {
        try (var database = Database.open(folder)) {
            put(database, "k", "0");
            var pool = Executors.newFixedThreadPool(8);
            var go = new CountDownLatch(1);
            var futures =
                    IntStream.range(0, 8)
                            .<Future<?>>mapToObj(
                                    i ->
                                            pool.submit(
                                                    () -> {
                                                        go.await();
                                                        for (int n = 0; n < 25; n++)
                                                            raise(database);
                                                        return null;
                                                    }))
                            .toList();
            go.countDown();
            for (Future<?> future : futures) future.get();
            pool.shutdown();
            assertEquals(200, value(database, "select value as n from setting where name = 'k'"));
        }
    }

    private static void raise(Database database) {
        database.change(
                t -> {
                    long value = t.count("select value as n from setting where name = 'k'");
                    t.change(
                            "update setting set value = ? where name = 'k'",
                            Long.toString(value + 1));
                });
    }
}
