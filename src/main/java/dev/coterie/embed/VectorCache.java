package dev.coterie.embed;

import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Vectors on disk, keyed by SHA-256 of the encoder's checksum and the text.
 *
 * <p>A SQLite file of its own that several processes may use at once. It is derived data: a file
 * that does not open is thrown away and built again. Thread-safe.
 */
public final class VectorCache implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VectorCache.class);

    private final Connection connection;

    /**
     * @param file the SQLite file; its folder is made if missing
     */
    public VectorCache(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw unusable(file.getParent(), e);
        }
        Connection opened;
        try {
            opened = open(file);
        } catch (SQLException first) {
            if (!damaged(first)) throw unusable(file, first);
            log.warn(
                    "embed: the vector cache does not open and is built again: {}",
                    first.getMessage());
            try {
                Files.deleteIfExists(file);
                Files.deleteIfExists(Path.of(file + "-wal"));
                Files.deleteIfExists(Path.of(file + "-shm"));
                opened = open(file);
            } catch (IOException | SQLException second) {
                throw unusable(file, second);
            }
        }
        connection = opened;
    }

    /** A file that is only busy, or that may not be read, is somebody's work. */
    private static boolean damaged(SQLException e) {
        return e instanceof SQLiteException sqlite
                && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB
                        || sqlite.getResultCode().name().startsWith("SQLITE_CORRUPT"));
    }

    private static Connection open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 30000");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, cut INTEGER NOT NULL,"
                            + " value BLOB NOT NULL) WITHOUT ROWID");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private static StorageException unusable(Path where, Throwable cause) {
        return new StorageException(
                Message.of("embed.cache_unusable", "path", String.valueOf(where)), cause);
    }

    /** A stored vector and whether its text was cut to the encoder's window. */
    record Entry(float[] vector, boolean cut) {}

    static byte[] key(EncoderCard card, String text) {
        var digest = DigestUtils.getSha256Digest();
        digest.update(card.modelSha256().getBytes(StandardCharsets.US_ASCII));
        digest.update(card.tokenizerSha256().getBytes(StandardCharsets.US_ASCII));
        return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is stored under each key, in their order. */
    synchronized List<Optional<Entry>> get(List<byte[]> keys) {
        try (var select =
                connection.prepareStatement("SELECT cut, value FROM vector WHERE key = ?")) {
            var found = new ArrayList<Optional<Entry>>();
            for (byte[] key : keys) {
                select.setBytes(1, key);
                try (var row = select.executeQuery()) {
                    found.add(
                            row.next()
                                    ? Optional.of(
                                            new Entry(floats(row.getBytes(2)), row.getInt(1) != 0))
                                    : Optional.empty());
                }
            }
            return found;
        } catch (SQLException e) {
            throw unusable(Path.of("vectors.db"), e);
        }
    }

    /** Stores one batch in one transaction. */
    synchronized void put(List<byte[]> keys, List<Entry> entries) {
        SQLException failed = null;
        try {
            connection.setAutoCommit(false);
            try (var insert =
                    connection.prepareStatement("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)")) {
                for (int i = 0; i < keys.size(); i++) {
                    insert.setBytes(1, keys.get(i));
                    insert.setInt(2, entries.get(i).cut() ? 1 : 0);
                    insert.setBytes(3, bytes(entries.get(i).vector()));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            failed = e;
        } finally {
            failed = commitEach(failed);
        }
        if (failed != null) throw unusable(Path.of("vectors.db"), failed);
    }

    /** What stays open would lock out every other process. */
    private void rollBack(SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Goes back to a commit a statement; what failed before is not hidden by what fails here. */
    private SQLException commitEach(SQLException before) {
        try {
            connection.setAutoCommit(true);
            return before;
        } catch (SQLException e) {
            if (before == null) return e;
            before.addSuppressed(e);
            return before;
        }
    }

    private static byte[] bytes(float[] vector) {
        var buffer =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    private static float[] floats(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.warn("embed: the vector cache did not close", e);
        }
    }
}
