package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.predict.Forecast;
import dev.coterie.predict.ForecastTrainer;
import dev.coterie.predict.Prediction;
import dev.coterie.prepare.CustomerInput;
import dev.coterie.progress.Progress;
import dev.coterie.segment.CutAssigner;
import dev.coterie.tools.Workbench;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What chat may have done with a run: customers placed and scored the API's own way, its briefs.
 */
public final class RunWorkbench implements Workbench {
    private final Analysis analysis;
    private final CutAssigner assigner;
    private final Scoring scoring;
    private final Function<String, Forecast> forecasts;
    private final IntFunction<Optional<Written>> briefs;
    private final Ids ids;

    /**
     * What the API calls segments and customers.
     *
     * @param segment id by number
     * @param customer id by row
     * @param row by a customer's id
     */
    private record Ids(
            IntFunction<String> segment,
            IntFunction<String> customer,
            Function<String, OptionalInt> row) {}

    private RunWorkbench(
            Analysis analysis,
            CutAssigner assigner,
            Scoring scoring,
            Function<String, Forecast> forecasts,
            IntFunction<Optional<Written>> briefs,
            Ids ids) {
        this.analysis = analysis;
        this.assigner = assigner;
        this.scoring = scoring;
        this.forecasts = forecasts;
        this.briefs = briefs;
        this.ids = ids;
    }

    static RunWorkbench of(FinishedRun run, Scoring scoring, Forecasts forecasts, Briefs briefs) {
        return new RunWorkbench(
                run.analysis(),
                run.assigner(),
                scoring,
                target -> forecasts.of(run, Optional.of(target)),
                segment -> briefs.newest(run.run().id(), run.segmentId(segment)),
                new Ids(run::segmentId, run::customerId, run::row));
    }

    /**
     * Of an analysis that no ledger knows: it has no briefs.
     *
     * @param seed of the run
     */
    public static RunWorkbench of(Analysis analysis, Scoring scoring, long seed) {
        Map<String, Forecast> trained = new ConcurrentHashMap<>();
        var trainer = new ForecastTrainer(seed);
        return new RunWorkbench(
                analysis,
                CutAssigner.of(analysis.segmentation(), analysis.features()),
                scoring,
                target ->
                        trained.computeIfAbsent(
                                target,
                                name ->
                                        trainer.train(
                                                analysis.customers(),
                                                analysis.embeddings(),
                                                analysis.customers().targets().stream()
                                                        .filter(t -> t.name().equals(name))
                                                        .findFirst()
                                                        .orElseThrow(),
                                                Progress.NONE)),
                segment -> Optional.empty(),
                new Ids(
                        segment -> "seg_" + segment,
                        analysis.customers().ids()::get,
                        id -> OptionalInt.empty()));
    }

    @Override
    public CutAssigner.Assigned assign(List<CustomerInput> customers) {
        return assigner.assign(scoring.features(analysis, scoring.shape(analysis, customers)));
    }

    @Override
    public Forecast forecast(String target) {
        return forecasts.apply(target);
    }

    @Override
    public List<Prediction> predict(String target, List<CustomerInput> customers) {
        var shaped = scoring.shape(analysis, customers);
        return forecasts.apply(target).predict(shaped.customers(), shaped.embeddings(), 0);
    }

    @Override
    public Optional<Written> brief(int segment) {
        return briefs.apply(segment);
    }

    @Override
    public String segmentId(int segment) {
        return ids.segment().apply(segment);
    }

    @Override
    public String customerId(int row) {
        return ids.customer().apply(row);
    }

    @Override
    public OptionalInt customerRow(String id) {
        return ids.row().apply(id);
    }
}
