package dev.coterie.run;

import dev.coterie.progress.Progress;

/** Hears which stage of a run begins, besides the progress within it. */
public interface RunListener extends Progress {
    void begin(Stage stage);
}
