package dev.coterie.run;

import dev.coterie.language.Notice;
import java.util.OptionalLong;

/** The data of the events of jobs, as records. */
public final class JobEvents {
    private JobEvents() {}

    /**
     * A stage began or ended.
     *
     * @param millis how long it took, once it has ended
     */
    public record StageEvent(String key, OptionalLong millis) {}

    /** Progress within a stage. */
    public record ProgressEvent(String stage, Job.Done progress) {}

    public static StageEvent stage(Event event) {
        return LedgerJson.read(event.data(), StageEvent.class);
    }

    public static ProgressEvent progress(Event event) {
        return LedgerJson.read(event.data(), ProgressEvent.class);
    }

    public static Notice warning(Event event) {
        return LedgerJson.read(event.data(), Notice.class);
    }
}
