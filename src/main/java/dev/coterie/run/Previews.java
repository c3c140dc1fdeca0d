package dev.coterie.run;

import dev.coterie.brief.BriefRequest;
import dev.coterie.brief.BriefWriter;
import dev.coterie.describe.WordingCache;
import dev.coterie.language.Language;
import dev.coterie.llm.Preview;
import dev.coterie.progress.Progress;
import java.util.List;
import java.util.Optional;

/** What a language model would be sent about a run, to be read before anything is sent. */
public final class Previews {
    private final Runs runs;

    Previews(Runs runs) {
        this.runs = runs;
    }

    /** The requests for the names and descriptions of a run's segments. */
    public List<Preview.Sent> naming(FinishedRun run) {
        var preview = new Preview();
        runs.stages()
                .remembering(WordingCache.NONE)
                .writtenBy(preview)
                .reword(run.analysis(), run.run().settings(), Progress.NONE);
        return preview.requests().stream().distinct().toList();
    }

    /**
     * The requests for a brief.
     *
     * @param segment number 1..k
     */
    public List<Preview.Sent> brief(FinishedRun run, int segment, Language language) {
        var preview = new Preview();
        new BriefWriter(Optional.of(preview))
                .write(runs.named(run), segment, BriefRequest.in(language));
        return preview.requests().stream().distinct().toList();
    }
}
