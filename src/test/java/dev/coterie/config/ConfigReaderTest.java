package dev.coterie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.InvalidConfigException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    @TempDir Path folder;

    @Test
    void theDefaultsAreThoseOfTheFile() {
        Config config = ConfigReader.read(Map.of());
        assertEquals("127.0.0.1", config.server().host());
        assertEquals(7070, config.server().port());
        assertEquals(List.of(), config.server().allowedHosts());
        assertEquals(Path.of(System.getProperty("user.home"), ".coterie"), config.data());
        assertFalse(config.llm().configured());
        assertEquals(Duration.ofSeconds(5), config.llm().connectTimeout());
        assertEquals(500, config.limits().columns());
        assertEquals(200L << 20, config.limits().requestBytes());
        assertEquals(10, config.privacy().smallCount());
    }

    @Test
    void theEnvironmentWinsOverTheFileAndTheFileOverTheDefaults() throws IOException {
        Path file = folder.resolve("coterie.yaml");
        Files.writeString(
                file,
                "server:\n  port: 8080\n  allowed-hosts: [one, two]\nlimits:\n  columns: 60\n");
        Config config =
                ConfigReader.read(
                        Map.of(
                                "COTERIE_CONFIG",
                                file.toString(),
                                "COTERIE_PORT",
                                "9090",
                                "COTERIE_LLM_IDLE_TIMEOUT",
                                "250ms",
                                "COTERIE_LIMITS_UPLOADS_AT_ONCE",
                                "3"));
        assertEquals(9090, config.server().port());
        assertEquals(List.of("one", "two"), config.server().allowedHosts());
        assertEquals(60, config.limits().columns());
        assertEquals(Duration.ofMillis(250), config.llm().idleTimeout());
        assertEquals(3, config.limits().uploadsAtOnce());
    }

    @Test
    void everyProblemIsReportedAtOnce() throws IOException {
        Path file = folder.resolve("coterie.yaml");
        Files.writeString(file, "server:\n  prot: 8080\n");
        var e =
                assertThrows(
                        InvalidConfigException.class,
                        () ->
                                ConfigReader.read(
                                        Map.of(
                                                "COTERIE_CONFIG",
                                                file.toString(),
                                                "COTERIE_PORT",
                                                "seventy",
                                                "COTERIE_LLM_TOTAL_TIMEOUT",
                                                "soon",
                                                "COTERIE_LLM_PROVIDER",
                                                "openai")));
        String said = e.getMessage();
        assertTrue(said.contains("server.prot") && said.contains("server.port"), said);
        assertTrue(said.contains("seventy"), said);
        assertTrue(said.contains("llm.total-timeout"), said);
        assertTrue(said.contains("llm.base-url"), said);
        assertTrue(said.contains("llm.model"), said);
    }

    /** Each would otherwise fail far from here, or not at all. */
    @ParameterizedTest
    @CsvSource({
        "LIMITS_ROW_BYTES, 2147483647, limits.row-bytes, 1000000000",
        "LIMITS_CELL_BYTES, 2147483647, limits.cell-bytes, 1000000000",
        "LIMITS_EMBEDDING_BYTES, 9223372036854775807, limits.embedding-bytes, 1000000000",
        "LIMITS_REQUEST_BYTES, 9223372036854775807, limits.request-bytes, 1000000000000",
        "LLM_ALLOWED_ORIGINS, http://a b, llm.allowed-origins, http://127.0.0.1:11434",
        "LLM_ALLOWED_ORIGINS, localhost:11434, llm.allowed-origins, http://127.0.0.1:11434",
        "DATA, '', data, not set",
    })
    void aValueThatCannotWorkIsRefusedWithWhatCan(
            String name, String value, String key, String allowed) {
        var e =
                assertThrows(
                        InvalidConfigException.class,
                        () -> ConfigReader.read(Map.of("COTERIE_" + name, value)));
        assertTrue(e.getMessage().contains(key), e.getMessage());
        assertTrue(e.getMessage().contains(value), e.getMessage());
        assertTrue(e.getMessage().contains(allowed), e.getMessage());
    }

    @Test
    void addressesThatWorkAreTakenAsTheyAre() {
        var both = "http://127.0.0.1:11434,https://models.example/v1";
        Config config = ConfigReader.read(Map.of("COTERIE_LLM_ALLOWED_ORIGINS", both));
        assertEquals(List.of(both.split(",")), config.llm().allowedOrigins());
    }

    @Test
    void aPriceIsWholeOrNone() {
        assertEquals(Optional.empty(), ConfigReader.read(Map.of()).llm().price());
        var priced =
                Map.of(
                        "COTERIE_LLM_INPUT_PRICE", "0.15",
                        "COTERIE_LLM_OUTPUT_PRICE", "0.6",
                        "COTERIE_LLM_CURRENCY", "CNY");
        TokenPrice price = ConfigReader.read(priced).llm().price().orElseThrow();
        assertEquals("CNY", price.currency());
        assertEquals(0, new BigDecimal("0.00021").compareTo(price.cost(1_000, 100)));
        for (String wrong : List.of("", "-1", "cheap", "1e9")) {
            var settings = new HashMap<>(priced);
            settings.put("COTERIE_LLM_OUTPUT_PRICE", wrong);
            var e =
                    assertThrows(
                            InvalidConfigException.class, () -> ConfigReader.read(settings), wrong);
            assertTrue(e.getMessage().contains("llm.output-price"), e.getMessage());
        }
        assertThrows(
                InvalidConfigException.class,
                () ->
                        ConfigReader.read(
                                Map.of(
                                        "COTERIE_LLM_INPUT_PRICE", "1",
                                        "COTERIE_LLM_OUTPUT_PRICE", "1",
                                        "COTERIE_LLM_CURRENCY", "gold")));
    }

    @Test
    void smallGroupsCannotBeSwitchedOff() {
        assertEquals(
                5,
                ConfigReader.read(Map.of("COTERIE_PRIVACY_SMALL_COUNT", "5"))
                        .privacy()
                        .smallCount());
        var e =
                assertThrows(
                        InvalidConfigException.class,
                        () -> ConfigReader.read(Map.of("COTERIE_PRIVACY_SMALL_COUNT", "4")));
        assertTrue(e.getMessage().contains("privacy.small-count"), e.getMessage());
    }

    @Test
    void secretsAreNotPrinted() {
        Config config = ConfigReader.read(Map.of("COTERIE_ADMIN_KEY", "cot_very_secret"));
        assertEquals("cot_very_secret", config.server().adminKey().orElseThrow().reveal());
        assertFalse(config.toString().contains("cot_very_secret"));
    }
}
