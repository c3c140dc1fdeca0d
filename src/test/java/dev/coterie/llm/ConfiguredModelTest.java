package dev.coterie.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.coterie.config.Config;
import dev.coterie.error.LlmException;
import dev.coterie.language.Language;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ConfiguredModelTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String GOOD = "This group has {{f1}} customers.";

    @RegisterExtension
    static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final Config.Llm settings = ModelSettings.openAi(SERVER.baseUrl() + "/v1");
    private final ConfiguredModel model = ConfiguredModel.hurried(settings, 0.05);

    private static ResponseDefinitionBuilder stream(String... events) {
        var body = new StringBuilder();
        for (String event : events) body.append("data: ").append(event).append("\n\n");
        return aResponse()
                .withHeader("Content-Type", "text/event-stream")
                .withBody(body.append("data: [DONE]\n\n").toString());
    }

    private static ResponseDefinitionBuilder good() {
        return stream(
                RawServer.chunk("This group "), RawServer.chunk("has {{f1}} customers."), STOP);
    }

    private static final String STOP =
            "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":7}}";

    private static void firstThenGood(ResponseDefinitionBuilder first) {
        SERVER.stubFor(
                post(CHAT)
                        .inScenario("once")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willReturn(first)
                        .willSetStateTo("then"));
        SERVER.stubFor(
                post(CHAT).inScenario("once").whenScenarioStateIs("then").willReturn(good()));
    }

    private static void always(ResponseDefinitionBuilder reply) {
        SERVER.stubFor(post(CHAT).willReturn(reply));
    }

    private static ResponseDefinitionBuilder error(int status, String code) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(
                        "{\"error\":{\"message\":\"Provider says "
                                + ModelSettings.KEY_CANARY
                                + "\",\"code\":\""
                                + code
                                + "\"}}");
    }

    private String ask() {
        return model.chat(LanguageModel.Purpose.BRIEF).chat("Say something.");
    }

    private String faultOf() {
        LlmException e = assertThrows(LlmException.class, this::ask);
        for (Language language : Language.values()) {
            String shown = e.message().in(language);
            assertFalse(shown.contains("canary") || shown.contains("Provider"), shown);
            assertFalse(shown.isBlank());
        }
        return e.message().key();
    }

    private static int requests() {
        return SERVER.findAll(postRequestedFor(urlEqualTo(CHAT))).size();
    }

    @Nested
    class Answers {
        @Test
        void aStreamIsReadWhole() {
            always(good());
            assertEquals(GOOD, ask());
        }

        @Test
        void piecesReachAStreamingReaderInOrder() {
            always(good());
            var pieces = new ArrayList<String>();
            var ends = new ArrayList<String>();
            model.streaming(LanguageModel.Purpose.CHAT)
                    .chat(
                            "Say something.",
                            new Reader(pieces) {
                                @Override
                                public void onCompleteResponse(ChatResponse response) {
                                    ends.add(response.aiMessage().text());
                                }
                            });
            assertEquals(List.of("This group ", "has {{f1}} customers."), pieces);
            assertEquals(List.of(GOOD), ends);
        }

        @Test
        void aWholeCompletionInPlaceOfAStreamIsTakenToo() {
            always(
                    okJson(
                            "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                                    + "\"content\":\"Fine {{f1}}.\"},\"finish_reason\":\"stop\"}]}"));
            assertEquals("Fine {{f1}}.", ask());
        }

        @Test
        void toolCallsComeWithIdNameAndArguments() {
            always(
                    stream(
                            "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\","
                                    + "\"type\":\"function\",\"function\":{\"name\":\"list_segments\","
                                    + "\"arguments\":\"\"}}]}}]}",
                            "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
                                    + "\"function\":{\"arguments\":\"{\\\"limit\\\":3}\"}}]}}]}",
                            "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}"));
            var request =
                    ChatRequest.builder()
                            .messages(UserMessage.from("list"))
                            .toolSpecifications(
                                    ToolSpecification.builder().name("list_segments").build())
                            .build();
            var calls =
                    model.chat(LanguageModel.Purpose.CHAT)
                            .chat(request)
                            .aiMessage()
                            .toolExecutionRequests();
            assertEquals(1, calls.size());
            assertEquals("c1", calls.get(0).id());
            assertEquals("list_segments", calls.get(0).name());
            assertEquals("{\"limit\":3}", calls.get(0).arguments());
        }

        @Test
        void ollamaLinesAreReadWhole() {
            SERVER.stubFor(
                    post("/api/chat")
                            .willReturn(
                                    aResponse()
                                            .withHeader("Content-Type", "application/x-ndjson")
                                            .withBody(
                                                    "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Good \"},\"done\":false}\n"
                                                            + "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"day.\"},\"done\":false}\n"
                                                            + "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":5,\"eval_count\":2}\n")));
            var ollama =
                    ConfiguredModel.hurried(ModelSettings.of("ollama", SERVER.baseUrl()), 0.05);
            assertEquals("Good day.", ollama.chat(LanguageModel.Purpose.BRIEF).chat("Greet."));
            assertEquals(2, ollama.calls().get(0).outputTokens());
        }

        @Test
        void theTestOfTheConnectionShowsASampleAndTheTime() {
            always(stream(RawServer.chunk("ready"), STOP));
            var test = model.test();
            assertTrue(test.works());
            assertEquals("ready", test.sample());
            assertTrue(test.millis() >= 0 && test.problem().isEmpty());
        }

        @Test
        void noProviderMeansNoModel() {
            assertEquals(
                    Optional.empty(), ConfiguredModel.of(ModelSettings.of("none", "")).map(m -> m));
        }
    }

    @Nested
    class Retries {
        @Test
        void aServerErrorIsTriedAgain() {
            firstThenGood(error(500, "server_error"));
            assertEquals(GOOD, ask());
            assertEquals(2, model.calls().get(0).tries());
        }

        @Test
        void aLastingServerErrorEndsAfterThreeRequests() {
            always(error(500, "server_error"));
            assertEquals("llm.failing", faultOf());
            assertEquals(3, requests());
        }

        @Test
        void retryAfterIsHonoured() {
            firstThenGood(error(429, "rate_limit_exceeded").withHeader("Retry-After", "1"));
            long start = System.nanoTime();
            assertEquals(GOOD, ask());
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= 1000 && millis < 2500, millis + " ms");
        }

        @Test
        void aLongRetryAfterIsNotWaitedForAndKeepsAllOthersQuiet() {
            always(error(429, "rate_limit_exceeded").withHeader("Retry-After", "600"));
            assertEquals("llm.rate_limited_until", faultOf());
            assertEquals("llm.rate_limited_until", faultOf());
            assertEquals(1, requests());
        }

        @Test
        void anErrorObjectInsideTheStreamIsTriedAgain() {
            firstThenGood(
                    stream(
                            RawServer.chunk("This "),
                            "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}"));
            assertEquals(GOOD, ask());
        }

        @ParameterizedTest
        @CsvSource({
            "'{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other\"}}]}'",
            "'{\"choices\":[{\"delta\":{\"cont'",
        })
        void foreignChoicesAndBrokenEventsAreTriedAgain(String event) {
            firstThenGood(stream(RawServer.chunk("This "), event, STOP));
            assertEquals(GOOD, ask());
        }

        @Test
        void anEmptyAnswerIsAFailure() {
            always(stream(RawServer.chunk(" "), STOP));
            assertEquals("llm.empty", faultOf());
        }

        @Test
        void anUnknownParameterIsLeftOutFromThenOn() {
            firstThenGood(
                    aResponse()
                            .withStatus(400)
                            .withHeader("Content-Type", "application/json")
                            .withBody(
                                    "{\"error\":{\"message\":\"Unsupported\",\"param\":\"stream_options\","
                                            + "\"code\":\"unsupported_parameter\"}}"));
            assertEquals(GOOD, ask());
            var bodies = SERVER.findAll(postRequestedFor(urlEqualTo(CHAT)));
            assertTrue(bodies.get(0).getBodyAsString().contains("stream_options"));
            assertFalse(bodies.get(1).getBodyAsString().contains("stream_options"));
        }
    }

    @Nested
    class Refusals {
        @ParameterizedTest
        @CsvSource({
            "401, invalid_api_key, llm.key_refused",
            "403, x, llm.key_refused",
            "402, x, llm.quota",
            "429, insufficient_quota, llm.quota",
        })
        void settingsFaultsPauseAllCallsUntilATest(int status, String code, String key) {
            always(error(status, code));
            assertEquals(key, faultOf());
            assertEquals(key, faultOf());
            assertEquals(1, requests());
            assertEquals(key, model.closedBecause().orElseThrow().key());
            always(good());
            assertTrue(model.test().works());
            assertEquals(GOOD, ask());
        }

        @ParameterizedTest
        @CsvSource({
            "400, context_length_exceeded, llm.too_much_text",
            "400, x, llm.bad_request",
            "413, x, llm.too_much_text",
        })
        void requestFaultsAreNotTriedAgain(int status, String code, String key) {
            always(error(status, code));
            assertEquals(key, faultOf());
            assertEquals(1, requests());
        }

        @Test
        void aMissingModelNamesThoseThatExist() {
            always(error(404, "model_not_found"));
            SERVER.stubFor(
                    get("/v1/models")
                            .willReturn(
                                    okJson("{\"data\":[{\"id\":\"small\"},{\"id\":\"<b>\"}]}")));
            var e = assertThrows(LlmException.class, ConfiguredModelTest.this::ask);
            assertEquals(
                    "The model 'test-model' does not exist there. Available: small. Set another"
                            + " name in the configuration. The built-in narrator stands in.",
                    e.message().in(Language.ENGLISH));
        }

        @Test
        void aWebPageIsNotALanguageModel() {
            always(
                    aResponse()
                            .withHeader("Content-Type", "text/html")
                            .withBody("<html>Please sign in</html>"));
            assertEquals("llm.not_an_llm", faultOf());
            assertEquals(1, requests());
        }

        @Test
        void redirectsAreNotFollowed() {
            SERVER.stubFor(post("/elsewhere").willReturn(good()));
            always(aResponse().withStatus(307).withHeader("Location", "/elsewhere"));
            assertEquals("llm.redirected", faultOf());
            assertEquals(0, SERVER.findAll(postRequestedFor(urlEqualTo("/elsewhere"))).size());
        }

        @Test
        void invalidJsonIsAFailure() {
            always(aResponse().withHeader("Content-Type", "application/json").withBody("{\"cho"));
            assertEquals("llm.invalid_answer", faultOf());
        }

        @ParameterizedTest
        @CsvSource({"content_filter, llm.filtered", "length, llm.shortened"})
        void anAnswerThatDidNotEndWellIsAFailure(String finish, String key) {
            always(
                    stream(
                            RawServer.chunk("This "),
                            STOP.replace("\"stop\"", "\"" + finish + "\"")));
            assertEquals(key, faultOf());
        }

        @Test
        void theBreakerOpensAfterFiveFailuresInARow() {
            always(error(500, "server_error"));
            assertEquals("llm.failing", faultOf());
            assertEquals("llm.failing", faultOf());
            int sent = requests();
            assertEquals(5, sent);
            assertEquals("llm.resting", faultOf());
            assertEquals(sent, requests());
        }
    }

    @Test
    void theKeyIsInNoLogAndNoRecord() {
        var seen = new ListAppender<ILoggingEvent>();
        seen.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(seen);
        try {
            always(error(401, "invalid_api_key"));
            faultOf();
        } finally {
            root.detachAppender(seen);
        }
        var sent = SERVER.findAll(postRequestedFor(urlEqualTo(CHAT))).get(0);
        assertEquals("Bearer " + ModelSettings.KEY_CANARY, sent.getHeader("Authorization"));
        for (var event : seen.list) {
            // WireMock runs in this process and logs what it receives; only our side counts.
            if (event.getLoggerName().contains("wiremock")) continue;
            String thrown =
                    event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage();
            assertFalse((event.getFormattedMessage() + thrown).contains("canary"));
        }
        assertFalse(model.calls().toString().contains("canary"));
        assertEquals("llm.key_refused", model.calls().get(0).outcome());
    }
}
