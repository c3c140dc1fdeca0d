package dev.coterie.run;

import dev.coterie.collect.Reject;
import dev.coterie.collect.RoleChoice;
import dev.coterie.error.ConflictException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LimitException;
import dev.coterie.language.Message;
import dev.coterie.store.Database;
import dev.coterie.store.Row;
import dev.coterie.store.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The datasets: uploads taken whole or not at all, and the roles of their columns. */
public final class Datasets {
    private final Database database;
    private final UploadFolder folder;
    private final Intake intake;
    private final Clock clock;
    private final long requestBytes;

    /** Held from naming a file to writing its row, so that cleaning up never comes between. */
    private final Object naming = new Object();

    Datasets(
            Database database, UploadFolder folder, Intake intake, Clock clock, long requestBytes) {
        this.database = database;
        this.folder = folder;
        this.intake = intake;
        this.clock = clock;
        this.requestBytes = requestBytes;
    }

    /** A file as it arrives. */
    public interface Incoming {
        String name();

        InputStream open() throws IOException;
    }

    /** Where a server may put parts of requests while they arrive. */
    public Path temporaryFolder() {
        return folder.temporary();
    }

    /**
     * Takes files, reads them, and answers once they are on the disk.
     *
     * @throws InvalidInputException if a file cannot be used; nothing is kept
     * @throws LimitException if a file is over a limit; nothing is kept
     */
    public Dataset upload(String projectId, String name, List<? extends Incoming> files) {
        Project project = database.read(t -> Projects.get(t, projectId));
        if (files.isEmpty()) {
            throw new InvalidInputException(Message.of("run.no_file"), "/file", null);
        }
        folder.requireRoom();
        var received = new ArrayList<UploadFolder.Received>();
        try {
            long left = requestBytes;
            var names = new HashSet<String>();
            for (Incoming file : files) {
                try (InputStream in = file.open()) {
                    String unique = unique(DisplayName.ofFile(file.name()), names);
                    received.add(folder.receive(in, unique, left, requestBytes));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                left -= received.get(received.size() - 1).bytes();
            }
            Intake.Read read =
                    intake.read(
                            received.stream().map(r -> new SourceFile(r.path(), r.name())).toList(),
                            List.of());
            return keep(project, name, received, read);
        } finally {
            received.forEach(r -> folder.discard(r.path()));
        }
    }

    private Dataset keep(
            Project project, String name, List<UploadFolder.Received> received, Intake.Read read) {
        String id = Ids.random("ds_");
        String joined =
                String.join(", ", received.stream().map(UploadFolder.Received::name).toList());
        String given = DisplayName.of(name, 200);
        synchronized (naming) {
            folder.keep(received);
            return database.write(
                    t -> {
                        t.change(
                                "insert into dataset (id, project, name, created_at, choices,"
                                        + " summary, rejects) values (?, ?, ?, ?, '[]', ?, ?)",
                                id,
                                project.id(),
                                given.isEmpty() ? DisplayName.of(joined, 200) : given,
                                Projects.now(clock),
                                LedgerJson.pack(read.summary()),
                                LedgerJson.pack(read.rejects()));
                        int position = 0;
                        for (UploadFolder.Received file : received) {
                            t.change(
                                    "insert into dataset_file (dataset, position, name, sha256,"
                                            + " bytes) values (?, ?, ?, ?, ?)",
                                    id,
                                    position++,
                                    file.name(),
                                    file.sha256(),
                                    file.bytes());
                        }
                        return get(t, id);
                    });
        }
    }

    public Dataset get(String id) {
        return database.read(t -> get(t, id));
    }

    static Dataset get(Transaction t, String id) {
        return t.first("select * from dataset where id = ?", row -> dataset(t, row), id)
                .orElseThrow(() -> Projects.missing("dataset", id));
    }

    /** Every refused row, in the files' order. */
    public List<Reject> rejects(String id) {
        return database.read(
                t ->
                        t.first(
                                        "select rejects from dataset where id = ?",
                                        row ->
                                                List.of(
                                                        LedgerJson.unpack(
                                                                row.bytes("rejects"),
                                                                Reject[].class)),
                                        id)
                                .orElseThrow(() -> Projects.missing("dataset", id)));
    }

    /** Newest first. */
    public List<Dataset> list(String project) {
        return database.read(
                t ->
                        t.list(
                                "select * from dataset where project = ? order by created_at desc,"
                                        + " rowid desc",
                                row -> dataset(t, row),
                                Projects.get(t, project).id()));
    }

    public int count(String project) {
        return database.read(
                t -> (int) t.count("select count(*) as n from dataset where project = ?", project));
    }

    static Optional<String> latest(Transaction t, String project) {
        return t.first(
                "select id from dataset where project = ? order by created_at desc, rowid desc"
                        + " limit 1",
                row -> row.text("id"),
                project);
    }

    /** Sets the roles that a person chose and reads the files again with them. */
    public Dataset choose(String id, List<RoleChoice> choices) {
        Dataset before = get(id);
        Intake.Read read = intake.read(sources(before), choices);
        return database.write(
                t -> {
                    t.change(
                            "update dataset set choices = ?, summary = ?, rejects = ? where"
                                    + " id = ?",
                            LedgerJson.write(choices),
                            LedgerJson.pack(read.summary()),
                            LedgerJson.pack(read.rejects()),
                            id);
                    return get(t, id);
                });
    }

    /**
     * @throws ConflictException if a run was made from it
     */
    public void delete(String id) {
        database.change(
                t -> {
                    get(t, id);
                    if (t.count("select count(*) as n from run where dataset = ?", id) > 0) {
                        throw new ConflictException(Message.of("run.dataset_in_use"));
                    }
                    StoredAnswers.forget(t, Set.of(id));
                    t.change("delete from dataset where id = ?", id);
                });
        cleanUp();
    }

    List<SourceFile> sources(Dataset dataset) {
        return dataset.files().stream()
                .map(file -> new SourceFile(folder.path(file.sha256()), file.name()))
                .toList();
    }

    /** Removes the bytes that no row speaks of. */
    void cleanUp() {
        synchronized (naming) {
            Set<String> spoken =
                    database.read(
                            t ->
                                    new HashSet<>(
                                            t.list(
                                                    "select distinct sha256 from dataset_file",
                                                    row -> row.text("sha256"))));
            folder.removeAllBut(spoken);
        }
    }

    private static Dataset dataset(Transaction t, Row row) {
        String id = row.text("id");
        return new Dataset(
                id,
                row.text("project"),
                row.text("name"),
                row.text("created_at"),
                LedgerJson.readList(row.text("choices"), RoleChoice.class),
                t.list(
                        "select * from dataset_file where dataset = ? order by position",
                        file ->
                                new Dataset.StoredFile(
                                        file.text("name"),
                                        file.text("sha256"),
                                        file.number("bytes")),
                        id),
                LedgerJson.unpack(row.bytes("summary"), DatasetSummary.class));
    }

    /** Two files of one name in one upload: the second is called {@code name (2).csv}. */
    private static String unique(String name, Set<String> taken) {
        String candidate = name;
        int dot = name.lastIndexOf('.');
        for (int n = 2; !taken.add(candidate); n++) {
            candidate =
                    dot <= 0
                            ? name + " (" + n + ")"
                            : name.substring(0, dot) + " (" + n + ")" + name.substring(dot);
        }
        return candidate;
    }
}
