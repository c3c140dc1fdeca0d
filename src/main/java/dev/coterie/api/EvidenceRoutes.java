package dev.coterie.api;

import dev.coterie.chat.Answer;
import dev.coterie.describe.FactRows;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.run.Chat;
import dev.coterie.run.Workspace;
import dev.coterie.tools.Conditions;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code /evidence}: one fact with its computation, and the rows behind it. */
final class EvidenceRoutes {
    private static final int FIRST_ROWS = 20;

    private final Workspace workspace;
    private final Readers readers;
    private final FactView facts;
    private final Counts counts;

    EvidenceRoutes(Workspace workspace, Readers readers, Counts counts) {
        this.workspace = workspace;
        this.readers = readers;
        this.facts = new FactView(counts);
        this.counts = counts;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v1/evidence/{e}", this::fact);
        routes.get("/api/v1/evidence/{e}/rows", this::rows);
    }

    private void fact(Context ctx) {
        Proof proof = proof(ctx);
        Reader reader = proof.reader();
        Map<String, Object> body = facts.of(proof.owner(), proof.fact(), reader.language());
        body.put("run", reader.finished().run().id());
        Optional<FactRows> found = shown(proof);
        body.put(
                "rows",
                found.map(
                                f ->
                                        IntStream.of(f.rows())
                                                .limit(FIRST_ROWS)
                                                .mapToObj(row -> id(reader, f.kind(), row))
                                                .toList())
                        .orElse(List.of()));
        body.put(
                "all_rows",
                found.map(f -> "/api/v1/evidence/" + ctx.pathParam("e") + "/rows").orElse(null));
        Call.answer(ctx, 200, body);
    }

    /** The rows behind a fact, a page at a time. */
    private void rows(Context ctx) {
        Proof proof = proof(ctx);
        Reader reader = proof.reader();
        String id = ctx.pathParam("e");
        FactRows found = shown(proof).orElseThrow(() -> missing(id));
        Map<String, Object> body =
                Body.of("run", reader.finished().run().id(), "kind", found.kind().word());
        int[] rows = found.rows();
        body.putAll(Page.of(ctx, id).of(ctx, rows.length, i -> row(reader, found.kind(), rows[i])));
        Call.answer(ctx, 200, body);
    }

    private static String id(Reader reader, FactRows.Kind kind, int row) {
        return switch (kind) {
            case CUSTOMER -> reader.finished().customerId(row);
            case TEXT -> "txt_" + row;
            case EVENT -> "evt_" + row;
            case SEGMENT -> reader.finished().segmentId(row + 1);
        };
    }

    private static Map<String, Object> row(Reader reader, FactRows.Kind kind, int row) {
        if (kind == FactRows.Kind.SEGMENT) return reader.brief(row + 1);
        Map<String, Object> view = Body.of("id", id(reader, kind, row));
        var customers = reader.finished().analysis().customers();
        int customer =
                switch (kind) {
                    case TEXT -> customers.texts().get(row).customer();
                    case EVENT -> customers.events().customer()[row];
                    default -> row;
                };
        view.put("source_id", reader.finished().sourceId(customer));
        view.put("segment", reader.segmentOf(customer));
        return view;
    }

    /** The rows of a fact, unless so few people stand behind it that their number is withheld. */
    private Optional<FactRows> shown(Proof proof) {
        return Conditions.behind(proof.reader().finished().analysis(), proof.fact())
                .filter(
                        found ->
                                found.kind() == FactRows.Kind.SEGMENT
                                        || !counts.small(proof.fact().n()));
    }

    /**
     * @param owner id of the run that the fact is of, or of the answer it was computed for
     */
    private record Proof(Reader reader, String owner, Fact fact) {}

    private Proof proof(Context ctx) {
        String id = ctx.pathParam("e");
        String[] parts = id.split("_");
        if (parts.length != 3) throw missing(id);
        String fact = parts[2];
        Optional<Chat.Entry> answer = workspace.chats().find("msg_" + parts[1]);
        String owner = answer.map(Chat.Entry::id).orElse("run_" + parts[1]);
        String run = answer.map(a -> workspace.chats().get(a.chat()).run()).orElse(owner);
        Reader reader = readers.ofRun(ctx, run);
        Map<String, Fact> known =
                answer.flatMap(Chat.Entry::answer).map(Answer::facts).orElseGet(reader::facts);
        return Optional.ofNullable(known.get(fact))
                .map(f -> new Proof(reader, owner, f))
                .orElseThrow(() -> missing(id));
    }

    private static NotFoundException missing(String id) {
        return new NotFoundException(
                Message.of("run.not_found", "kind", Message.of("run.kind.evidence"), "id", id));
    }
}
