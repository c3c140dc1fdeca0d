package dev.coterie.api;

import dev.coterie.error.InvalidInputException;
import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Language;
import dev.coterie.predict.Forecast;
import dev.coterie.predict.ModelCard;
import dev.coterie.predict.Prediction;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.run.FinishedRun;
import dev.coterie.run.Forecasts;
import dev.coterie.run.Scoring;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** {@code customers:assign}, {@code :embed} and {@code :predict}, and the forecasts' cards. */
final class ScoringRoutes {
    private static final int DEFAULT_TOP = 3;
    private static final int DEFAULT_REASONS = 3;
    private static final double FLAG = 0.5;

    private final Readers readers;
    private final Scoring scoring;
    private final Forecasts forecasts;
    private final int customersPerCall;
    private final long longestBody;

    ScoringRoutes(
            Readers readers,
            Scoring scoring,
            Forecasts forecasts,
            int customersPerCall,
            long longestBody) {
        this.readers = readers;
        this.scoring = scoring;
        this.forecasts = forecasts;
        this.customersPerCall = customersPerCall;
        this.longestBody = longestBody;
    }

    void add(RoutesConfig routes) {
        routes.post("/api/v1/projects/{p}/customers:assign", this::assign);
        routes.post("/api/v1/projects/{p}/customers:embed", this::embed);
        routes.post("/api/v1/projects/{p}/customers:predict", this::predict);
        routes.get("/api/v1/projects/{p}/models", this::models);
    }

    /**
     * @param top segments to name, the assigned one included
     */
    record Assign(List<CustomerBatch.Sent> customers, Integer top, Boolean explain) {}

    private void assign(Context ctx) {
        var asked = Call.body(ctx, Assign.class, longestBody);
        Reader reader = readers.ofProject(ctx);
        FinishedRun run = reader.finished();
        var batch = CustomerBatch.of(asked.customers(), run, customersPerCall, reader.language());
        int top = Call.count(asked.top(), "/top", 1, DEFAULT_TOP);
        boolean explain = Boolean.TRUE.equals(asked.explain());
        var data = new TreeMap<Integer, Map<String, Object>>();
        if (!batch.described().isEmpty()) {
            var shaped = scoring.shape(run.analysis(), batch.described());
            FeatureMatrix rows = scoring.features(run.analysis(), shaped);
            for (int i = 0; i < rows.rows(); i++) {
                int at = batch.describedAt().get(i);
                String id = asked.customers().get(at).id();
                Map<String, Object> view = assigned(reader, id, rows, i, top, explain);
                view.put("warnings", warnings(shaped, i));
                data.put(at, view);
            }
        }
        FeatureMatrix own = run.analysis().features();
        for (int i = 0; i < batch.known().size(); i++) {
            int at = batch.knownAt().get(i);
            String id = asked.customers().get(at).id();
            int row = batch.known().get(i);
            Map<String, Object> view = assigned(reader, id, own, row, top, explain);
            if (run.placed().containsKey(row)) placed(reader, view, row);
            view.put("warnings", List.of());
            data.put(at, view);
        }
        Call.answer(
                ctx,
                200,
                Body.of(
                        "run",
                        run.run().id(),
                        "data",
                        List.copyOf(data.values()),
                        "failed",
                        batch.failed()));
    }

    /** Where a person placed the customer counts before where the analysis has it. */
    private static void placed(Reader reader, Map<String, Object> view, int row) {
        view.put("segment", reader.brief(reader.segmentOf(row)));
        view.put("confidence", reader.finished().analysis().segmentation().confidence()[row]);
        view.put("outlier", false);
        view.put("placed", true);
    }

