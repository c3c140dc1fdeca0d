package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.config.TokenPrice;
import dev.coterie.llm.CallRecord;
import dev.coterie.llm.LanguageModel;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of what was sent to the language model, as Settings shows it. */
class ModelCallsTest {
    private static final TokenPrice PRICE =
            new TokenPrice(new BigDecimal("0.5"), new BigDecimal("2"), "EUR");

    @TempDir Path folder;

    private static CallRecord call(long number, LanguageModel.Purpose purpose, String outcome) {
        return new CallRecord(
                number,
                Instant.parse("2026-11-28T10:00:00Z"),
                purpose,
                "test-model",
                Optional.of(PRICE),
                120,
                30,
                1,
                800,
                outcome,
                4,
                "Segments and what [mail] wrote, call " + number);
    }

    @Test
    void listsTheNewestFirstAndOpensEach() {
        List<CallRecord> calls =
                List.of(
                        call(1, LanguageModel.Purpose.NAMING, "ok"),
                        call(2, LanguageModel.Purpose.CHAT, "llm.refused"));
        try (var server = new LiveServer(folder, Map.of(), Optional.empty(), () -> calls)) {
            JsonNode list = LiveServer.json(server.get("/api/v1/model-calls?limit=50"));
            assertEquals(2, list.path("data").size());
            JsonNode newest = list.path("data").path(0);
            assertEquals(2, newest.path("number").asInt());
            assertEquals("chat", newest.path("purpose").asText());
            assertEquals("llm.refused", newest.path("outcome").asText());
            assertEquals(120, newest.path("input_tokens").asInt());
            assertEquals("EUR", newest.at("/cost/currency").asText());
            assertEquals(0.00012, newest.at("/cost/amount").asDouble());
            assertEquals(4, newest.path("texts").asInt());
            assertFalse(newest.has("request"), "a list holds no customers' words");
            JsonNode one = LiveServer.json(server.get("/api/v1/model-calls/1"));
            assertTrue(one.path("request").asText().contains("what [mail] wrote, call 1"));
            assertEquals(404, server.get("/api/v1/model-calls/9").statusCode());
        }
    }

    @Test
    void isEmptyWithoutAModel() {
        try (var server = new LiveServer(folder, Map.of())) {
            JsonNode list = LiveServer.json(server.get("/api/v1/model-calls"));
            assertEquals(0, list.path("data").size());
        }
    }
}
