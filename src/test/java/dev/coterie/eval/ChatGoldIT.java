package dev.coterie.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.coterie.chat.ChatEncoders;
import dev.coterie.chat.ChatEngine;
import dev.coterie.chat.RememberingEncoders;
import dev.coterie.chat.WriterChoice;
import dev.coterie.collect.Collector;
import dev.coterie.config.ConfigReader;
import dev.coterie.describe.WordingCache;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.VectorCache;
import dev.coterie.eval.ChatOutcome.Verdict;
import dev.coterie.language.Language;
import dev.coterie.llm.ConfiguredModel;
import dev.coterie.llm.ModelSettings;
import dev.coterie.prepare.Preparation;
import dev.coterie.run.RunListener;
import dev.coterie.run.Scoring;
import dev.coterie.run.SegmentationRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The gold questions over both demo projects, answered without a model and by a scripted one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatGoldIT {
    @RegisterExtension static final WireMockExtension SERVER = ScriptedModel.server();

    /** The examples of the intents are embedded once for all engines. */
    private static final ChatEncoders QUESTIONS = new RememberingEncoders();

    private EncoderCatalog encoders;
    private Embedder embedder;
    private List<GoldShop> shops;

    @BeforeAll
    void analyseBothDemoProjects(@TempDir Path folder) {
        var config = ConfigReader.read(Map.of("COTERIE_DATA", folder.toString()));
        encoders = new EncoderCatalog(Optional.empty());
        embedder = new Embedder(new VectorCache(folder.resolve("vectors.db")), 0);
        var run =
                new SegmentationRun(
                        new Collector(config.limits()),
                        new Preparation(),
                        encoders,
                        embedder,
                        Optional.empty(),
                        WordingCache.NONE);
        shops = GoldShop.analysed(run, new Scoring(encoders, embedder), folder, RunListener.NONE);
    }

    @AfterAll
    void closeEncoders() {
        embedder.close();
        encoders.close();
    }

    private ChatOutcome builtIn(GoldQuestion.Half half) {
        var engine = new ChatEngine(Optional.empty(), QUESTIONS);
        var outcome =
                new ChatBenchmark(engine, WriterChoice.BUILTIN, shops)
                        .evaluate(GoldQuestion.of(half), v -> {});
        System.out.println(half.word() + ": " + report(outcome));
        return outcome;
    }

    private static String report(ChatOutcome outcome) {
        var lines = new StringBuilder();
        for (Language language : Language.values()) {
            for (GoldQuestion.Kind kind : GoldQuestion.Kind.values()) {
                long all = outcome.count(v -> v.language() == language && v.kind() == kind);
                long right =
                        outcome.count(
                                v -> v.language() == language && v.kind() == kind && v.right());
                lines.append(language.tag()).append(' ').append(kind.word()).append(' ');
                lines.append(right).append('/').append(all).append(", ");
            }
        }
        return lines.append("wrong figures ")
                .append(outcome.count(Verdict::wrongFigure))
                .toString();
    }

    @Test
    void isTheSizeThatWasAskedFor() {
        for (Language language : Language.values()) {
            int all = 0;
            int[] ofKind = new int[GoldQuestion.Kind.values().length];
            for (GoldQuestion.Half half : GoldQuestion.Half.values()) {
                for (GoldQuestion q : GoldQuestion.of(half)) {
                    if (q.language() != language) continue;
                    all++;
                    ofKind[q.kind().ordinal()]++;
                }
            }
            assertTrue(all >= 60, language + ": " + all);
            for (GoldQuestion.Kind kind : GoldQuestion.Kind.values()) {
                assertTrue(ofKind[kind.ordinal()] >= 10, language + " " + kind);
            }
        }
    }

    @Test
    void theNarratorAnswersTheHeldOutHalf() {
        ChatOutcome outcome = builtIn(GoldQuestion.Half.HELDOUT);
        assertTrue(outcome.answered() >= 0.85, report(outcome));
        assertTrue(outcome.refused() >= 0.9, report(outcome));
        assertEquals(0, outcome.count(Verdict::wrongFigure), report(outcome));
    }

    @Test
    void theNarratorAnswersTheHalfItWasTunedOn() {
        ChatOutcome outcome = builtIn(GoldQuestion.Half.TUNING);
        assertTrue(outcome.answered() >= 0.95, report(outcome));
        assertTrue(outcome.refused() >= 0.95, report(outcome));
        assertEquals(0, outcome.count(Verdict::wrongFigure), report(outcome));
    }

    /** The model calls the expected tool and cites what it finds, so all that may fail is ours. */
    @Test
    void aScriptedModelAnswersTheSameQuestions() {
        var script = ScriptedModel.on(SERVER, shops);
        var model = ConfiguredModel.hurried(ModelSettings.openAi(SERVER.baseUrl() + "/v1"), 0.05);
        var engine = new ChatEngine(Optional.of(model), QUESTIONS);
        for (GoldQuestion.Half half : GoldQuestion.Half.values()) {
            script.expect(GoldQuestion.of(half));
            var outcome =
                    new ChatBenchmark(engine, WriterChoice.LLM, shops)
                            .evaluate(GoldQuestion.of(half), v -> {});
            System.out.println("scripted model, " + half.word() + ": " + report(outcome));
            var failed =
                    outcome.verdicts().stream()
                            .filter(v -> !v.right() || v.wrongFigure())
                            .map(ChatGoldIT::told)
                            .toList();
            assertTrue(outcome.answered() >= 0.95, failed.toString());
            assertTrue(outcome.refused() >= 0.95, failed.toString());
            assertEquals(0, outcome.count(Verdict::wrongFigure), failed.toString());
        }
    }

    private static String told(Verdict v) {
        return "%n%s %s%n  %s%n  %s".formatted(v.id(), v.question(), v.calls(), v.answer());
    }
}