    private static Map<String, Object> assigned(
            Reader reader, String id, FeatureMatrix rows, int row, int top, boolean explain) {
        FinishedRun run = reader.finished();
        FeatureMatrix one = Rows.of(rows, row);
        var assigned = run.assigner().assign(one);
        int segment = assigned.segments()[0];
        double[] probabilities = assigned.probabilities()[0];
        var alternatives =
                IntStream.range(0, probabilities.length)
                        .filter(c -> c != segment)
                        .boxed()
                        .sorted(Comparator.comparingDouble(c -> -probabilities[c]))
                        .limit(top - 1L)
                        .map(
                                c ->
                                        Body.of(
                                                "id",
                                                run.segmentId(c + 1),
                                                "number",
                                                c + 1,
                                                "name",
                                                reader.name(c + 1),
                                                "confidence",
                                                probabilities[c]))
                        .toList();
        var place = run.map().place(one);
        return Body.of(
                "id",
                id,
                "segment",
                reader.brief(segment + 1),
                "confidence",
                assigned.confidence()[0],
                "outlier",
                assigned.outlier()[0],
                "outlier_score",
                assigned.strangeness()[0],
                "map",
                Body.of("x", place.x()[0], "y", place.y()[0]),
                "alternatives",
                alternatives,
                "reasons",
                explain ? reasons(run, one, segment) : List.of());
    }

    /**
     * What draws a customer to its segment rather than to the middle of all: for each source the
     * part of the squared distance that the segment saves.
     */
    private static List<Map<String, Object>> reasons(
            FinishedRun run, FeatureMatrix one, int segment) {
        double[] centroid = run.analysis().segmentation().segmentCentroids()[segment];
        var bySource = new LinkedHashMap<String, Double>();
        double[] all = run.mean();
        for (int j = 0; j < one.columns(); j++) {
            Feature feature = one.features().get(j);
            double value = one.get(0, j);
            double away = value - all[j];
            double here = value - centroid[j];
            String source = feature.block() == Block.TEXT ? "text" : feature.source();
            bySource.merge(source, away * away - here * here, Double::sum);
        }
        double total = bySource.values().stream().mapToDouble(Math::abs).sum() + Double.MIN_NORMAL;
        return bySource.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(5)
                .map(
                        entry ->
                                Body.of(
                                        "feature",
                                        entry.getKey(),
                                        "effect",
                                        entry.getValue() / total))
                .toList();
    }

    /**
     * @param store must be false: the first version keeps no vectors of callers
     */
    record Embed(
            List<CustomerBatch.Sent> customers,
            List<String> parts,
            Boolean normalize,
            Boolean store) {}

    private void embed(Context ctx) {
        var asked = Call.body(ctx, Embed.class, longestBody);
        if (Boolean.TRUE.equals(asked.store())) throw Call.wrong("/store");
        if (asked.parts() != null && !asked.parts().equals(List.of("fused"))) {
            throw Call.wrong("/parts");
        }
        Reader reader = readers.ofProject(ctx);
        FinishedRun run = reader.finished();
        boolean normalize = !Boolean.FALSE.equals(asked.normalize());
        var batch = CustomerBatch.of(asked.customers(), run, customersPerCall, reader.language());
        var data = new TreeMap<Integer, Map<String, Object>>();
        if (!batch.described().isEmpty()) {
            var shaped = scoring.shape(run.analysis(), batch.described());
            FeatureMatrix rows = scoring.features(run.analysis(), shaped);
            for (int i = 0; i < rows.rows(); i++) {
                var input = batch.described().get(i);
                int unknown = shaped.applied().unknownFields().get(i).size();
                data.put(
                        batch.describedAt().get(i),
                        Body.of(
                                "id",
                                input.id(),
                                "vector",
                                vector(rows.row(i), normalize),
                                "used",
                                Body.of(
                                        "texts",
                                        input.texts().size(),
                                        "events",
                                        input.events().size(),
                                        "profile_fields",
                                        input.profile().size() - unknown,
                                        "imputed",
                                        shaped.applied().imputed().get(i)),
                                "warnings",
                                warnings(shaped, i)));
            }
        }
        for (int i = 0; i < batch.known().size(); i++) {
            int row = batch.known().get(i);
            int at = batch.knownAt().get(i);
            data.put(
                    at,
                    Body.of(
                            "id",
                            asked.customers().get(at).id(),
                            "vector",
                            vector(run.analysis().features().row(row), normalize),
                            "used",
                            null,
                            "warnings",
                            List.of()));
        }
        Call.answer(
                ctx,
                200,
                Body.of(
                        "run",
                        run.run().id(),
                        "space",
                        "fused-" + run.run().id(),
                        "dims",
                        run.analysis().features().columns(),
                        "distance",
                        "cosine",
                        "data",
                        List.copyOf(data.values()),
                        "failed",
                        batch.failed()));
    }

