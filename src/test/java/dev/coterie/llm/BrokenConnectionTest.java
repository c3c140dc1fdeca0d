package dev.coterie.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.LlmException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What only a socket can do: cut, stall, drip, reset, flood. Times run twenty times as fast. */
class BrokenConnectionTest {
    private static final String GOOD = "This group has {{f1}} customers.";

    private static ConfiguredModel model(RawServer server) {
        return ConfiguredModel.hurried(ModelSettings.openAi(server.baseUrl()), 0.05);
    }

    private static String ask(ConfiguredModel model) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(8),
                () -> model.chat(LanguageModel.Purpose.BRIEF).chat("Say something."));
    }

    private static String faultOf(ConfiguredModel model) {
        return assertThrows(LlmException.class, () -> ask(model)).message().key();
    }

    private static List<String> listen(ConfiguredModel model) {
        var heard = new ArrayList<String>();
        model.streaming(LanguageModel.Purpose.CHAT).chat("Say something.", new Reader(heard));
        return heard;
    }

    @Test
    void aStreamCutByResetStartsOverAndTheReaderIsTold() throws IOException {
        RawServer.Script cut =
                talk -> {
                    talk.head(200, "text/event-stream");
                    talk.content("This group ");
                    talk.pause(50);
                    talk.reset();
                };
        try (var server = new RawServer(cut, RawServer.good("Fine."))) {
            assertEquals(
                    List.of("This group ", "[llm.incomplete]", "Fine."), listen(model(server)));
        }
    }

    @Test
    void aStreamThatEndsWithoutAFinishIsCut() throws IOException {
        RawServer.Script end =
                talk -> {
                    talk.head(200, "text/event-stream");
                    talk.content("This group ");
                };
        try (var server = new RawServer(end)) {
            assertEquals("llm.cut", faultOf(model(server)));
            assertEquals(3, server.requests().size());
        }
        try (var server = new RawServer(end, RawServer.good(GOOD))) {
            assertEquals(GOOD, ask(model(server)));
        }
    }

    @Test
    void resetsGarbageAndHangUpsBeforeAnAnswerAreTriedAgain() throws IOException {
        RawServer.Script closes = talk -> {};
        RawServer.Script garbage = talk -> talk.raw(new byte[] {0, -1, 0x13, 0x37, 10, 13, 42});
        for (RawServer.Script script : List.of(RawServer.Talk::reset, closes, garbage)) {
            try (var server = new RawServer(script, RawServer.good(GOOD))) {
                assertEquals(GOOD, ask(model(server)));
            }
        }
    }

    @Test
    void aMalformedChunkAndAShortBodyAreNeverTakenAsWhole() throws IOException {
        RawServer.Script chunk =
                talk ->
                        talk.raw(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\nzz;no-size\r\n{\"choi");
        RawServer.Script shortened =
                talk -> {
                    String body =
                            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Wrong.\"},"
                                    + "\"finish_reason\":\"stop\"}]}";
                    talk.raw(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                                    + (body.length() + 500)
                                    + "\r\n\r\n"
                                    + body);
                };
        for (RawServer.Script script : List.of(chunk, shortened)) {
            try (var server = new RawServer(script, RawServer.good(GOOD))) {
                assertEquals(GOOD, ask(model(server)));
            }
        }
    }

    @Test
    void silenceBeforeTheAnswerEndsAtTheFirstByteLimit() throws Exception {
        try (var server = new RawServer(talk -> talk.stall(60_000))) {
            long start = System.nanoTime();
            assertEquals(List.of("!llm.no_answer"), listen(model(server)));
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= 950 && millis < 3000, millis + " ms"); // 20 s × 0.05
            assertEquals(1, server.requests().size(), "a chat does not wait twice");
            assertTrue(server.clientHungUp(2000));
        }
    }

    @Test
    void aStallInMidAnswerEndsAtTheIdleLimitAndTheSocketIsClosed() throws Exception {
        RawServer.Script stall =
                talk -> {
                    talk.head(200, "text/event-stream");
                    talk.content("This ");
                    talk.stall(60_000);
                };
        try (var server = new RawServer(stall, RawServer.good("Fine."))) {
            assertEquals(List.of("This ", "[llm.incomplete]", "Fine."), listen(model(server)));
            assertTrue(server.clientHungUp(2000));
        }
    }

    @Test
    void aDrippingBodyIsCutByTheRateFloor() throws IOException {
        RawServer.Script drip =
                talk -> {
                    talk.head(200, "application/json", "Content-Length: 6000");
                    for (int i = 0; i < 600; i++) {
                        talk.raw(" ");
                        talk.pause(10);
                    }
                };
        try (var server = new RawServer(drip)) {
            assertEquals("llm.too_slow", faultOf(model(server)));
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void endlessWritingEndsAtTheDeadline() throws IOException {
        RawServer.Script slow =
                talk -> {
                    talk.head(200, "text/event-stream");
                    for (int i = 0; i < 600; i++) {
                        talk.content("word ");
                        talk.pause(50);
                    }
                };
        try (var server = new RawServer(slow)) {
            long start = System.nanoTime();
            assertEquals("llm.timeout", faultOf(model(server)));
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= 2900 && millis < 4500, millis + " ms"); // 60 s × 0.05
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void hugeTextIsCutAtItsCap() throws IOException {
        RawServer.Script flood =
                talk -> {
                    talk.head(200, "text/event-stream");
                    for (int i = 0; i < 1000; i++) talk.content("x".repeat(10_000));
                };
        try (var server = new RawServer(flood)) {
            assertEquals("llm.answer_too_large", faultOf(model(server)));
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void aGzipBombIsCutAtTwoMegabytesDecoded() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 64; i++) gzip.write(spaces);
        }
        RawServer.Script script =
                talk -> {
                    talk.head(200, "application/json", "Content-Encoding: gzip");
                    talk.raw(bomb.toByteArray());
                };
        try (var server = new RawServer(script)) {
            assertEquals("llm.answer_too_large", faultOf(model(server)));
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void unusualButLegalEventStreamsAreRead() throws IOException {
        RawServer.Script odd =
                talk -> {
                    talk.head(200, "text/event-stream; charset=utf-8");
                    talk.raw(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
                    talk.raw(": ping\r\n\r\n");
                    talk.raw(
                            "event: message\r\nid: 1\r\nretry: 9\r\ndata: "
                                    + RawServer.chunk("本组有")
                                    + "\r\n\r\n");
                    byte[] split =
                            ("data:" + RawServer.chunk("{{f1}}位客户😀") + "\n\n")
                                    .getBytes(StandardCharsets.UTF_8);
                    for (byte b : split) talk.raw(new byte[] {b});
                    talk.raw(
                            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":null},"
                                    + "\"finish_reason\":\"stop\"}]}\n\n");
                    talk.raw("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3}}");
                };
        try (var server = new RawServer(odd)) {
            var model = model(server);
            assertEquals("本组有{{f1}}位客户😀", ask(model));
            assertEquals(3, model.calls().get(0).inputTokens());
        }
    }

    @Test
    void aHalfCharacterIsReplaced() throws IOException {
        RawServer.Script half =
                talk -> {
                    talk.head(200, "text/event-stream");
                    talk.raw(
                            "data: "
                                    + RawServer.chunk("@").replace("@", "\\ud83d")
                                    + "\n\ndata: "
                                    + RawServer.chunk("!")
                                    + "\n\n");
                    talk.finish("stop");
                };
        try (var server = new RawServer(half)) {
            assertEquals("\ufffd!", ask(model(server)));
        }
    }

    private static final RawServer.Script ENDLESS =
            talk -> {
                talk.head(200, "text/event-stream");
                talk.content("one ");
                talk.content("two ");
                talk.stall(60_000);
            };

    /** Hears two words and stops. */
    private static List<String> stopped(ConfiguredModel model) {
        var heard = new ArrayList<String>();
        model.streaming(LanguageModel.Purpose.CHAT)
                .chat(
                        "Say something.",
                        new Reader(heard) {
                            @Override
                            public boolean cancelled() {
                                return heard.size() >= 2;
                            }
                        });
        return heard;
    }

    @Test
    void aReaderWhoStopsClosesTheConnection() throws Exception {
        try (var server = new RawServer(ENDLESS)) {
            List<String> heard = stopped(model(server));
            assertEquals("!llm.cancelled", heard.get(heard.size() - 1));
            assertEquals(1, server.requests().size());
            assertTrue(server.clientHungUp(2000));
        }
    }

    @Test
    void aProbeThatSpokeClosesTheBreakerAlsoIfItsReaderStopsIt() throws IOException {
        RawServer.Script failing =
                talk -> {
                    talk.head(500, "application/json");
                    talk.raw("{}");
                };
        var now = new AtomicReference<>(failing);
        try (var server = new RawServer(talk -> now.get().play(talk))) {
            var settings = ModelSettings.openAi(server.baseUrl());
            var clock = new HandClock();
            var model =
                    new ConfiguredModel(settings, Limits.of(settings).scaled(0.05), clock, c -> {});
            for (int i = 0; i < 3; i++) faultOf(model);
            assertEquals("llm.resting", faultOf(model));
            clock.advance(Duration.ofSeconds(31));
            now.set(ENDLESS);
            assertEquals(List.of("one ", "two "), stopped(model).subList(0, 2));
            now.set(RawServer.good("fine"));
            assertEquals("fine", ask(model));
        }
    }

    @Test
    void aRefusedConnectionOpensTheBreakerAtOnceAndAProbeClosesIt() throws IOException {
        int port;
        try (var taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        var settings = ModelSettings.openAi("http://127.0.0.1:" + port + "/v1");
        var clock = new HandClock();
        var model = new ConfiguredModel(settings, Limits.of(settings).scaled(0.05), clock, c -> {});
        assertEquals("llm.refused", faultOf(model));
        assertEquals("llm.resting", faultOf(model));
        clock.advance(Duration.ofSeconds(31));
        assertEquals("llm.refused", faultOf(model), "one probe goes through");
        assertEquals("llm.resting", faultOf(model));
    }

    @Test
    void anUnknownHostIsTriedOnceMore() {
        var settings = ModelSettings.openAi("http://llm.example.invalid/v1");
        var model = ConfiguredModel.hurried(settings, 0.05);
        assertEquals("llm.name_not_found", faultOf(model));
        assertEquals(2, model.calls().get(0).tries());
    }

    /** A clock that moves by hand. */
    private static final class HandClock extends Clock {
        private final AtomicReference<Instant> now =
                new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

        void advance(Duration time) {
            now.updateAndGet(i -> i.plus(time));
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
