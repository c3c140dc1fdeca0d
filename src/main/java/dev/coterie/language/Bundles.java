package dev.coterie.language;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The message files, each read once, and their patterns, each parsed once. Thread-safe. */
final class Bundles {
    private static final Map<String, Properties> LOADED = new ConcurrentHashMap<>();

    /**
     * A pattern's format is the business of one thread at a time: whoever finds it taken makes
     * another.
     */
    private static final Map<Pattern, AtomicReference<MessageFormat>> PARSED =
            new ConcurrentHashMap<>();

    private record Pattern(String key, Language language) {}

    private Bundles() {}

    /**
     * @param arguments texts and numbers by name
     */
    static String format(String key, Language language, Map<String, Object> arguments) {
        var parsed =
                PARSED.computeIfAbsent(
                        new Pattern(key, language), unknown -> new AtomicReference<>());
        MessageFormat format = parsed.getAndSet(null);
        if (format == null) format = new MessageFormat(pattern(key, language), language.locale());
        String said = format.format(arguments);
        parsed.set(format);
        return said;
    }

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
