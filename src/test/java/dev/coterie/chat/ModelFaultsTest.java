package dev.coterie.chat;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.coterie.chat.ScriptedModel.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Writer;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.llm.ModelSettings;
import dev.coterie.llm.RawServer;
import dev.coterie.proof.References;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A model that fails, is stopped or is not wanted leaves an answer all the same. */
class ModelFaultsTest extends ScriptedChat {
    @Test
    void afterAnyFaultTheNarratorAnswersWithTheReason() {
        SERVER.script(
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
        SERVER.script(says("no"));
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
        assertEquals(0, SERVER.requests().size());
    }
}
