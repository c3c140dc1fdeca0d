package dev.coterie.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The files of the {@code prompts} folder on the class path: what a model is told, word for word.
 */
public final class Prompts {
    private static final int VERSION_DIGITS = 12;

    private Prompts() {}

    /**
     * The text of a prompt.
     *
     * @param file such as {@code write-brief.md}
     * @throws IllegalArgumentException if there is no such file
     */
    public static String text(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    /**
     * What stands beside a text that a model wrote under these prompts: the first {@value
     * #VERSION_DIGITS} hexadecimal digits of the SHA-256 of the files one after the other. Another
     * word in one of them is another version.
     */
    public static String version(String... files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String file : files) digest.update(bytes(file));
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private static byte[] bytes(String file) {
        try (InputStream in = Prompts.class.getResourceAsStream("/prompts/" + file)) {
            if (in == null) throw new IllegalArgumentException("no prompt " + file);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
