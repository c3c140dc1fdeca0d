package dev.coterie.collect;

import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LimitException;
import dev.coterie.language.Message;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The bytes of one file, unpacked if they are gzip. What is inside decides, never the name.
 *
 * @param gzip true if the bytes are compressed
 * @param bytes size on disk
 * @param ratio unpacked bytes may be at most this many times the packed ones
 */
record Content(Path file, String name, boolean gzip, long bytes, int ratio) {
    /** Small files may unpack to this size whatever their ratio. */
    private static final long FREE_BYTES = 1 << 20;

    static Content of(Path file, String name, int ratio) throws IOException {
        byte[] start = new byte[2];
        int read;
        try (InputStream in = Files.newInputStream(file)) {
            read = in.readNBytes(start, 0, 2);
        }
        boolean gzip = read == 2 && (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B;
        return new Content(file, name, gzip, Files.size(file), ratio);
    }

    /** The unpacked bytes. Reading fails with our own errors where gzip is damaged or a bomb. */
    InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        if (!gzip) return raw;
        try {
            return new Unpacked(new GZIPInputStream(raw, 1 << 16), this);
        } catch (ZipException | EOFException e) {
            raw.close();
            throw damaged(e);
        }
    }

    /** SHA-256 of the bytes on disk, hex. */
    String fingerprint() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(in);
        }
    }

    private InvalidInputException damaged(IOException cause) {
        return new InvalidInputException(Message.of("collect.gzip_damaged", "file", name), cause);
    }

    /** Counts what comes out and stops where it is too much for what went in. */
    private static final class Unpacked extends FilterInputStream {
        private final Content content;
        private final long limit;
        private long read;

        Unpacked(InputStream in, Content content) {
            super(in);
            this.content = content;
            this.limit = Math.max(FREE_BYTES, content.bytes * content.ratio);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 1 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n;
            try {
                n = super.read(target, offset, length);
            } catch (ZipException | EOFException e) {
                throw content.damaged(e);
            }
            if (n > 0) read += n;
            if (read > limit) {
                throw new LimitException(
                        Message.of(
                                "collect.gzip_ratio",
                                "file",
                                content.name,
                                "limit",
                                content.ratio,
                                "found",
                                read / Math.max(1, content.bytes)));
            }
            return n;
        }
    }
}
