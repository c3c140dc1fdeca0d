package dev.coterie.api;

import dev.coterie.brief.Brief;
import dev.coterie.describe.Analysis;
import dev.coterie.run.BriefEntry;
import dev.coterie.run.FinishedRun;
import dev.coterie.run.Project;
import dev.coterie.run.RunFiles;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * {@code /runs/R/export}: the files of the batch command in one archive, with the names that people
 * gave and the briefs that they have. Written as it is made, so that nothing large is held.
 */
final class ExportRoutes {
    private final Workspace workspace;
    private final Readers readers;
    private final Counts counts;

    ExportRoutes(Workspace workspace, Readers readers, Counts counts) {
        this.workspace = workspace;
        this.readers = readers;
        this.counts = counts;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v1/runs/{r}/export", this::export);
    }

    private void export(Context ctx) {
        Reader reader = readers.ofRun(ctx, ctx.pathParam("r"));
        FinishedRun run = reader.finished();
        Project project = workspace.projects().get(run.run().project());
        String name = project.slug() + "-run-" + run.run().number() + ".zip";
        ctx.disableCompression()
                .contentType("application/zip")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
        try (var zip = new ZipOutputStream(ctx.outputStream(), StandardCharsets.UTF_8)) {
            write(reader, project, zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private void write(Reader reader, Project project, ZipOutputStream zip) throws IOException {
        FinishedRun run = reader.finished();
        Analysis analysis = workspace.runs().named(run);
        var files =
                new RunFiles(analysis, run.run().settings(), Optional.empty(), counts.threshold());
        put(zip, RunFiles.ASSIGNMENTS, files::writeAssignments);
        put(zip, RunFiles.SEGMENTS, files::writeSegments);
        put(zip, RunFiles.REPORT, files::writeReport);
        Map<Integer, Brief> written = briefs(project, run.run().id());
        for (int number = 1; number <= analysis.segmentation().k(); number++) {
            int segment = number;
            Brief brief = written.get(number);
            put(
                    zip,
                    RunFiles.briefName(number),
                    brief == null
                            ? out -> files.writeBrief(segment, out)
                            : out -> files.writeBrief(brief, out));
        }
    }

    /** The newest one of the run for each of its segments, as people left it. */
    private Map<Integer, Brief> briefs(Project project, String run) {
        var newest = new HashMap<Integer, Brief>();
        for (BriefEntry entry : workspace.briefs().list(project.id())) {
            boolean ours = entry.run().equals(run) && entry.number() > 0;
            if (ours) entry.content().ifPresent(b -> newest.putIfAbsent(entry.number(), b));
        }
        return newest;
    }

    private static void put(ZipOutputStream zip, String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        content.write(zip);
        zip.closeEntry();
        // What is there already goes out, so that a reader sees the archive grow.
        zip.flush();
    }
}
