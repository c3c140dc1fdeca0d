package dev.coterie.run;

import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.predict.Forecast;
import dev.coterie.predict.ForecastTrainer;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.progress.Progress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** The forecasts of runs, trained when first asked for and kept in memory. Thread-safe. */
public final class Forecasts {
    private static final int KEPT = 8;

    private final Map<Key, CompletableFuture<Forecast>> trained = new ConcurrentHashMap<>();

    private record Key(String run, String target) {}

    /**
     * @param target name of a target column, or empty if the run has only one
     * @throws NotFoundException if the run has no such target; the message names those it has
     * @throws InvalidInputException if its data cannot carry a forecast
     */
    public Forecast of(FinishedRun run, Optional<String> target) {
        TargetColumn column = column(run, target);
        if (trained.size() > KEPT) trained.clear();
        var key = new Key(run.run().id(), column.name());
        // Who loses patience does not end the training: the next one to ask finds it done.
        CompletableFuture<Forecast> training =
                trained.computeIfAbsent(
                        key, k -> CompletableFuture.supplyAsync(() -> train(run, column)));
        try {
            return training.join();
        } catch (CompletionException e) {
            trained.remove(key, training);
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    /** Drops the forecasts of runs that are deleted. */
    void forget(Set<String> runs) {
        trained.keySet().removeIf(key -> runs.contains(key.run()));
    }

    private static Forecast train(FinishedRun run, TargetColumn column) {
        return new ForecastTrainer(run.run().settings().seed())
                .train(
                        run.analysis().customers(),
                        run.analysis().embeddings(),
                        column,
                        Progress.NONE);
    }

    public List<TargetColumn> targets(FinishedRun run) {
        return run.analysis().customers().targets();
    }

    public static String id(FinishedRun run, String target) {
        return Ids.derived("mdl_", run.run().id(), target);
    }

    private TargetColumn column(FinishedRun run, Optional<String> target) {
        List<TargetColumn> all = targets(run);
        if (target.isEmpty() && all.size() == 1) return all.get(0);
        return all.stream()
                .filter(
                        t ->
                                target.isPresent()
                                        && t.name()
                                                .toLowerCase(Locale.ROOT)
                                                .equals(target.get().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> noTarget(target, all));
    }

    private static NotFoundException noTarget(Optional<String> target, List<TargetColumn> all) {
        if (all.isEmpty()) return new NotFoundException(Message.of("run.no_target"));
        return new NotFoundException(
                Message.of(
                        "run.unknown_target",
                        "target",
                        target.orElse(""),
                        "known",
                        String.join(", ", all.stream().map(TargetColumn::name).toList())));
    }
}
