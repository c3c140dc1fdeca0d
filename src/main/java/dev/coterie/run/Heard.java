package dev.coterie.run;

import dev.coterie.language.Notice;
import java.util.ArrayList;
import java.util.List;

/** Passes everything on and keeps the notices for the run's own record. */
final class Heard implements RunListener {
    private final RunListener listener;
    private final List<Notice> notices = new ArrayList<>();

    Heard(RunListener listener) {
        this.listener = listener;
    }

    /** Everything that was told until now. */
    List<Notice> notices() {
        return notices;
    }

    @Override
    public void begin(Stage stage) {
        listener.checkCancelled();
        listener.begin(stage);
    }

    @Override
    public void advance(long done, long total, Unit unit) {
        listener.advance(done, total, unit);
    }

    @Override
    public void notice(Notice notice) {
        notices.add(notice);
        listener.notice(notice);
    }

    @Override
    public void checkCancelled() {
        listener.checkCancelled();
    }
}
