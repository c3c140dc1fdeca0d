package dev.coterie.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every setting, read once at start. Names match {@code application.yaml}, which holds the only
 * defaults; the environment overrides it: {@code llm.base-url} is {@code COTERIE_LLM_BASE_URL}.
 */
public record Config(
        Server server, Path data, Embedding embedding, Llm llm, Limits limits, Privacy privacy) {
    /** The same settings with another port. */
    public Config withPort(int port) {
        var other =
                new Server(
                        server.host(),
                        port,
                        server.allowedHosts(),
                        server.allowNoKey(),
                        server.adminKey(),
                        server.webDir());
        return new Config(other, data, embedding, llm, limits, privacy);
    }

    /**
     * @param host address to listen on
     * @param allowedHosts host names that a keyless request may use besides the loopback names
     * @param allowNoKey serve without a key on another address than loopback
     * @param webDir folder to serve the page from without cache, for those who change it
     */
    public record Server(
            String host,
            int port,
            List<String> allowedHosts,
            boolean allowNoKey,
            Optional<Secret> adminKey,
            Optional<Path> webDir) {
        public Server {
            allowedHosts = List.copyOf(allowedHosts);
        }
    }

    /**
     * @param models a folder of more encoders, looked at before the built-in ones
     * @param threads callers at once; 0 means one a core
     */
    public record Embedding(Optional<Path> models, int threads) {}

    /**
     * @param provider {@code none}, {@code openai} (any OpenAI-compatible base URL) or {@code
     *     ollama}
     * @param price what the provider charges; without it, tokens are shown and no cost
     */
    public record Llm(
            String provider,
            String baseUrl,
            String model,
            Optional<Secret> apiKey,
            List<String> allowedOrigins,
            Duration connectTimeout,
            Duration firstByteTimeout,
            Duration idleTimeout,
            Duration totalTimeout,
            Duration chatTimeout,
            int concurrency,
            Optional<TokenPrice> price) {
        public Llm {
            allowedOrigins = List.copyOf(allowedOrigins);
        }

        public boolean configured() {
            return !provider.equals("none");
        }
    }

    /** Sizes over which input is refused with the limit's name and the value found. */
    public record Limits(
            long requestBytes,
            int columns,
            int rowBytes,
            int cellBytes,
            int gzipRatio,
            int customersPerCall,
            int textsPerCall,
            long embeddingBytes,
            int uploadsAtOnce) {}

    /**
     * @param smallCount counts below it are shown as "fewer than"
     */
    public record Privacy(int smallCount) {}
}
