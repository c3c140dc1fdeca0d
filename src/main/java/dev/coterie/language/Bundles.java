package dev.coterie.language;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The message files, each read once. */
final class Bundles {
    private static final Map<String, Properties> LOADED = new ConcurrentHashMap<>();

    private Bundles() {}

    static String pattern(String key, Language language) {
        int dot = key.indexOf('.');
        if (dot < 1) throw new IllegalArgumentException("message key without a bundle: " + key);
        String resource =
                "/messages/" + key.substring(0, dot) + "." + language.tag() + ".properties";
        String pattern = LOADED.computeIfAbsent(resource, Bundles::load).getProperty(key);
        if (pattern == null)
            throw new IllegalStateException("no message " + key + " in " + resource);
        return pattern;
    }

    private static Properties load(String resource) {
        var properties = new Properties();
        try (var in = Bundles.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("no message file " + resource);
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
