package dev.coterie.cli;

import dev.coterie.brief.ReportChanges;
import dev.coterie.collect.RejectsFile;
import dev.coterie.describe.Analysis;
import dev.coterie.language.Message;
import dev.coterie.run.RunFiles;
import dev.coterie.run.RunSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files that {@code coterie segment} leaves behind. */
final class SegmentOutput {
    private final Analysis analysis;
    private final RunSettings settings;
    private final Optional<ReportChanges> changes;
    private final RunFiles files;

    /**
     * @param changes since an earlier output, if there is one
     * @param smallCount counts of customers below it are not told
     */
    SegmentOutput(
            Analysis analysis,
            RunSettings settings,
            Optional<ReportChanges> changes,
            int smallCount) {
        this.analysis = analysis;
        this.settings = settings;
        this.changes = changes;
        this.files = new RunFiles(analysis, settings, changes, smallCount);
    }

    int rejects() {
        return files.rejects().size();
    }

    void write(Path out) {
        WholeFile.write(out.resolve(RunFiles.ASSIGNMENTS), files::writeAssignments);
        WholeFile.write(out.resolve(RunFiles.SEGMENTS), files::writeSegments);
        WholeFile.write(out.resolve(RunFiles.REPORT), files::writeReport);
        int segments = analysis.description().segments().size();
        for (int number = 1; number <= segments; number++) {
            int segment = number;
            Path brief = out.resolve(RunFiles.briefName(number));
            WholeFile.write(brief, stream -> files.writeBrief(segment, stream));
        }
        deleteOlderBriefs(out, segments);
        Path rejectsFile = out.resolve("rejects.csv");
        if (files.rejects().isEmpty()) {
            delete(rejectsFile); // of an earlier run into the same folder
        } else {
            RejectsFile.write(rejectsFile, files.rejects(), settings.language());
        }
    }

    /** Briefs of an earlier run into the same folder that had more segments. */
    private static void deleteOlderBriefs(Path out, int segments) {
        for (int number = segments + 1;
                delete(out.resolve(RunFiles.briefName(number)));
                number++) {}
    }

    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String summary(Path out) {
        var lines = new StringBuilder();
        lines.append(
                Message.of(
                                "cli.summary",
                                "customers",
                                analysis.customers().customers(),
                                "segments",
                                analysis.segmentation().k(),
                                "outliers",
                                analysis.segmentation().outliers(),
                                "rejects",
                                files.rejects().size(),
                                "path",
                                out.toString())
                        .in(settings.language()));
        for (var segment : analysis.description().segments()) {
            lines.append(
                    String.format(
                            settings.language().locale(),
                            "%n%4d %,9d %6.1f%%  %s",
                            segment.number(),
                            segment.size(),
                            100 * segment.share(),
                            segment.wording(settings.language()).name()));
        }
        if (!analysis.segmentation().clear()) {
            String reason = analysis.segmentation().reason().in(settings.language());
            lines.append('\n').append(reason);
        }
        changes.ifPresent(c -> lines.append('\n').append(changed(c)));
        return lines.toString();
    }

    private String changed(ReportChanges since) {
        var s = since.succession();
        return Message.of(
                        "cli.changes",
                        "stayed",
                        s.stayed(),
                        "moved",
                        s.moved(),
                        "new",
                        s.newCustomers(),
                        "gone",
                        s.goneCustomers(),
                        "kept",
                        s.earlier() - s.died().size(),
                        "born",
                        s.born().size(),
                        "died",
                        s.died().size())
                .in(settings.language());
    }
}
