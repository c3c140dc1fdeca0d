package dev.coterie.run;

import dev.coterie.language.Notice;
import dev.coterie.progress.Progress;

/** Hears which stage of a run begins, besides the progress within it. */
public interface RunListener extends Progress {
    /** A listener that ignores everything and never cancels. */
    RunListener NONE =
            new RunListener() {
                @Override
                public void begin(Stage stage) {}

                @Override
                public void advance(long done, long total, Unit unit) {}

                @Override
                public void notice(Notice notice) {}

                @Override
                public void checkCancelled() {}
            };

    void begin(Stage stage);
}
