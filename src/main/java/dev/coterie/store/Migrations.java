package dev.coterie.store;

import dev.coterie.error.StorageException;
import dev.coterie.language.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Brings the ledger to this program's format by {@code db/migration/V1.sql}, {@code V2.sql} and so
 * on, each with its version number in one transaction. A script may rebuild a table that others
 * refer to: references are not enforced while it runs, and checked before it counts.
 *
 * <p>Flyway did the same in 0.3 to 0.4 s a start with nothing to do, a fifth of the time a start
 * may take; this needs a few milliseconds.
 */
final class Migrations {
    private Migrations() {}

    static void apply(Connection connection, Path folder) throws SQLException {
        int found = version(connection);
        int known = 0;
        while (script(known + 1).isPresent()) known++;
        if (found > known) {
            throw new StorageException(
                    Message.of(
                            "store.newer",
                            "folder",
                            folder.toString(),
                            "found",
                            found,
                            "known",
                            known));
        }
        if (found == known) return;
        // Dropping a table would otherwise delete, by cascade, every row that refers to it.
        Database.execute(connection, "pragma foreign_keys = off");
        for (int next = found + 1; next <= known; next++) {
            migrate(connection, script(next).orElseThrow(), next);
        }
        Database.execute(connection, "pragma foreign_keys = on");
    }

    private static void migrate(Connection connection, String script, int version)
            throws SQLException {
        Database.execute(connection, "begin immediate");
        try {
            for (String statement : script.split(";\\s*\\n")) {
                if (!statement.isBlank()) Database.execute(connection, statement);
            }
            checkReferences(connection, version);
            Database.execute(connection, "pragma user_version = " + version);
            Database.execute(connection, "commit");
        } catch (SQLException e) {
            Database.execute(connection, "rollback");
            throw e;
        }
    }

    private static void checkReferences(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet dangling = statement.executeQuery("pragma foreign_key_check")) {
            if (dangling.next()) {
                throw new SQLException(
                        "V" + version + " leaves dangling references in " + dangling.getString(1));
            }
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("pragma user_version")) {
            return rows.getInt(1);
        }
    }

    private static Optional<String> script(int version) {
        String resource = "/db/migration/V" + version + ".sql";
        try (InputStream in = Migrations.class.getResourceAsStream(resource)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
