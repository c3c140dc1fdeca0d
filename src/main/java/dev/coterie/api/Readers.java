package dev.coterie.api;

import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.run.FinishedRun;
import dev.coterie.run.Project;
import dev.coterie.run.Run;
import dev.coterie.run.SegmentEntry;
import dev.coterie.run.Workspace;
import io.javalin.http.Context;

/** Finds the run that a request means and opens it for the reader. */
final class Readers {
    private final Workspace workspace;

    Readers(Workspace workspace) {
        this.workspace = workspace;
    }

    /** The run named by {@code ?run=}, or the project's published one. */
    Reader ofProject(Context ctx) {
        Project project = workspace.projects().get(ctx.pathParam("p"));
        Run run = workspace.runs().inForce(project, Call.query(ctx, "run"));
        return open(ctx, run.id());
    }

    Reader ofRun(Context ctx, String run) {
        return open(ctx, workspace.runs().get(run).id());
    }

    /** A segment as it stands in the run that a request means. */
    record Found(Reader reader, SegmentEntry entry) {}

    /** The segment of the path in the run named by {@code ?run=}, or in the published one. */
    Found ofSegment(Context ctx) {
        return ofSegment(ctx, workspace.segments().get(ctx.pathParam("s"), Call.query(ctx, "run")));
    }

    Found ofSegment(Context ctx, SegmentEntry entry) {
        return new Found(open(ctx, entry.run()), entry);
    }

    static NotFoundException missing(String kind, String id) {
        return new NotFoundException(
                Message.of("run.not_found", "kind", Message.of("run.kind." + kind), "id", id));
    }

    private Reader open(Context ctx, String run) {
        FinishedRun finished = workspace.runs().finished(run);
        return new Reader(finished, workspace.segments().of(finished), Call.language(ctx));
    }
}
