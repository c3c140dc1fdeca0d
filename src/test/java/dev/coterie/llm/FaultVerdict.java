package dev.coterie.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Compares what the product gave with what a scenario expects.
 *
 * @param factor of all times
 * @param log everything logged meanwhile
 * @param again plays the same prompt once more
 */
record FaultVerdict(
        Stage stage, Outcome outcome, double factor, List<ILoggingEvent> log, Again again) {
    private static final Pattern TEXT_MARK =
            Pattern.compile(
                    "\\[customer text [0-9a-f]{12}](?! and \\[end)"
                            + "|【客户原文 [0-9a-f]{12}】(?! 与 【原文结束)");

    /** Other names of the same sentence in the product. */
    private static final Map<String, Set<String>> KEYS =
            Map.of(
                    "llm.too_slow", Set.of("llm.too_slow", "llm.timeout"),
                    "llm.rate_limited_parked", Set.of("llm.rate_limited", "llm.resting"),
                    "llm.tool_call_unusable", Set.of("chat.tool_call_unusable"));

    /** What is needed to play one scenario. */
    record Stage(
            FaultScenario scenario,
            ConfiguredModel model,
            List<JsonNode> how,
            FaultPlayer player) {}

    /** What the product gave in the end. */
    record Outcome(
            List<Writer> writers,
            List<Message> reasons,
            String shown,
            int removed,
            boolean stopped,
            long millis) {
        boolean all(Writer writer) {
            return !writers.isEmpty() && writers.stream().allMatch(writer::equals);
        }
    }

    /** Another prompt. */
    interface Again {
        void run() throws Exception;
    }

    /** Everything that the scenario expects. */
    void check() throws Exception {
        FaultScenario scenario = stage.scenario();
        String what = outcome + " after " + stage.player().posts().size() + " requests";
        switch (scenario.endState()) {
            case "llm_text" -> assertTrue(outcome.all(Writer.LLM), what);
            case "narrator", "parked" -> {
                assertTrue(outcome.all(Writer.BUILTIN), what);
                saysWhy(scenario);
                boolean parked = scenario.endState().equals("parked");
                // WaitingTest plays what becomes of these.
                if (parked) assertTrue(outcome.reasons().stream().allMatch(LanguageModel::passes));
            }
            case "llm_text_or_narrator" -> assertFalse(outcome.writers().isEmpty(), what);
            case "stopped_by_user" -> assertTrue(outcome.stopped(), what);
            default -> throw new AssertionError(scenario.endState());
        }
        int calls = stage.player().posts().size();
        assertTrue(calls <= scenario.maxCalls() || network(scenario), what);
        staysSecret();
        must();
    }

    private static boolean network(FaultScenario scenario) {
        return scenario.json().path("player").asText().equals("network");
    }

    /** One sentence that names what happened and what to do, in both languages. */
    private void saysWhy(FaultScenario scenario) {
        String key = scenario.expected().path("ui").path("key").asText();
        if (key.equals("none")) return;
        Set<String> keys = KEYS.getOrDefault(key, Set.of(key));
        assertFalse(outcome.reasons().isEmpty());
        for (Message reason : outcome.reasons()) {
            assertTrue(keys.contains(reason.key()), reason.key() + " is not " + keys);
            for (Language language : Language.values()) {
                assertFalse(reason.in(language).contains("{"), reason.in(language));
            }
        }
        if (scenario.id().equals("F19")) {
            assertTrue(outcome.reasons().get(0).toString().contains("small-instruct"));
        }
    }

    private void staysSecret() {
        var forbidden = new ArrayList<>(stage.scenario().providerTexts(stage.how()));
        forbidden.add(ModelSettings.KEY_CANARY);
        var said = new StringBuilder(outcome.shown());
        outcome.reasons().forEach(r -> said.append(r).append(r.in(Language.CHINESE)));
        for (ILoggingEvent event : log) {
            said.append(event.getFormattedMessage());
            for (var t = event.getThrowableProxy(); t != null; t = t.getCause()) {
                said.append(t.getMessage());
            }
            assertFalse(
                    event.getFormattedMessage().contains("lamp is lovely"), "a prompt in a log");
        }
        for (String text : forbidden) assertFalse(said.toString().contains(text), text);
        for (JsonNode never : stage.scenario().expected().path("never")) {
            assertFalse(outcome.shown().contains(never.asText()), never.asText());
        }
    }

    /** What single scenarios ask for besides. */
    private void must() throws Exception {
        List<SocketServer.Request> posts = stage.player().posts();
        boolean naming = stage.scenario().purpose().equals("naming");
        switch (stage.scenario().id()) {
            case "F03" -> assertTrue(outcome.millis() >= 250, "the connect limit is waited for");
            case "F09" -> assertTrue(stage.player().clientHungUp(2000), "the client hung up");
            case "F15", "F21" -> {
                assertEquals(2, posts.size());
                if (naming || stage.scenario().purpose().equals("brief")) {
                    long first = texts(posts.get(0));
                    assertTrue(first > 1 && texts(posts.get(1)) <= first / 2, "half of the texts");
                }
            }
            case "F16" -> {
                assertFalse(posts.get(1).json().has("response_format"));
                again.run();
                assertFalse(posts.get(posts.size() - 1).json().has("response_format"));
            }
            case "F22", "F26" -> {
                long waited = posts.get(1).nanos() - posts.get(0).nanos();
                double seconds = stage.scenario().id().equals("F22") ? 2 : 5;
                assertTrue(waited >= seconds * factor * 0.9e9, waited + " ns");
            }
            case "F28" -> assertTrue(posts.size() <= 33, posts.size() + " requests");
            case "F31" -> assertTrue(posts.get(1).prompt().matches("(?s).*(briefly|too long).*"));
            case "F33" -> assertTrue(stage.player().clientHungUp(2000), "the client hung up");
            case "F38" -> assertFalse(outcome.shown().contains("WRONG"));
            case "F39" -> assertTrue(outcome.shown().contains("本组有214位客户😀。"), outcome.shown());
            case "F40", "F41" ->
                    assertTrue(
                            outcome.shown().contains("This group has 214 customers."),
                            outcome.shown());
            case "F42" -> assertTrue(stage.player().clientHungUp(2000), "the client hung up");
            case "F45" -> assertFalse(outcome.shown().contains("Second answer"));
            case "F46" -> assertFalse(outcome.shown().contains("999"));
            case "F48", "F47" -> assertFalse(posts.get(1).prompt().contains("there was none): -"));
            case "F50" -> {
                for (String n : List.of("12,345", "2019", "seventy-three", "百分之四十")) {
                    assertFalse(outcome.shown().contains(n), n);
                }
                assertTrue(naming || outcome.removed() > 0);
            }
            case "F51" -> assertFalse(outcome.shown().contains("rose to"), outcome.shown());
            case "F52" -> {
                assertFalse(outcome.shown().contains("I will never buy"), outcome.shown());
                assertFalse(outcome.shown().contains("Anna Beispiel"), outcome.shown());
            }
            case "F56" -> {
                for (String markup :
                        List.of("<", "http", "](", "javascript:", "=HYPER", "\u202e")) {
                    assertFalse(outcome.shown().contains(markup), outcome.shown());
                }
            }
            case "F59" -> {
                assertTrue(posts.size() <= 7);
                assertFalse(posts.get(posts.size() - 1).json().has("tools"));
            }
            case "F60" -> {
                for (var p : posts) assertFalse(p.body().contains("secret-canary"));
            }
            default -> {}
        }
    }

    private static long texts(SocketServer.Request request) {
        return TEXT_MARK.matcher(request.prompt()).results().count();
    }
}
