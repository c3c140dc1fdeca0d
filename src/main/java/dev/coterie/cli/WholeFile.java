package dev.coterie.cli;

import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a file so that it is there whole or not at all. */
final class WholeFile {
    private static final Logger log = LoggerFactory.getLogger(WholeFile.class);

    private WholeFile() {}

    /** What fills the file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Whether files can be written into a folder that may not be there yet; asked before long work
     * of which nothing could be kept.
     *
     * @throws StorageException if a file stands in its place, or it may not be written
     */
    static void checkFolder(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) there = there.getParent();
        if (there != null && Files.isDirectory(there) && Files.isWritable(there)) return;
        throw new StorageException(Message.of("cli.cannot_write_into", "path", folder.toString()));
    }

    /**
     * @throws StorageException if the file cannot be written; an older file stays as it was
     */
    static void write(Path file, Content content) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (OutputStream out = Files.newOutputStream(part)) {
                content.writeTo(out);
            }
            Files.move(
                    part,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            part.toFile().delete();
            log.error("cannot write {}", file, e);
            throw new StorageException(Message.of("cli.cannot_write", "path", file.toString()), e);
        }
    }
}