    /** What was sent of a customer and not used. */
    private static List<Map<String, Object>> warnings(Scoring.Shaped shaped, int customer) {
        var warnings = new ArrayList<Map<String, Object>>();
        for (String field : shaped.applied().unknownFields().get(customer)) {
            warnings.add(Body.of("code", "unknown_profile_field", "field", field));
        }
        for (String field : shaped.applied().unreadable().get(customer)) {
            warnings.add(Body.of("code", "unreadable_value", "field", field));
        }
        return warnings;
    }

    private static double[] vector(double[] row, boolean normalize) {
        double sum = 0;
        for (double value : row) sum += value * value;
        if (!normalize || sum == 0) return row;
        double length = Math.sqrt(sum);
        for (int i = 0; i < row.length; i++) row[i] /= length;
        return row;
    }

    /**
     * @param explain number of reasons, or null
     */
    record Predict(String target, List<CustomerBatch.Sent> customers, Integer explain) {}

    private void predict(Context ctx) {
        var asked = Call.body(ctx, Predict.class, longestBody);
        Reader reader = readers.ofProject(ctx);
        FinishedRun run = reader.finished();
        var batch = CustomerBatch.of(asked.customers(), run, customersPerCall, reader.language());
        Forecast forecast = forecasts.of(run, Optional.ofNullable(asked.target()));
        int reasons = Call.count(asked.explain(), "/explain", 0, DEFAULT_REASONS);
        var data = new TreeMap<Integer, Map<String, Object>>();
        if (!batch.described().isEmpty()) {
            var shaped = scoring.shape(run.analysis(), batch.described());
            List<Prediction> predictions =
                    forecast.predict(shaped.customers(), shaped.embeddings(), reasons);
            for (int i = 0; i < predictions.size(); i++) {
                int at = batch.describedAt().get(i);
                Map<String, Object> view =
                        PredictionView.of(
                                asked.customers().get(at).id(),
                                predictions.get(i),
                                forecast.card(),
                                FLAG,
                                reader.language());
                view.put("warnings", warnings(shaped, i));
                data.put(at, view);
            }
        }
        if (!batch.known().isEmpty()) {
            // A forecast scores whole tables only.
            List<Prediction> all =
                    forecast.predict(
                            run.analysis().customers(), run.analysis().embeddings(), reasons);
            for (int i = 0; i < batch.known().size(); i++) {
                int at = batch.knownAt().get(i);
                Map<String, Object> view =
                        PredictionView.of(
                                asked.customers().get(at).id(),
                                all.get(batch.known().get(i)),
                                forecast.card(),
                                FLAG,
                                reader.language());
                view.put("warnings", List.of());
                data.put(at, view);
            }
        }
        ModelCard card = forecast.card();
        Call.answer(
                ctx,
                200,
                Body.of(
                        "run",
                        run.run().id(),
                        "model",
                        Forecasts.id(run, card.target()),
                        "target",
                        card.target(),
                        "data",
                        List.copyOf(data.values()),
                        "failed",
                        batch.failed(),
                        "quality",
                        PredictionView.quality(card)));
    }

    private void models(Context ctx) {
        Reader reader = readers.ofProject(ctx);
        FinishedRun run = reader.finished();
        var cards = new ArrayList<Map<String, Object>>();
        for (TargetColumn target : forecasts.targets(run)) {
            cards.add(card(run, target.name(), reader.language()));
        }
        Map<String, Object> body = Body.of("run", run.run().id());
        body.putAll(Page.of(ctx, run.run().id()).of(ctx, cards, card -> card));
        Call.answer(ctx, 200, body);
    }

    /** A target that cannot be forecast says why, and hides no other. */
    private Map<String, Object> card(FinishedRun run, String target, Language language) {
        String id = Forecasts.id(run, target);
        try {
            return PredictionView.card(id, forecasts.of(run, Optional.of(target)).card(), language);
        } catch (InvalidInputException e) {
            return Body.of(
                    "id",
                    id,
                    "target",
                    target,
                    "problem",
                    Body.of("code", e.code(), "detail", e.message().in(language)));
        }
    }
}
