package dev.coterie.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of the first format is brought to this one with everything in it. */
class MigrationTest {
    private static final List<String> ROWS =
            List.of(
                    "insert into project (id, slug, name, language, demo, created_at,"
                            + " published_run, next_run) values ('prj_1', 'shop', 'Shop', 'en', 0,"
                            + " 't', 'run_2', 3)",
                    "insert into dataset (id, project, name, created_at, choices, summary, rejects)"
                            + " values ('ds_1', 'prj_1', 'd', 't', '[]', x'00', x'00')",
                    "insert into run (id, project, dataset, number, state, settings, job,"
                            + " created_at) values ('run_1', 'prj_1', 'ds_1', 1, 'succeeded', '{}',"
                            + " 'job_1', 't'), ('run_2', 'prj_1', 'ds_1', 2, 'succeeded', '{}',"
                            + " 'job_2', 't')",
                    "insert into run_result (run, segmentation, description, notices) values"
                            + " ('run_1', x'01', x'02', '[]'), ('run_2', x'03', x'04', '[]')",
                    "insert into segment (id, run, number, name, notes, locked, version) values"
                            + " ('seg_a', 'run_1', 1, 'Regulars', 'Call', 1, 4), ('seg_b', 'run_1',"
                            + " 2, null, '', 0, 1), ('seg_c', 'run_2', 1, null, '', 0, 1)",
                    "insert into segment_edit (segment, field, old_value, new_value, at, undone)"
                            + " values ('seg_a', 'name', null, 'Regulars', 't', 0), ('seg_c',"
                            + " 'notes', '', 'x', 't', 1)",
                    "insert into brief (id, project, run, segment, request, state, created_at)"
                            + " values ('brf_1', 'prj_1', 'run_1', 'seg_a', '{}', 'succeeded',"
                            + " 't')");

    @TempDir Path folder;

    @BeforeEach
    void writeTheFirstFormat() throws SQLException, IOException {
        execute(script(), ROWS);
    }

    private static List<String> script() throws IOException {
        try (var in = MigrationTest.class.getResourceAsStream("/db/migration/V1.sql")) {
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\\n"));
        }
    }

    private void execute(List<String> first, List<String> then) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("coterie.db"));
                var statement = connection.createStatement()) {
            for (String sql : first) if (!sql.isBlank()) statement.execute(sql);
            for (String sql : then) statement.execute(sql);
            statement.execute("pragma user_version = 1");
        }
    }

    private static long count(Database database, String sql) {
        return database.read(t -> t.count(sql));
    }

    @Test
    void everySegmentKeepsItsRunNumberNameHistoryAndBriefs() {
        try (var database = Database.open(folder)) {
            var found =
                    database.read(
                            t ->
                                    t.list(
                                            "select s.*, i.run, i.number from run_segment i join"
                                                    + " segment s on i.segment = s.id order by"
                                                    + " s.id",
                                            row ->
                                                    String.join(
                                                            "|",
                                                            row.text("id"),
                                                            row.text("project"),
                                                            row.text("run"),
                                                            row.text("number"),
                                                            row.optionalText("name").orElse("-"),
                                                            row.text("notes"),
                                                            row.text("locked"),
                                                            row.text("version"))));
            assertEquals(
                    List.of(
                            "seg_a|prj_1|run_1|1|Regulars|Call|1|4",
                            "seg_b|prj_1|run_1|2|-||0|1",
                            "seg_c|prj_1|run_2|1|-||0|1"),
                    found);
            assertEquals(2, count(database, "select count(*) as n from segment_edit"));
            assertEquals(1, count(database, "select count(*) as n from brief"));
            assertEquals(2, count(database, "select count(*) as n from run_result"));
        }
    }

    @Test
    void referencesAreEnforcedAgainAfterwards() {
        try (var database = Database.open(folder)) {
            assertThrows(
                    RuntimeException.class,
                    () ->
                            database.change(
                                    t ->
                                            t.change(
                                                    "insert into segment_edit (segment, field, at)"
                                                            + " values ('none', 'name', 't')")));
            database.change(t -> t.change("delete from run where id = 'run_1'"));
            assertEquals(1, count(database, "select count(*) as n from run_segment"));
            assertEquals(0, count(database, "select count(*) as n from brief"));
            database.change(t -> t.change("delete from segment where id = 'seg_c'"));
            assertEquals(1, count(database, "select count(*) as n from segment_edit"));
            assertEquals(0, count(database, "select count(*) as n from run_segment"));
        }
    }

    @Test
    void aLedgerThatWouldDangleIsLeftAsItWas() throws SQLException {
        execute(
                List.of(),
                List.of(
                        "insert into segment_edit (segment, field, at) values ('none', 'name', 't')"));
        assertThrows(RuntimeException.class, () -> Database.open(folder));
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("coterie.db"));
                var statement = connection.createStatement();
                var version = statement.executeQuery("pragma user_version")) {
            assertEquals(1, version.getInt(1));
        }
    }
}
