package dev.coterie.run;

import dev.coterie.language.Message;
import dev.coterie.store.Row;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Work that takes longer than a request.
 *
 * @param type {@code run}, {@code brief}, or {@code wording} for the names of a finished run
 * @param subject id of what it makes
 * @param epoch start of the server that it belongs to
 * @param request what was asked, JSON
 * @param stage key of the stage at work
 * @param progress how far that stage is
 * @param failure why it failed
 * @param until when it goes on, while it waits
 * @param reason why it waits
 */
public record Job(
        String id,
        String type,
        String project,
        String subject,
        State state,
        long epoch,
        String request,
        Optional<String> stage,
        Optional<Done> progress,
        Optional<Failure> failure,
        Optional<String> until,
        Optional<Message> reason,
        String createdAt,
        Optional<String> startedAt,
        Optional<String> finishedAt) {
    /**
     * @param total -1 while unknown
     * @param rate units a second
     * @param eta seconds left
     */
    public record Done(long done, long total, String unit, OptionalDouble rate, OptionalLong eta) {}

    static Job of(Row row) {
        double rate = row.real("rate");
        Optional<Done> progress =
                row.optionalText("unit")
                        .map(
                                unit ->
                                        new Done(
                                                row.number("done"),
                                                row.number("total"),
                                                unit,
                                                Double.isNaN(rate)
                                                        ? OptionalDouble.empty()
                                                        : OptionalDouble.of(rate),
                                                row.optionalNumber("eta")));
        return new Job(
                row.text("id"),
                row.text("type"),
                row.text("project"),
                row.text("subject"),
                State.of(row.text("state")),
                row.number("epoch"),
                row.text("request"),
                row.optionalText("stage"),
                progress,
                row.optionalText("problem").map(json -> LedgerJson.read(json, Failure.class)),
                row.optionalText("until"),
                row.optionalText("reason").map(json -> LedgerJson.read(json, Message.class)),
                row.text("created_at"),
                row.optionalText("started_at"),
                row.optionalText("finished_at"));
    }
}
