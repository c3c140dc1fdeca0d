package dev.coterie.run;

import dev.coterie.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Answers to requests with an Idempotency-Key, kept 24 hours. */
public final class StoredAnswers {
    private static final Duration KEPT = Duration.ofHours(24);

    private final Database database;
    private final Clock clock;

    StoredAnswers(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What is known of a request.
     *
     * @param status 0 while the first request with the key is still at work
     */
    public record Known(String requestHash, int status, Optional<String> location, String body) {}

    /**
     * Claims a key for a request.
     *
     * @return empty if the caller shall do the work and then {@link #keep} or {@link #release}
     */
    public Optional<Known> claim(String name, String requestHash) {
        return database.write(
                t -> {
                    Optional<Known> known =
                            t.first(
                                    "select * from stored_answer where name = ? and at > ?",
                                    row ->
                                            new Known(
                                                    row.text("request_hash"),
                                                    (int) row.number("status"),
                                                    row.optionalText("location"),
                                                    row.optionalText("body").orElse("")),
                                    name,
                                    clock.instant().minus(KEPT).toString());
                    if (known.isEmpty()) {
                        t.change(
                                "insert or replace into stored_answer (name, request_hash, at)"
                                        + " values (?, ?, ?)",
                                name,
                                requestHash,
                                clock.instant().toString());
                    }
                    return known;
                });
    }

    public void keep(String name, int status, Optional<String> location, String body) {
        database.change(
                t ->
                        t.change(
                                "update stored_answer set status = ?, location = ?, body = ? where"
                                        + " name = ?",
                                status,
                                location,
                                body,
                                name));
    }

    /** Forgets a key whose request failed, so that it can be tried again. */
    public void release(String name) {
        database.change(t -> t.change("delete from stored_answer where name = ?", name));
    }

    /** Old answers, and claims that a crash left open. */
    void removeOld() {
        database.change(
                t ->
                        t.change(
                                "delete from stored_answer where at <= ? or status is null",
                                clock.instant().minus(KEPT).toString()));
    }
}
