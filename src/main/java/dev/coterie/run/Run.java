package dev.coterie.run;

import dev.coterie.features.Block;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.store.Row;
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
     * @param balance factor of each block as used
     * @param stability mean over the segments
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
            Map<Block, Double> balance,
            String writer,
            List<Notice> warnings) {
        public Summary {
            balance = Map.copyOf(balance);
            warnings = List.copyOf(warnings);
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
