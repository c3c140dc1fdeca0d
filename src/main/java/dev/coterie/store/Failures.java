package dev.coterie.store;

import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import java.sql.SQLException;
import java.util.Set;

/** What the errors of SQLite mean for a person and for the connection that met them. */
final class Failures {
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int OUT_OF_MEMORY = 7;
    private static final int READ_ONLY = 8;
    private static final int IO = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int CONSTRAINT = 19;

    private static final Set<Integer> STORAGE =
            Set.of(OUT_OF_MEMORY, READ_ONLY, IO, CORRUPT, CANNOT_OPEN);

    private Failures() {}

    static RuntimeException of(SQLException e) {
        // The low byte is the primary code; the others tell variants of it apart.
        int code = e.getErrorCode() & 0xff;
        if (code == FULL) return new StorageException(Message.of("store.storage_full"), e);
        if (code == BUSY || code == LOCKED) {
            return new StorageException(Message.of("store.busy"), e);
        }
        if (STORAGE.contains(code)) {
            return new StorageException(Message.of("store.storage_failed"), e);
        }
        if (code == CONSTRAINT) return new ConstraintException(e);
        return new IllegalStateException("statement failed", e);
    }

    /** A unique or foreign key was violated: the caller knows what that means. */
    static final class ConstraintException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        ConstraintException(SQLException cause) {
            super("a constraint of the ledger was violated", cause);
        }
    }
}
