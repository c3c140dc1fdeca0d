package dev.coterie.run;

import dev.coterie.error.LimitException;
import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uploaded bytes, each file immutable and named by its SHA-256.
 *
 * <p>A file goes to a temporary name, is forced to the disk, gets its name atomically, and its
 * folder is forced too, before the ledger may speak of it. So a row without its file never exists;
 * a file without a row is removed at start.
 */
final class UploadFolder {
    private static final Logger log = LoggerFactory.getLogger(UploadFolder.class);
    private static final long RESERVE = 64L << 20;

    private final Path uploads;
    private final Path temporary;

    UploadFolder(Path data) {
        this.uploads = data.resolve("uploads");
        this.temporary = data.resolve("tmp");
        try {
            Files.createDirectories(uploads);
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Bytes on the disk that have no name yet. */
    record Received(Path path, String name, String sha256, long bytes) {}

    Path path(String sha256) {
        return uploads.resolve(sha256);
    }

    /** Where a server may put parts of requests while they arrive. */
    Path temporary() {
        return temporary;
    }

    /**
     * Refuses new work while the disk is nearly full, so that what is there stays readable.
     *
     * @throws StorageException {@code storage_full} below 64 MB or 2 % of the disk, whichever is
     *     less
     */
    void requireRoom() {
        try {
            var store = Files.getFileStore(uploads);
            long needed = Math.min(RESERVE, store.getTotalSpace() / 50);
            if (store.getUsableSpace() < needed) {
                throw new StorageException(Message.of("store.storage_full"));
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Takes a stream whole.
     *
     * @param left bytes still allowed to this file
     * @param limit bytes allowed to the whole upload
     * @throws LimitException if there are more, telling {@code limit}
     */
    Received receive(InputStream in, String name, long left, long limit) {
        Path path = temporary.resolve(UUID.randomUUID().toString());
        MessageDigest digest = DigestUtils.getSha256Digest();
        long total = 0;
        try {
            try (FileChannel out =
                    FileChannel.open(
                            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                byte[] buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    total += read;
                    if (total > left) {
                        throw new LimitException(Message.of("run.too_large", "limit", limit));
                    }
                    digest.update(buffer, 0, read);
                    var bytes = ByteBuffer.wrap(buffer, 0, read);
                    while (bytes.hasRemaining()) out.write(bytes);
                }
                out.force(true);
            }
            return new Received(path, name, HexFormat.of().formatHex(digest.digest()), total);
        } catch (IOException e) {
            discard(path);
            throw failure(e);
        } catch (RuntimeException e) {
            discard(path);
            throw e;
        }
    }

    /** Gives the files their names and makes the names durable. */
    void keep(List<Received> files) {
        try {
            for (Received file : files) {
                Files.move(file.path(), path(file.sha256()), StandardCopyOption.ATOMIC_MOVE);
            }
            try (FileChannel folder = FileChannel.open(uploads, StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void discard(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("a temporary file was not removed", e);
        }
    }

    /** Removes files that no dataset speaks of. */
    void removeAllBut(Set<String> sha256) {
        each(
                uploads,
                file -> {
                    if (!sha256.contains(file.getFileName().toString())) discard(file);
                });
    }

    void removeTemporary() {
        each(temporary, this::discard);
    }

    private static void each(Path folder, Consumer<Path> action) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile).forEach(action);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static StorageException failure(IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left");
        return new StorageException(
                Message.of(full ? "store.storage_full" : "store.storage_failed"), e);
    }
}
