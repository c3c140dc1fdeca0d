package dev.coterie.run;

import dev.coterie.error.ConflictException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The projects of a data folder. */
public final class Projects {
    private static final int LONGEST_NAME = 120;

    private final Database database;
    private final Clock clock;

    Projects(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public List<Project> list() {
        return database.read(
                t -> t.list("select * from project order by created_at, id", Project::of));
    }

    /**
     * @param idOrSlug such as {@code prj_...} or {@code shop-eu}
     * @throws NotFoundException if there is none
     */
    public Project get(String idOrSlug) {
        return database.read(t -> get(t, idOrSlug));
    }

    static Project get(Transaction t, String idOrSlug) {
        return t.first(
                        "select * from project where id = ? or slug = ?",
                        Project::of,
                        idOrSlug,
                        idOrSlug)
                .orElseThrow(() -> missing("project", idOrSlug));
    }

    public Project create(String name, Language language, boolean demo) {
        String clean = checkedName(name);
        return database.write(
                t -> {
                    String id = Ids.random("prj_");
                    t.change(
                            "insert into project (id, slug, name, language, demo, created_at)"
                                    + " values (?, ?, ?, ?, ?, ?)",
                            id,
                            freeSlug(t, clean),
                            clean,
                            language.tag(),
                            demo,
                            now(clock));
                    return get(t, id);
                });
    }

    /**
     * @param ifMatch the etag the caller has seen, if it says so
     * @throws ConflictException {@code lost_update_name} if the name changed since
     */
    public Project rename(String id, String name, Optional<String> ifMatch) {
        String clean = checkedName(name);
        return database.write(
                t -> {
                    Project found = get(t, id);
                    NameTag.check(found.etag(), ifMatch);
                    t.change("update project set name = ? where id = ?", clean, found.id());
                    return get(t, found.id());
                });
    }

    /**
     * Deletes a project with its datasets, runs, briefs and chats.
     *
     * @throws ConflictException while a job of it is at work
     */
    void delete(String id) {
        database.change(
                t -> {
                    Project project = get(t, id);
                    String found = project.id();
                    long working =
                            t.count(
                                    "select count(*) as n from job where project = ? and state in"
                                            + " ('queued', 'running')",
                                    found);
                    if (working > 0) {
                        throw new ConflictException(Message.of("run.job_in_progress"));
                    }
                    t.change(
                            "delete from event where owner in (select id from job where project ="
                                    + " ?) or owner in (select m.id from message m join chat c on"
                                    + " m.chat = c.id where c.project = ?)",
                            found,
                            found);
                    StoredAnswers.forget(t, everything(t, found));
                    StoredAnswers.forgetBelow(t, "/projects/" + project.slug() + "/");
                    t.change("delete from run where project = ?", found);
                    t.change("delete from project where id = ?", found);
                });
    }

    /** The ids of a project and of all that it holds. */
    private static List<String> everything(Transaction t, String project) {
        return t.list(
                "select ?1 as id union all select id from dataset where project = ?1 union all"
                        + " select id from run where project = ?1 union all select id from segment"
                        + " where project = ?1 union all select id from brief where project = ?1"
                        + " union all select id from chat where project = ?1",
                row -> row.text("id"),
                project);
    }

    static String now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static NotFoundException missing(String kind, String id) {
        return new NotFoundException(
                Message.of("run.not_found", "kind", Message.of("run.kind." + kind), "id", id));
    }

    private static String checkedName(String name) {
        String clean = DisplayName.of(name == null ? "" : name, LONGEST_NAME);
        if (clean.isEmpty()) {
            throw new InvalidInputException(Message.of("run.name_missing"), "/name", null);
        }
        return clean;
    }

    private static String freeSlug(Transaction t, String name) {
        String base =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        if (base.isEmpty()) base = "project";
        if (base.length() > 40) base = base.substring(0, 40);
        String slug = base;
        for (int n = 2; taken(t, slug); n++) slug = base + "-" + n;
        return slug;
    }

    private static boolean taken(Transaction t, String slug) {
        return t.count("select count(*) as n from project where slug = ?", slug) > 0;
    }
}
