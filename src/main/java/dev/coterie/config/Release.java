package dev.coterie.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which release this is. */
public final class Release {
    /** As the build names it, such as {@code 1.2.0}. */
    public static final String VERSION = read();

    private Release() {}

    private static String read() {
        var properties = new Properties();
        try (InputStream file = Release.class.getResourceAsStream("/release.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
