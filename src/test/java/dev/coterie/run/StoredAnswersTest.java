package dev.coterie.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request with a key, its effect in the ledger, and the answer kept for it. */
class StoredAnswersTest {
    private static final String NAME = "/api/v1/projects k";

    @TempDir Path folder;

    private static String effect(Database database) {
        database.change(
                t -> t.change("insert or replace into setting (name, value) values ('done', '1')"));
        return "done";
    }

    @Test
    void anEffectWithoutItsAnswerIsKnownAfterACrash() throws Exception {
        try (var database = Database.open(folder)) {
            var answers = new StoredAnswers(database, Clock.systemUTC());
            assertTrue(answers.claim(NAME, "hash").isEmpty());
            answers.noting(NAME, () -> effect(database));
            StoredAnswers.Known now = answers.claim(NAME, "hash").orElseThrow();
            assertEquals(0, now.status(), "still at work");
        }
        try (var database = Database.open(folder)) {
            var answers = new StoredAnswers(database, Clock.systemUTC());
            answers.start();
            assertTrue(answers.claim(NAME, "hash").orElseThrow().lost());
        }
    }

    @Test
    void aRequestThatWroteNothingMayBeSentAgainAfterACrash() throws Exception {
        try (var database = Database.open(folder)) {
            var answers = new StoredAnswers(database, Clock.systemUTC());
            answers.claim(NAME, "hash");
            answers.noting(NAME, () -> "refused");
        }
        try (var database = Database.open(folder)) {
            assertTrue(new StoredAnswers(database, Clock.systemUTC()).claim(NAME, "h").isEmpty());
        }
    }

    @Test
    void anEffectThatIsRolledBackLeavesNoNote() throws Exception {
        try (var database = Database.open(folder)) {
            var answers = new StoredAnswers(database, Clock.systemUTC());
            answers.claim(NAME, "hash");
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            answers.noting(
                                    NAME,
                                    () ->
                                            database.write(
                                                    t -> {
                                                        throw new IllegalStateException("no");
                                                    })));
            answers.release(NAME);
            assertTrue(answers.claim(NAME, "hash").isEmpty());
        }
    }

    @Test
    void aFailureAfterTheEffectDoesNotInviteToRepeatIt() throws Exception {
        try (var database = Database.open(folder)) {
            var answers = new StoredAnswers(database, Clock.systemUTC());
            answers.claim(NAME, "hash");
            answers.noting(NAME, () -> effect(database));
            answers.release(NAME);
            assertTrue(answers.claim(NAME, "hash").orElseThrow().lost());
        }
    }

    @Test
    void aKeptAnswerIsRepeatedAndLaterWritesCarryNoNote() throws Exception {
        try (var database = Database.open(folder)) {
            var answers = new StoredAnswers(database, Clock.systemUTC());
            answers.claim(NAME, "hash");
            answers.noting(NAME, () -> effect(database));
            answers.keep(NAME, "hash", 201, Optional.of("/here"), "{}");
            effect(database);
            StoredAnswers.Known known = answers.claim(NAME, "hash").orElseThrow();
            assertTrue(known.kept());
            assertEquals(Optional.of("/here"), known.location());
        }
    }
}
