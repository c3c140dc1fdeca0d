package dev.coterie.run;

import dev.coterie.store.Database;
import dev.coterie.store.Row;
import dev.coterie.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Answers to requests with an Idempotency-Key, kept 24 hours, or until what they tell of is
 * deleted.
 */
public final class StoredAnswers {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration REMOVED_EVERY = Duration.ofMinutes(10);
    private static final Pattern ID = Pattern.compile("[a-z]+_[0-9a-z]+");

    private final Database database;
    private final Clock clock;

    /**
     * Status of a request whose effect is in the ledger while its answer is not yet: after a crash
     * between the two it must not be carried out again.
     */
    private static final int CARRIED_OUT = -1;

    /** Names of the requests of this start of the server. */
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();

    /** When old answers are looked for next; written within a transaction only. */
    private Instant removal = Instant.MIN;

    StoredAnswers(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What is known of a request.
     *
     * @param status of the answer, 0 while the first request with the key is still at work
     */
    public record Known(String requestHash, int status, Optional<String> location, String body) {
        static Known of(Row row) {
            return new Known(
                    row.text("request_hash"),
                    (int) row.number("status"),
                    row.optionalText("location"),
                    row.optionalText("body").orElse(""));
        }

        /** True if there is an answer to repeat. */
        public boolean kept() {
            return status > 0;
        }

        /** True if the request was carried out and its answer did not get kept. */
        public boolean lost() {
            return status == CARRIED_OUT;
        }

        private Known atWork() {
            return kept() ? this : new Known(requestHash, 0, location, body);
        }
    }

    /**
     * Claims a key for a request.
     *
     * @return empty if the caller shall do the work and then {@link #keep} or {@link #release}
     */
    public Optional<Known> claim(String name, String requestHash) {
        return database.write(
                t -> {
                    removeOld(t);
                    Optional<Known> found =
                            t.first(
                                            "select * from stored_answer where name = ?"
                                                    + " and at > ?",
                                            Known::of,
                                            name,
                                            clock.instant().minus(KEPT).toString())
                                    .filter(k -> k.status() != 0 || atWork.contains(name))
                                    .map(k -> atWork.contains(name) ? k.atWork() : k);
                    if (found.isEmpty()) {
                        t.change(
                                "insert or replace into stored_answer (name, request_hash,"
                                        + " at) values (?, ?, ?)",
                                name,
                                requestHash,
                                clock.instant().toString());
                        atWork.add(name);
                    }
                    return found;
                });
    }

    /**
     * Does the work of a claimed request. What it writes to the ledger says in the same transaction
     * that the request was carried out.
     */
    public <T> T noting(String name, Callable<T> work) throws Exception {
        return database.noting(
                t ->
                        t.change(
                                "update stored_answer set status = ? where name = ? and status is"
                                        + " null",
                                CARRIED_OUT,
                                name),
                work);
    }

    /**
     * Keeps an answer.
     *
     * @param requestHash may say more than when the key was claimed
     */
    public void keep(
            String name, String requestHash, int status, Optional<String> location, String body) {
        database.change(
                t ->
                        t.change(
                                "update stored_answer set request_hash = ?, status = ?, location ="
                                        + " ?, body = ? where name = ?",
                                requestHash,
                                status,
                                location,
                                body,
                                name));
        atWork.remove(name);
    }

    /** Forgets a key whose request failed and left nothing, so that it can be tried again. */
    public void release(String name) {
        atWork.remove(name);
        database.change(
                t -> t.change("delete from stored_answer where name = ? and status is null", name));
    }

    /** Removes old answers, and claims that a crash left open. */
    void start() {
        database.change(
                t -> {
                    removeOld(t);
                    t.change("delete from stored_answer where status is null");
                });
    }

    private void removeOld(Transaction t) {
        Instant now = clock.instant();
        if (now.isBefore(removal)) return;
        t.change("delete from stored_answer where at <= ?", now.minus(KEPT).toString());
        removal = now.plus(REMOVED_EVERY);
    }

    /** Removes the answers that tell of something that is being deleted. */
    static void forget(Transaction t, Collection<String> ids) {
        Set<String> deleted = Set.copyOf(ids);
        t
                .list(
                        "select name, location, body from stored_answer",
                        row -> mentions(row, deleted) ? row.text("name") : "")
                .stream()
                .filter(name -> !name.isEmpty())
                .forEach(name -> t.change("delete from stored_answer where name = ?", name));
    }

    private static boolean mentions(Row row, Set<String> ids) {
        return Stream.of(
                        Optional.of(row.text("name")),
                        row.optionalText("location"),
                        row.optionalText("body"))
                .flatMap(Optional::stream)
                .flatMap(text -> ID.matcher(text).results())
                .anyMatch(id -> ids.contains(id.group()));
    }

    /** Removes the answers to requests below a path. */
    static void forgetBelow(Transaction t, String path) {
        t.change("delete from stored_answer where instr(name, ?) > 0", path);
    }
}
