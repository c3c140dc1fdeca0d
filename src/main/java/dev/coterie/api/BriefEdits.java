package dev.coterie.api;

import dev.coterie.brief.Brief;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.BriefCheck;
import dev.coterie.brief.BriefRevision;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.References;
import dev.coterie.run.BriefEntry;
import dev.coterie.run.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people do to a brief over HTTP: change, lock, check, take back. */
final class BriefEdits {
    private static final int LONGEST_TEXT = 2_000;

    private final Workspace workspace;
    private final BriefView view;
    private final Counts counts;

    BriefEdits(Workspace workspace, BriefView view, Counts counts) {
        this.workspace = workspace;
        this.view = view;
        this.counts = counts;
    }

    void add(RoutesConfig routes, Idempotency idempotency) {
        routes.patch("/api/v1/briefs/{b}", this::change);
        routes.post("/api/v1/briefs/{b}:check", this::check);
        routes.post("/api/v1/briefs/{b}:undo", idempotency.once(this::undo));
    }

    /**
     * @param text in a person's words; absent: as it is
     * @param locked absent: as it is
     * @param removed true to take the statement out
     */
    record ItemChange(String id, String text, Boolean locked, Boolean removed) {}

    record NewItem(String section, String text) {}

    record SectionChange(String key, Boolean locked) {}

    /** Everything in one change, in this order. */
    record Change(List<SectionChange> sections, List<ItemChange> items, List<NewItem> added) {}

    private void change(Context ctx) {
        var asked = Call.body(ctx, Change.class, Call.SMALL_BODY);
        BriefEntry entry =
                workspace
                        .briefs()
                        .change(
                                ctx.pathParam("b"),
                                brief -> changed(brief, asked),
                                Call.ifMatch(ctx));
        answer(ctx, entry);
    }

    private Brief changed(Brief brief, Change asked) {
        Brief out = brief;
        List<SectionChange> sections = present(asked.sections(), "/sections");
        for (int i = 0; i < sections.size(); i++) {
            SectionChange c = sections.get(i);
            Key key = key(c.key(), "/sections/" + i + "/key");
            out = new BriefRevision(out).locked(key, Boolean.TRUE.equals(c.locked()));
        }
        List<ItemChange> items = present(asked.items(), "/items");
        for (int i = 0; i < items.size(); i++) out = changed(out, items.get(i), "/items/" + i);
        List<NewItem> added = present(asked.added(), "/added");
        for (int i = 0; i < added.size(); i++) {
            Key key = key(added.get(i).section(), "/added/" + i + "/section");
            if (key == Key.EVIDENCE) throw Call.wrong("/added/" + i + "/section");
            String text = text(added.get(i).text(), "/added/" + i + "/text");
            out = new BriefRevision(out).added(key, text, counts.threshold());
        }
        return out;
    }

    private Brief changed(Brief brief, ItemChange change, String at) {
        if (change.id() == null) throw Call.wrong(at + "/id");
        boolean computed = change.id().startsWith(Key.EVIDENCE.word() + "/evidence.line");
        if (computed && (change.text() != null || change.removed() != null))
            throw new InvalidInputException(
                    Message.of("api.brief_evidence_computed"), at + "/id", null);
        if (Boolean.TRUE.equals(change.removed()))
            return new BriefRevision(brief).removed(change.id());
        Brief out = brief;
        if (change.text() != null)
            out =
                    new BriefRevision(out)
                            .edited(
                                    change.id(),
                                    text(change.text(), at + "/text"),
                                    counts.threshold());
        if (change.locked() != null)
            out = new BriefRevision(out).locked(change.id(), change.locked());
        return out;
    }

    private static String text(String text, String pointer) {
        String clean = text == null ? "" : text.replaceAll("[\\p{Cc}\\p{Co}]+", " ").strip();
        if (clean.isEmpty() || clean.length() > LONGEST_TEXT)
            throw new InvalidInputException(
                    Message.of("api.brief_text", "most", LONGEST_TEXT), pointer, null);
        return clean;
    }

    static Key key(String word, String pointer) {
        Key[] keys = Key.values();
        String[] words = Arrays.stream(keys).map(Key::word).toArray(String[]::new);
        if (word == null) throw Call.wrong(pointer);
        return keys[Arrays.asList(words).indexOf(Call.oneOf(word, pointer, words))];
    }

    private static <T> List<T> present(List<T> list, String pointer) {
        if (list == null) return List.of();
        int missing = list.indexOf(null);
        if (missing >= 0) throw Call.wrong(pointer + "/" + missing);
        return list;
    }

    /**
     * @param text any text about the segment; absent: the brief itself
     */
    record Check(String text) {}

    private void check(Context ctx) {
        var asked = Call.body(ctx, Check.class, Call.SMALL_BODY);
        String id = ctx.pathParam("b");
        List<BriefCheck.Note> notes =
                asked.text() == null
                        ? workspace.briefs().check(id)
                        : workspace.briefs().check(id, text(asked.text(), "/text"));
        BriefEntry entry = workspace.briefs().get(id);
        Language language = Call.language(ctx);
        Call.answer(
                ctx,
                200,
                Body.of(
                        "brief",
                        id,
                        "version",
                        entry.version(),
                        "stage",
                        entry.checkedNow() ? "checked" : "draft",
                        "clean",
                        notes.isEmpty(),
                        "findings",
                        notes.stream().map(n -> note(n, entry, language)).toList()));
    }

    private Map<String, Object> note(BriefCheck.Note note, BriefEntry entry, Language language) {
        Brief brief = entry.content().orElseThrow();
        return Body.of(
                "section",
                note.section().map(Key::word),
                "item",
                note.item().isEmpty() ? Optional.empty() : Optional.of(note.item()),
                "place",
                brief.place(note.item()),
                "kind",
                note.kind().word(),
                "sentence",
                References.render(
                        note.sentence(), brief.facts(), brief.language(), counts.threshold()),
                "problem",
                note.problem().in(language));
    }

    private void undo(Context ctx) {
        Call.noFields(ctx);
        answer(ctx, workspace.briefs().undo(ctx.pathParam("b")));
    }

    private void answer(Context ctx, BriefEntry entry) {
        ctx.header("ETag", entry.etag());
        Call.answer(ctx, 200, view.of(entry, Call.language(ctx)));
    }
}
