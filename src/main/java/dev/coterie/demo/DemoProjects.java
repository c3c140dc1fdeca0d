package dev.coterie.demo;

import dev.coterie.embed.EncoderCatalog;
import dev.coterie.invent.CsvFile;
import dev.coterie.language.Language;
import dev.coterie.run.Dataset;
import dev.coterie.run.Datasets;
import dev.coterie.run.Project;
import dev.coterie.run.RunSettings;
import dev.coterie.run.Workspace;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the two demo projects into a new workspace and starts their runs. */
public final class DemoProjects {
    private static final Logger log = LoggerFactory.getLogger(DemoProjects.class);
    private static final long SEED = 42;

    private final Workspace workspace;

    public DemoProjects(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Makes each demo once in the life of the folder, and none beside projects of a user; what a
     * start that was stopped half-way began is completed at the next one. A demo that was deleted
     * stays deleted.
     */
    public void create() {
        List<Project> there = workspace.projects().list();
        boolean own = there.stream().anyMatch(project -> !project.demo());
        for (DemoData demo : List.of(DemoGenerator.english(SEED), DemoGenerator.chinese(SEED))) {
            if (workspace.settings().demoMade(demo.language())) continue;
            Optional<Project> begun =
                    there.stream()
                            .filter(p -> p.demo() && p.language() == demo.language())
                            .findFirst();
            if (begun.isEmpty() && own) continue;
            complete(begun.orElseGet(() -> project(demo)), demo);
            workspace.settings().rememberDemo(demo.language());
        }
    }

    private Project project(DemoData demo) {
        return workspace.projects().create(demo.projectName(), demo.language(), true);
    }

    private void complete(Project project, DemoData demo) {
        if (!workspace.runs().list(project.id()).isEmpty()) return;
        List<Dataset> datasets = workspace.datasets().list(project.id());
        Dataset dataset = datasets.isEmpty() ? upload(project, demo) : datasets.get(0);
        workspace.runs().start(project.id(), Optional.of(dataset.id()), settings(demo.language()));
        log.info("demo: project {} is being analysed", demo.projectName());
    }

    private Dataset upload(Project project, DemoData demo) {
        List<File> files = demo.files().stream().map(File::new).toList();
        return workspace.datasets().upload(project.id(), demo.projectName(), files);
    }

    /**
     * Whoever starts the demo waits for it: the fast encoder halves the time of the English texts
     * and finds their planted groups as well.
     */
    static RunSettings settings(Language language) {
        var settings = RunSettings.defaults(language);
        return language == Language.ENGLISH
                ? settings.withEncoder(EncoderCatalog.FAST_ENGLISH)
                : settings;
    }

    private record File(CsvFile file) implements Datasets.Incoming {
        @Override
        public String name() {
            return file.name();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(file.csv().getBytes(StandardCharsets.UTF_8));
        }
    }
}
