package dev.coterie.chat;

import static dev.coterie.chat.ScriptedModel.calls;
import static dev.coterie.chat.ScriptedModel.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.proof.Figures;
import dev.coterie.tools.CustomerIds;
import dev.coterie.tools.Desk;
import dev.coterie.tools.FactBook;
import dev.coterie.tools.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The tools that a scripted model calls: what it may and may not do. */
class ChatAgentTest extends ScriptedChat {
    @Test
    void toolsAreCalledAndTheAnswerStandsOnTheirFacts() {
        SERVER.script(
                calls("c1", "get_segment", "{\"segment\":\"seg_1\"}"),
                says("This group has " + fact(1, "size") + " customers."));
        Answer answer = ask("Tell me about segment 1");
        assertEquals(Writer.LLM, answer.writer());
        assertEquals("This group has " + fact(1, "size") + " customers.", answer.text());
        assertEquals(answer.text(), heard.text());
        assertEquals(List.of(), answer.check().removed());
        assertTrue(
                heard.types()
                        .containsAll(
                                List.of("message.start", "tool.start", "tool.result", "citation")));
        JsonNode messages = SERVER.requests().get(1).path("messages");
        String result = messages.get(messages.size() - 1).path("content").asText();
        assertTrue(result.contains("\"facts\"") && result.contains("[customer text "), result);
        assertTrue(result.length() <= 8192);
    }

    static Stream<List<String>> unusable() {
        return Stream.of(
                List.of("c1", "delete_everything", "{}"),
                List.of(
                        "c1",
                        "get_segment",
                        "{\"segment\":\"seg_1\"}",
                        "c1",
                        "get_segment",
                        "{\"segment\":\"seg_2\"}"),
                List.of("c1", "get_segment", ""),
                List.of("c1", "get_segment", "\"{\\\"segment\\\":\\\"seg_1\\\"}\""),
                List.of("c1", "get_segment", "{\"segment\":[1,2],\"limit\":\"all\"}"),
                List.of("c1", "get_segment", "{\"segment\": 1"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void unusableToolCallsNeverRunAndEndWithTheNarrator(List<String> call) {
        SERVER.script(calls(call.toArray(String[]::new)));
        Answer answer = ask("How big is segment 1?");
        assertEquals(Writer.BUILTIN, answer.writer());
        assertEquals("chat.tool_call_unusable", answer.fallback().orElseThrow().key());
        assertEquals(3, SERVER.requests().size());
        assertEquals(1, heard.all(ChatEvent.ToolStart.class).size(), "only the narrator's own");
        assertTrue(answer.text().contains(fact(1, "size")));
    }

    @Test
    void endlessToolUseEndsAfterSixRoundsOfFourCalls() {
        var rounds = new ResponseDefinitionBuilder[7];
        for (int r = 0; r < 6; r++) {
            var calls = new String[50 * 3];
            for (int c = 0; c < 50; c++) {
                calls[c * 3] = "c" + r + "_" + c;
                calls[c * 3 + 1] = "get_segment";
                calls[c * 3 + 2] = "{\"segment\":\"seg_1\",\"offset\":" + (r * 50 + c) + "}";
            }
            rounds[r] = calls(calls);
        }
        rounds[6] = says("There are " + fact(1, "size") + " customers.");
        SERVER.script(rounds);
        Answer answer = ask("Tell me about segment 1");
        assertEquals(Writer.LLM, answer.writer());
        assertEquals(7, SERVER.requests().size());
        assertEquals(24, heard.all(ChatEvent.ToolDone.class).size());
        assertTrue(SERVER.requests().get(6).path("tools").isMissingNode());
    }

    @Test
    void anEqualCallEndsTheToolPhase() {
        SERVER.script(
                calls("a", "get_segment", "{\"segment\":\"seg_1\"}"),
                calls("b", "get_segment", "{\"segment\":\"seg_1\"}"),
                says("There are " + fact(1, "size") + " customers."));
        assertEquals(Writer.LLM, ask("Tell me about segment 1").writer());
        assertEquals(1, heard.all(ChatEvent.ToolDone.class).size());
        assertTrue(SERVER.requests().get(2).path("tools").isMissingNode());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aToolThatThrowsOrHangsIsReportedWithoutItsWords(boolean throwing) {
        SERVER.script(
                calls("a", "get_segment", "{\"segment\":\"seg_1\"}"),
                says("There are " + fact(1, "size") + " customers."));
        var desk =
                new Desk(
                        analysis,
                        new Fields(analysis),
                        new FactBook(analysis, List.of()),
                        Optional.empty(),
                        Language.ENGLISH,
                        Figures.SMALL_COUNT,
                        Optional.empty());
        var ids = CustomerIds.of(analysis.customers().ids());
        var matcher = new IntentMatcher(Language.ENGLISH, Optional.empty());
        var turn =
                new TurnWork(
                        desk,
                        ids,
                        new Understanding(desk, matcher, LooseWords.of(desk, matcher), ids),
                        List.of(),
                        Question.of("Tell me about segment 1"),
                        Optional.empty(),
                        heard);
        var never = new CountDownLatch(1);
        ChatAgent.Runner runner =
                (tool, args) -> {
                    if (throwing) throw new IllegalStateException("SQLITE_ERROR secret-canary");
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new IllegalStateException("cut");
                };
        var logged = new ListAppender<ILoggingEvent>();
        var agentLog = (Logger) LoggerFactory.getLogger(ChatAgent.class);
        logged.start();
        agentLog.addAppender(logged);
        Answer answer =
                new ChatAgent(
                                SERVER.model(),
                                turn,
                                runner,
                                new ToolThreads(Duration.ofMillis(300), 2))
                        .answer();
        agentLog.detachAppender(logged);
        assertEquals(Writer.LLM, answer.writer());
        assertEquals("chat.tool_failed", warning());
        assertFalse(SERVER.requests().toString().contains("secret-canary"));
        assertEquals(1, logged.list.size());
        String line = logged.list.get(0).getFormattedMessage();
        String kind = throwing ? "IllegalStateException" : "TimeoutException";
        assertTrue(line.contains("get_segment") && line.contains(kind), line);
        assertFalse(line.contains("secret-canary"), line);
        assertTrue(SERVER.requests().get(1).toString().contains("tool_failed"));
    }
}
