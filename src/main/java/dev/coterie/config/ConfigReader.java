package dev.coterie.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.coterie.language.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the settings: {@code application.yaml}, then the file named by {@code COTERIE_CONFIG}, then
 * the environment. Unknown keys fail, and every problem is reported at once.
 */
public final class ConfigReader {
    /** Shorter names for the settings people set most; every setting also has its generic name. */
    private static final Map<String, String> SHORT =
            Map.of(
                    "server.host", "COTERIE_HOST",
                    "server.port", "COTERIE_PORT",
                    "server.allowed-hosts", "COTERIE_ALLOWED_HOSTS",
                    "server.allow-no-key", "COTERIE_ALLOW_NO_KEY",
                    "server.admin-key", "COTERIE_ADMIN_KEY",
                    "server.web-dir", "COTERIE_WEB_DIR",
                    "embedding.models", "COTERIE_MODELS");

    /** What is held in one array, with room for its double. */
    private static final int MOST_IN_MEMORY = 1_000_000_000;

    private static final long MOST_OF_AN_UPLOAD = 1_000_000_000_000L;

    private final Map<String, String> environment;
    private final Problems problems = new Problems();

    private ConfigReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * @param environment usually {@code System.getenv()}
     * @throws dev.coterie.error.InvalidConfigException naming every setting that is wrong
     */
    public static Config read(Map<String, String> environment) {
        return new ConfigReader(environment).read();
    }

    private Config read() {
        Map<String, String> values = defaults();
        optionalFile().ifPresent(file -> overlay(values, file));
        for (String key : List.copyOf(values.keySet())) {
            fromEnvironment(key).ifPresent(value -> values.put(key, value));
        }
        var settings = new Settings(values, problems);
        Config config =
                new Config(
                        server(settings),
                        settings.folder("data"),
                        new Config.Embedding(
                                settings.path("embedding.models"),
                                settings.integer("embedding.threads", 0, 1024)),
                        llm(settings),
                        limits(settings),
                        new Config.Privacy(settings.integer("privacy.small-count", 5, 1000)));
        problems.throwIfAny();
        return config;
    }

    private static Config.Server server(Settings settings) {
        return new Config.Server(
                settings.required("server.host"),
                settings.integer("server.port", 0, 65535),
                settings.list("server.allowed-hosts"),
                settings.flag("server.allow-no-key"),
                settings.secret("server.admin-key"),
                settings.path("server.web-dir"));
    }

    private static Config.Llm llm(Settings settings) {
        String provider = settings.oneOf("llm.provider", List.of("none", "openai", "ollama"));
        String baseUrl = settings.text("llm.base-url");
        String model = settings.text("llm.model");
        if (!provider.equals("none")) {
            settings.url("llm.base-url");
            settings.required("llm.model");
        }
        return new Config.Llm(
                provider,
                baseUrl,
                model,
                settings.secret("llm.api-key"),
                settings.urls("llm.allowed-origins"),
                settings.duration("llm.connect-timeout"),
                settings.duration("llm.first-byte-timeout"),
                settings.duration("llm.idle-timeout"),
                settings.duration("llm.total-timeout"),
                settings.duration("llm.chat-timeout"),
                settings.integer("llm.concurrency", 1, 64),
                price(settings));
    }

    private static Optional<TokenPrice> price(Settings settings) {
        if (settings.text("llm.input-price").isEmpty()
                && settings.text("llm.output-price").isEmpty()) return Optional.empty();
        // Half a price would show half a cost as if it were the whole.
        return Optional.of(
                new TokenPrice(
                        settings.price("llm.input-price"),
                        settings.price("llm.output-price"),
                        settings.currency("llm.currency")));
    }

    private static Config.Limits limits(Settings settings) {
        return new Config.Limits(
                settings.whole("limits.request-bytes", 1024, MOST_OF_AN_UPLOAD),
                settings.integer("limits.columns", 2, 10_000),
                settings.integer("limits.row-bytes", 1024, MOST_IN_MEMORY),
                settings.integer("limits.cell-bytes", 256, MOST_IN_MEMORY),
                settings.integer("limits.gzip-ratio", 2, 10_000),
                settings.integer("limits.customers-per-call", 1, 1_000_000),
                settings.integer("limits.texts-per-call", 1, 1_000_000),
                settings.whole("limits.embedding-bytes", 1024, MOST_IN_MEMORY),
                settings.integer("limits.uploads-at-once", 1, 200));
    }

    private static Map<String, String> defaults() {
        try (InputStream in = ConfigReader.class.getResourceAsStream("/application.yaml")) {
            if (in == null) throw new IllegalStateException("no application.yaml");
            var values = new LinkedHashMap<String, String>();
            flatten("", new YAMLMapper().readTree(in), values);
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Map<String, String>> optionalFile() {
        String named = environment.getOrDefault("COTERIE_CONFIG", "").strip();
        if (named.isEmpty()) return Optional.empty();
        Path file = Settings.expand(named);
        try {
            JsonNode tree = new YAMLMapper().readTree(Files.readAllBytes(file));
            var values = new LinkedHashMap<String, String>();
            if (tree != null && !tree.isNull() && !tree.isMissingNode()) flatten("", tree, values);
            return Optional.of(values);
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            problems.add(Message.of("config.not_yaml", "file", file.toString(), "line", line));
        } catch (IOException e) {
            problems.add(Message.of("config.no_file", "file", file.toString()));
        }
        return Optional.empty();
    }

    private void overlay(Map<String, String> values, Map<String, String> file) {
        file.forEach(
                (key, value) -> {
                    if (values.containsKey(key)) values.put(key, value);
                    else
                        problems.add(
                                Message.of(
                                        "config.unknown_key",
                                        "key",
                                        key,
                                        "nearest",
                                        Nearest.of(key, values.keySet())));
                });
    }

    private Optional<String> fromEnvironment(String key) {
        String generic = "COTERIE_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        String brief = SHORT.getOrDefault(key, generic);
        return Optional.ofNullable(environment.getOrDefault(brief, environment.get(generic)));
    }

    /** Leaves as text; lists as their elements joined by commas. */
    private static void flatten(String prefix, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
                flatten(key, entry.getValue(), values);
            }
        } else if (node.isArray()) {
            var parts = new java.util.ArrayList<String>();
            node.forEach(element -> parts.add(element.asText()));
            values.put(prefix, String.join(",", parts));
        } else {
            values.put(prefix, node.isNull() ? "" : node.asText());
        }
    }
}
