package dev.coterie.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.coterie.brief.BriefMarkdown;
import dev.coterie.brief.BriefRequest;
import dev.coterie.brief.BriefWriter;
import dev.coterie.brief.Report;
import dev.coterie.brief.ReportChanges;
import dev.coterie.collect.CsvGuard;
import dev.coterie.collect.Reject;
import dev.coterie.collect.RejectsFile;
import dev.coterie.describe.Analysis;
import dev.coterie.language.Message;
import dev.coterie.run.RunSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The files that {@code coterie segment} leaves behind. */
final class SegmentOutput {
    private final Analysis analysis;
    private final RunSettings settings;
    private final Optional<ReportChanges> changes;
    private final int smallCount;
    private final List<Reject> rejects = new ArrayList<>();

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
        this.smallCount = smallCount;
        analysis.collected().tables().forEach(t -> rejects.addAll(t.table().rejects()));
        rejects.addAll(analysis.prepared().rejects());
    }

    int rejects() {
        return rejects.size();
    }

    void write(Path out) {
        WholeFile.write(out.resolve("assignments.csv"), this::writeAssignments);
        WholeFile.write(
                out.resolve("segments.json"),
                stream ->
                        new ObjectMapper()
                                .registerModule(new Jdk8Module())
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .writeValue(
                                        stream,
                                        SegmentsJson.of(
                                                analysis, settings, rejects, changes, smallCount)));
        WholeFile.write(
                out.resolve("report.html"),
                stream ->
                        stream.write(
                                changes.map(c -> Report.render(analysis, settings.language(), c))
                                        .orElseGet(
                                                () -> Report.render(analysis, settings.language()))
                                        .getBytes(StandardCharsets.UTF_8)));
        writeBriefs(out.resolve("briefs"));
        Path rejectsFile = out.resolve("rejects.csv");
        if (rejects.isEmpty()) {
            delete(rejectsFile); // of an earlier run into the same folder
        } else {
            RejectsFile.write(rejectsFile, rejects, settings.language());
        }
    }

    /** One row a customer, in the order of the file. */
    private void writeAssignments(OutputStream stream) throws IOException {
        var segmentation = analysis.segmentation();
        var customers = analysis.customers();
        Writer csv = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        csv.write("customer_id,segment,confidence,outlier\n");
        var order =
                IntStream.range(0, customers.customers())
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> customers.lines()[i]))
                        .toList();
        for (int i : order) {
            csv.write(CsvGuard.cell(customers.ids().get(i)));
            csv.write(
                    String.format(
                            Locale.ROOT,
                            ",%d,%.4f,%b%n",
                            segmentation.labels()[i] + 1,
                            segmentation.confidence()[i],
                            segmentation.outlier()[i]));
        }
        csv.flush();
    }

    private void writeBriefs(Path folder) {
        var writer = new BriefWriter(Optional.empty());
        for (var segment : analysis.description().segments()) {
            var brief =
                    writer.write(analysis, segment.number(), BriefRequest.in(settings.language()));
            WholeFile.write(
                    folder.resolve("segment-" + segment.number() + ".md"),
                    stream ->
                            stream.write(
                                    BriefMarkdown.render(brief, settings.language(), smallCount)
                                            .getBytes(StandardCharsets.UTF_8)));
        }
        deleteOlderBriefs(folder, analysis.description().segments().size());
    }

    /** Briefs of an earlier run into the same folder that had more segments. */
    private static void deleteOlderBriefs(Path folder, int segments) {
        for (int number = segments + 1;
                delete(folder.resolve("segment-" + number + ".md"));
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
                                rejects.size(),
                                "path",
                                out.toString())
                        .in(settings.language()));
        for (var segment : analysis.description().segments()) {
            lines.append(
                    String.format(
                            settings.language().locale(),
                            "%n%4d  %6.1f %%  %s",
                            segment.number(),
                            100 * segment.share(),
                            segment.wording(settings.language()).name()));
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
