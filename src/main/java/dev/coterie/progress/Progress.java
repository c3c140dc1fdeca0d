package dev.coterie.progress;

import dev.coterie.error.CancelledException;
import dev.coterie.language.Notice;

/** The listener that every long stage is given. Implementations are thread-safe and quick. */
public interface Progress {
    /** A listener that ignores everything and never cancels. */
    Progress NONE =
            new Progress() {
                @Override
                public void advance(long done, long total, Unit unit) {}

                @Override
                public void notice(Notice notice) {}

                @Override
                public void checkCancelled() {}
            };

    /** What is being counted. */
    enum Unit {
        ROWS,
        TEXTS,
        CUSTOMERS,
        CANDIDATES,
        SEGMENTS,
        STEPS
    }

    /**
     * @param done units finished, 0..total
     * @param total all units, or -1 while unknown
     */
    void advance(long done, long total, Unit unit);

    void notice(Notice notice);

    /**
     * Called between units of work.
     *
     * @throws CancelledException if the user asked to stop
     */
    void checkCancelled();
}
