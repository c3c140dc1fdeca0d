package dev.coterie.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.brief.BriefWriter;
import dev.coterie.chat.ChatEncoders;
import dev.coterie.chat.ChatEngine;
import dev.coterie.collect.Collector;
import dev.coterie.config.ConfigReader;
import dev.coterie.describe.WordingCache;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.VectorCache;
import dev.coterie.language.Language;
import dev.coterie.prepare.Preparation;
import dev.coterie.run.FileIntake;
import dev.coterie.run.Project;
import dev.coterie.run.Scoring;
import dev.coterie.run.SegmentationRun;
import dev.coterie.run.Workspace;
import dev.coterie.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the demo projects are made, and when they are not. */
class DemoProjectsTest {
    private static final List<Language> BOTH = List.of(Language.ENGLISH, Language.CHINESE);

    @TempDir Path folder;

    private Workspace workspace;
    private Embedder embedder;
    private EncoderCatalog encoders;

    @BeforeEach
    void start() {
        var limits = ConfigReader.read(Map.of("COTERIE_DATA", folder.toString())).limits();
        encoders = new EncoderCatalog(Optional.empty());
        embedder = new Embedder(new VectorCache(folder.resolve("vectors.db")), 0);
        workspace =
                new Workspace(
                        Database.open(folder),
                        new FileIntake(new Collector(limits), new Preparation()),
                        new SegmentationRun(
                                new Collector(limits),
                                new Preparation(),
                                encoders,
                                embedder,
                                Optional.empty(),
                                WordingCache.NONE),
                        new BriefWriter(Optional.empty()),
                        new ChatEngine(Optional.empty(), ChatEncoders.of(encoders)),
                        new Scoring(encoders, embedder),
                        limits.requestBytes(),
                        Clock.systemUTC());
        workspace.start();
    }

    @AfterEach
    void stop() {
        workspace.close();
        embedder.close();
        encoders.close();
    }

    /** What a start does; the analyses themselves are not waited for. */
    private void startDemo() {
        new DemoProjects(workspace).create();
        for (var job : workspace.jobs().list(Optional.empty(), Optional.empty())) {
            if (!job.state().ended()) workspace.jobs().cancel(job.id());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> workspace.jobs().get(job.id()).state().ended());
        }
    }

    private List<Language> languages() {
        return workspace.projects().list().stream().map(Project::language).toList();
    }

    private Project of(Language language) {
        return workspace.projects().list().stream()
                .filter(p -> p.language() == language)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDeletedDemoStaysDeletedAndADeletedAnalysisOfItToo() {
        startDemo();
        assertEquals(BOTH, languages());
        Project english = of(Language.ENGLISH);
        workspace.deleteProject(of(Language.CHINESE).id());
        workspace.deleteRun(workspace.runs().list(english.id()).get(0).id());

        startDemo();

        assertEquals(List.of(Language.ENGLISH), languages());
        assertEquals(List.of(), workspace.runs().list(english.id()));
    }

    @Test
    void aStartThatWasStoppedHalfWayIsCompleted() {
        Project begun = workspace.projects().create("Begun", Language.CHINESE, true);

        startDemo();

        assertEquals(2, languages().size());
        assertEquals(1, workspace.runs().list(begun.id()).size());
        assertEquals(1, workspace.runs().list(of(Language.ENGLISH).id()).size());
    }

    @Test
    void nothingIsPutBesideProjectsOfAUser() {
        workspace.projects().create("Shop", Language.CHINESE, false);

        startDemo();

        assertEquals(1, languages().size());
    }
}
