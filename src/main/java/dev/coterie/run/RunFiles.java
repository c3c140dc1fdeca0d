package dev.coterie.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.coterie.brief.Brief;
import dev.coterie.brief.BriefMarkdown;
import dev.coterie.brief.BriefRequest;
import dev.coterie.brief.BriefWriter;
import dev.coterie.brief.Report;
import dev.coterie.brief.ReportChanges;
import dev.coterie.collect.CsvGuard;
import dev.coterie.collect.Reject;
import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a run leaves behind as files. Streams are written to and left open. Immutable. */
public final class RunFiles {
    /** One row a customer, in the order of the owner's file. */
    public static final String ASSIGNMENTS = "assignments.csv";

    /** Settings, data, segments and everything that was left out. */
    public static final String SEGMENTS = "segments.json";

    /** The same to read and print. */
    public static final String REPORT = "report.html";

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new Jdk8Module())
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private final Analysis analysis;
    private final RunSettings settings;
    private final Optional<ReportChanges> changes;
    private final int smallCount;
    private final List<Reject> rejects;

    /**
     * @param changes since an earlier run, if they are to be told
     * @param smallCount counts of customers below it are not told
     */
    public RunFiles(
            Analysis analysis,
            RunSettings settings,
            Optional<ReportChanges> changes,
            int smallCount) {
        this.analysis = analysis;
        this.settings = settings;
        this.changes = changes;
        this.smallCount = smallCount;
        var all = new ArrayList<Reject>();
        analysis.collected().tables().forEach(t -> all.addAll(t.table().rejects()));
        all.addAll(analysis.prepared().rejects());
        this.rejects = List.copyOf(all);
    }

    /** Rows that could not be taken. */
    public List<Reject> rejects() {
        return rejects;
    }

    /** The file of a segment's brief. */
    public static String briefName(int segment) {
        return "briefs/segment-" + segment + ".md";
    }

    public void writeAssignments(OutputStream out) throws IOException {
        var segmentation = analysis.segmentation();
        var customers = analysis.customers();
        Writer csv = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        csv.write("customer_id,segment,confidence,outlier\n");
        var order =
                IntStream.range(0, customers.customers())
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> customers.lines()[i]))
                        .toList();
        for (int i : order) {
            csv.write(CsvGuard.cell(customers.ids().get(i)));
            csv.write("," + (segmentation.labels()[i] + 1));
            csv.write("," + fourDecimals(segmentation.confidence()[i]));
            csv.write("," + segmentation.outlier()[i] + "\n");
        }
        csv.flush();
    }

    /** Of a value in 0..1; a formatter for each row takes longer than the rest of the file. */
    private static String fourDecimals(double value) {
        long parts = Math.round(value * 10_000);
        String digits = String.valueOf(10_000 + parts % 10_000);
        return parts / 10_000 + "." + digits.substring(1);
    }

    public void writeSegments(OutputStream out) throws IOException {
        JSON.writeValue(out, SegmentsJson.of(analysis, settings, rejects, changes, smallCount));
    }

    public void writeReport(OutputStream out) throws IOException {
        Language language = settings.language();
        String page =
                changes.map(c -> Report.render(analysis, language, c))
                        .orElseGet(() -> Report.render(analysis, language));
        out.write(page.getBytes(StandardCharsets.UTF_8));
    }

    /** The brief of a segment as the built-in narrator writes it. */
    public void writeBrief(int segment, OutputStream out) throws IOException {
        var writer = new BriefWriter(Optional.empty());
        writeBrief(writer.write(analysis, segment, BriefRequest.in(settings.language())), out);
    }

    public void writeBrief(Brief brief, OutputStream out) throws IOException {
        String text = BriefMarkdown.render(brief, brief.language(), smallCount);
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
