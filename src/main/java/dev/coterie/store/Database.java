package dev.coterie.store;

import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * The ledger of one data folder. Thread-safe: one writer at a time, readers beside it, each on a
 * consistent view.
 */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final int IDLE_READERS = 8;

    private final Path folder;
    private final FileChannel lock;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ConcurrentLinkedDeque<Connection> readers = new ConcurrentLinkedDeque<>();
    private final ThreadLocal<Consumer<Transaction>> noted = new ThreadLocal<>();
    private Connection writer;
    private long epoch;
    private volatile boolean closed;

    private Database(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens the folder, creating or migrating what is there, and raises its epoch.
     *
     * @throws StorageException {@code folder_in_use} if another server has it, {@code newer} if a
     *     newer program wrote it
     */
    public static Database open(Path folder) {
        FileChannel lock = lock(folder);
        var database = new Database(folder, lock);
        try {
            database.writer = database.connect(false);
            Migrations.apply(database.writer, folder);
            database.epoch = database.write(Database::raiseEpoch);
            return database;
        } catch (SQLException e) {
            database.close();
            throw Failures.of(e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Counts the starts of this folder: a worker of an earlier one may not write any more. */
    public long epoch() {
        return epoch;
    }

    public Path folder() {
        return folder;
    }

    /** Reads on one consistent view. */
    public <T> T read(Function<Transaction, T> work) {
        Connection connection = reader();
        boolean healthy = false;
        try {
            execute(connection, "begin");
            T result = work.apply(new Transaction(connection));
            execute(connection, "commit");
            healthy = true;
            return result;
        } catch (SQLException e) {
            throw Failures.of(e);
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // What the work refused, such as an id that is not there, says nothing of the ledger.
            healthy = rolledBack(connection);
            throw e;
        } finally {
            if (healthy && !closed && readers.size() < IDLE_READERS) readers.push(connection);
            else discard(connection);
        }
    }

    /**
     * Writes all or nothing; what it did is on the disk when it returns.
     *
     * @throws StorageException {@code storage_full} if there is no room; nothing was changed
     */
    public <T> T write(Function<Transaction, T> work) {
        writing.lock();
        try {
            if (closed) throw new StorageException(Message.of("store.storage_failed"));
            if (writer == null) writer = connect(false);
            execute(writer, "begin immediate");
            var transaction = new Transaction(writer);
            T result = work.apply(transaction);
            Consumer<Transaction> note = noted.get();
            if (note != null) note.accept(transaction);
            execute(writer, "commit");
            return result;
        } catch (SQLException e) {
            replaceWriter();
            throw Failures.of(e);
        } catch (RuntimeException | Error e) {
            rollBack(e);
            throw e;
        } finally {
            writing.unlock();
        }
    }

    /** As {@link #write}, for work without a result. */
    public void change(Consumer<Transaction> work) {
        write(
                transaction -> {
                    work.accept(transaction);
                    return true;
                });
    }

    /**
     * Does work during which every transaction that this thread writes carries a note: there is the
     * note if, and only if, there is what was written.
     */
    public <T> T noting(Consumer<Transaction> note, Callable<T> work) throws Exception {
        noted.set(note);
        try {
            return work.call();
        } finally {
            noted.remove();
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            if (writer != null) discard(writer);
            writer = null;
            readers.forEach(Database::discard);
            readers.clear();
            lock.close();
        } catch (IOException e) {
            log.warn("the lock of the data folder was not released", e);
        } finally {
            writing.unlock();
        }
    }

    /**
     * After a full disk SQLite has rolled back by itself while the driver still believes in a
     * transaction; a new connection is the only way back to a known state.
     */
    private void rollBack(Throwable reason) {
        if (writer == null) return;
        if (reason instanceof StorageException) {
            replaceWriter();
            return;
        }
        if (!rolledBack(writer)) replaceWriter();
    }

    private static boolean rolledBack(Connection connection) {
        try {
            execute(connection, "rollback");
            return true;
        } catch (SQLException e) {
            log.debug("a transaction was not rolled back", e);
            return false;
        }
    }

    private void replaceWriter() {
        if (writer != null) discard(writer);
        writer = null;
    }

    private Connection reader() {
        Connection idle = readers.poll();
        try {
            return idle != null ? idle : connect(true);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /** The one place that opens connections: these settings belong to the connection. */
    private Connection connect(boolean readOnly) throws SQLException {
        var settings = new SQLiteConfig();
        settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        settings.setBusyTimeout(5_000);
        settings.enforceForeignKeys(true);
        settings.setJournalSizeLimit(64 << 20);
        Connection connection =
                settings.createConnection("jdbc:sqlite:" + folder.resolve("coterie.db"));
        if (readOnly) execute(connection, "pragma query_only = on");
        return connection;
    }

    private static long raiseEpoch(Transaction transaction) {
        transaction.change("insert or ignore into setting (name, value) values ('epoch', '0')");
        transaction.change(
                "update setting set value = cast(value as integer) + 1 where name = 'epoch'");
        return transaction.count("select value as n from setting where name = 'epoch'");
    }

    private static FileChannel lock(Path folder) {
        FileChannel channel = null;
        try {
            Files.createDirectories(folder);
            channel =
                    FileChannel.open(
                            folder.resolve("coterie.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (channel.tryLock() != null) return channel;
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer as for another one.
        } catch (IOException e) {
            throw new StorageException(
                    Message.of("store.no_folder", "folder", folder.toString()), e);
        }
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("the lock file was not closed", e);
        }
        throw new StorageException(Message.of("store.folder_in_use", "folder", folder.toString()));
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("a connection was not closed", e);
        }
    }
}
