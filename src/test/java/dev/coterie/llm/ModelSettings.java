package dev.coterie.llm;

import dev.coterie.config.Config;
import dev.coterie.config.Secret;
import dev.coterie.config.TokenPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of a language model for tests. */
public final class ModelSettings {
    /** A key that must never be seen anywhere but in the request. */
    public static final String KEY_CANARY = "sk-canary-7f3a91";

    private ModelSettings() {}

    public static Config.Llm openAi(String baseUrl) {
        return of("openai", baseUrl);
    }

    public static Config.Llm of(String provider, String baseUrl) {
        return new Config.Llm(
                provider,
                baseUrl,
                "test-model",
                Optional.of(new Secret(KEY_CANARY)),
                List.of(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofSeconds(90),
                2,
                Optional.empty());
    }

    /** The same settings for another model. */
    static Config.Llm named(Config.Llm llm, String model) {
        return with(llm, model, llm.price());
    }

    /** The same settings with a price. */
    public static Config.Llm priced(Config.Llm llm, TokenPrice price) {
        return with(llm, llm.model(), Optional.of(price));
    }

    private static Config.Llm with(Config.Llm llm, String model, Optional<TokenPrice> price) {
        return new Config.Llm(
                llm.provider(),
                llm.baseUrl(),
                model,
                llm.apiKey(),
                llm.allowedOrigins(),
                llm.connectTimeout(),
                llm.firstByteTimeout(),
                llm.idleTimeout(),
                llm.totalTimeout(),
                llm.chatTimeout(),
                llm.concurrency(),
                price);
    }
}
