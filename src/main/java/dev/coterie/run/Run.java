package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Wording;
import dev.coterie.features.Block;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.segment.Method;
import dev.coterie.store.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One reproducible analysis of a dataset.
 *
 * @param number 1, 2, 3… within its project
 * @param job the job that makes or made it
 * @param summary once it has succeeded
 * @param cutFrom the run whose tree was cut for it; empty if it clustered its data itself
 */
public record Run(
        String id,
        String project,
        String dataset,
        int number,
        State state,
        RunSettings settings,
        String job,
        String createdAt,
        Optional<String> startedAt,
        Optional<String> finishedAt,
        Optional<Summary> summary,
        Optional<Failure> failure,
        Optional<String> cutFrom) {
    /**
     * The figures of a finished run that lists show.
     *
     * @param reason why this number of segments
     * @param method what found the clusters; empty in runs of earlier versions
     * @param balance factor of each block as used
     * @param shares of all variance that each block has, together 1; empty in runs of earlier
     *     versions
     * @param stability mean over the segments
     * @param matched to which run and how that went; empty if there was none to match
     */
    public record Summary(
            int customers,
            int texts,
            int events,
            int segments,
            int outliers,
            double stability,
            Message reason,
            Optional<String> encoder,
            String textLanguage,
            Optional<Method> method,
            Map<Block, Double> balance,
            Map<Block, Double> shares,
            String writer,
            List<Notice> warnings,
            Optional<Matched> matched) {
        public Summary {
            balance = Map.copyOf(balance);
            warnings = List.copyOf(warnings);
            method = method == null ? Optional.empty() : method;
            shares = shares == null ? Map.of() : Map.copyOf(shares);
            // Runs of earlier versions were matched to none and say nothing.
            matched = matched == null ? Optional.empty() : matched;
        }

        static Summary of(RunSettings settings, Analysis analysis, Optional<Matched> matched) {
            var segmentation = analysis.segmentation();
            return new Summary(
                    analysis.customers().customers(),
                    analysis.customers().texts().size(),
                    analysis.customers().events().count(),
                    segmentation.k(),
                    segmentation.outliers(),
                    Arrays.stream(segmentation.stability()).average().orElse(0),
                    segmentation.reason(),
                    analysis.embeddings().map(e -> e.encoder().name()),
                    analysis.description().textLanguage(),
                    Optional.of(segmentation.method()),
                    analysis.featureModel().balance(),
                    analysis.featureModel().shares(),
                    writer(settings, analysis.description().segments()),
                    analysis.notices(),
                    matched);
        }

        /** {@code llm} if the model wrote any of the run's texts. */
        private static String writer(RunSettings settings, List<SegmentProfile> segments) {
            return segments.stream()
                    .map(s -> s.wording(settings.language()))
                    .map(Wording::writer)
                    .map(w -> w.word())
                    .max(String::compareTo)
                    .orElse("builtin");
        }
    }

    /**
     * The run that was published when this one was made, and what changed since.
     *
     * @param run its id
     * @param number its number, which stays known when it is deleted
     * @param stayed customers of both runs still in their segment
     * @param moved customers of both runs in another one
     * @param newCustomers customers of this run alone
     * @param goneCustomers customers of the other run alone
     * @param kept segments that live on
     * @param born segments of this run that are new
     * @param died segments of the other run that are no more
     */
    public record Matched(
            String run,
            int number,
            long stayed,
            long moved,
            long newCustomers,
            long goneCustomers,
            int kept,
            int born,
            int died) {
        static Matched of(Changes changes) {
            var s = changes.succession();
            return new Matched(
                    changes.from().run(),
                    changes.from().number(),
                    s.stayed(),
                    s.moved(),
                    s.newCustomers(),
                    s.goneCustomers(),
                    s.earlier() - s.died().size(),
                    s.born().size(),
                    s.died().size());
        }
    }

    static Run of(Row row) {
        return new Run(
                row.text("id"),
                row.text("project"),
                row.text("dataset"),
                (int) row.number("number"),
                State.of(row.text("state")),
                LedgerJson.read(row.text("settings"), RunSettings.class),
                row.text("job"),
                row.text("created_at"),
                row.optionalText("started_at"),
                row.optionalText("finished_at"),
                row.optionalText("summary").map(json -> LedgerJson.read(json, Summary.class)),
                row.optionalText("problem").map(json -> LedgerJson.read(json, Failure.class)),
                row.optionalText("cut_from"));
    }
}
