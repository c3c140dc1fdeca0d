package dev.coterie.cli;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.run.RunListener;
import dev.coterie.run.Stage;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Stage, count, rate and time left on stderr: one line that is written over on a terminal, a line
 * every few seconds elsewhere.
 */
final class TerminalProgress implements RunListener {
    private final PrintStream err;
    private final Language language;
    private final boolean terminal;
    private final boolean quiet;
    private Optional<Message> benchmark = Optional.empty();
    private Stage stage = Stage.CLEAN;
    private long stageStart;
    private long firstDone = -1;
    private long lastShown;
    private boolean lineOpen;

    TerminalProgress(PrintStream err, Language language, boolean quiet) {
        this.err = err;
        this.language = language;
        this.quiet = quiet;
        this.terminal = System.console() != null;
    }

    /**
     * From now on the work is one of many runs of a benchmark: lines begin with which one, and its
     * notes are left out.
     */
    synchronized void benchmark(Message run) {
        benchmark = Optional.of(run);
    }

    @Override
    public synchronized void begin(Stage next) {
        stage = next;
        stageStart = System.nanoTime();
        firstDone = -1;
        if (benchmark.isEmpty() || due()) show(stageName());
    }

    @Override
    public synchronized void advance(long done, long total, Unit unit) {
        if (firstDone < 0) {
            firstDone = done;
            stageStart = System.nanoTime();
        }
        if (!due()) return;
        double seconds = (System.nanoTime() - stageStart) / 1e9;
        double rate = seconds > 0.2 ? (done - firstDone) / seconds : 0;
        String count =
                Message.of(
                                total > 0 ? "cli.count_of" : "cli.count",
                                "done",
                                done,
                                "total",
                                total,
                                "unit",
                                Message.of("cli.unit_" + unit.name().toLowerCase(Locale.ROOT)))
                        .in(language);
        String speed =
                rate <= 0 || total <= 0
                        ? ""
                        : (language == Language.CHINESE ? "" : " ")
                                + Message.of(
                                                "cli.rate",
                                                "rate",
                                                Math.round(rate),
                                                "seconds",
                                                Math.round((total - done) / rate))
                                        .in(language);
        show(stageName() + "  " + count + speed);
    }

    @Override
    public synchronized void notice(Notice notice) {
        if (quiet || benchmark.isPresent()) return;
        closeLine();
        err.println(Message.of("cli.notice", "text", notice.message()).in(language));
    }

    @Override
    public void checkCancelled() {}

    synchronized void closeLine() {
        if (lineOpen) err.println();
        lineOpen = false;
    }

    private String stageName() {
        var name = Message.of("cli.stage_" + stage.word());
        return benchmark
                .map(run -> Message.of("cli.benchmark_stage", "run", run, "name", name))
                .orElseGet(
                        () ->
                                Message.of(
                                        "cli.stage",
                                        "number",
                                        stage.ordinal() + 1,
                                        "of",
                                        Stage.values().length,
                                        "name",
                                        name))
                .in(language);
    }

    /** Work advances hundreds of times a second, and few of these are worth a line. */
    private boolean due() {
        long apart = terminal ? 100_000_000L : 3_000_000_000L;
        return !quiet && System.nanoTime() - lastShown >= apart;
    }

    private void show(String line) {
        if (quiet) return;
        lastShown = System.nanoTime();
        if (terminal) {
            err.print("\r\u001b[K" + line);
            err.flush();
            lineOpen = true;
        } else {
            err.println(line);
        }
    }
}
