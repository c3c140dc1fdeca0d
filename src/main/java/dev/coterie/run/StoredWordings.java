package dev.coterie.run;

import dev.coterie.describe.WordingCache;
import dev.coterie.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What the language model wrote, in the ledger, so that a later run or a restart pays no more. */
final class StoredWordings implements WordingCache {
    private static final Duration KEPT = Duration.ofDays(90);

    private final Database database;
    private final Clock clock;

    StoredWordings(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Words> find(String fingerprint) {
        return database.read(
                t ->
                        t.first(
                                "select words from model_wording where fingerprint = ?",
                                row -> LedgerJson.read(row.text("words"), Words.class),
                                fingerprint));
    }

    /** Words may quote customers, so nothing stays of a project that is deleted. */
    void forget() {
        database.change(t -> t.change("delete from model_wording"));
    }

    @Override
    public void keep(String fingerprint, Words words) {
        database.change(
                t -> {
                    t.change(
                            "insert or replace into model_wording (fingerprint, words, at) values"
                                    + " (?, ?, ?)",
                            fingerprint,
                            LedgerJson.write(words),
                            Projects.now(clock));
                    t.change(
                            "delete from model_wording where at < ?",
                            clock.instant().minus(KEPT).toString());
                });
    }
}
