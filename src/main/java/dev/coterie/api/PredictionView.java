package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.predict.ModelCard;
import dev.coterie.predict.Prediction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Predictions and the cards of forecasts as JSON. */
final class PredictionView {
    private PredictionView() {}

    /**
     * @param threshold for two classes: the probability of the last class from which on it is
     *     flagged
     */
    static Map<String, Object> of(
            String id, Prediction prediction, ModelCard card, double threshold, Language language) {
        Map<String, Object> view = Body.of("id", id);
        if (card.numberFigures().isPresent()) {
            view.putAll(
                    Body.of(
                            "value",
                            prediction.value(),
                            "interval",
                            prediction.interval().map(i -> List.of(i.low(), i.high()))));
        } else if (card.classes().size() == 2) {
            double probability = prediction.probabilities().get(card.classes().get(1));
            view.putAll(
                    Body.of(
                            "prediction",
                            prediction.prediction(),
                            "probability",
                            probability,
                            "of",
                            card.classes().get(1),
                            "flag",
                            probability >= threshold,
                            "threshold",
                            threshold));
        } else {
            view.put("prediction", prediction.prediction().orElse(null));
            view.put("probabilities", prediction.probabilities());
        }
        view.put(
                "reasons",
                prediction.reasons().stream()
                        .map(
                                reason ->
                                        Body.of(
                                                "feature",
                                                reason.feature().key(),
                                                "label",
                                                reason.feature().label().in(language),
                                                "value",
                                                reason.value(),
                                                "effect",
                                                reason.effect()))
                        .toList());
        view.put("out_of_range", prediction.outOfRange());
        return view;
    }

    static Map<String, Object> quality(ModelCard card) {
        Optional<Map<String, Object>> classes =
                card.classFigures()
                        .map(
                                f ->
                                        Body.of(
                                                "auc",
                                                f.auc(),
                                                "auc_ci",
                                                interval(f.aucLow(), f.aucHigh()),
                                                "accuracy",
                                                f.accuracy(),
                                                "f1",
                                                f.f1(),
                                                "brier",
                                                f.brier(),
                                                "baseline",
                                                Body.of(
                                                        "prediction",
                                                        f.baseline().prediction(),
                                                        "accuracy",
                                                        f.baseline().accuracy())));
        Map<String, Object> quality =
                classes.orElseGet(
                        () ->
                                card.numberFigures()
                                        .map(
                                                f ->
                                                        Body.of(
                                                                "r2",
                                                                f.r2(),
                                                                "rmse",
                                                                f.rmse(),
                                                                "mae",
                                                                f.mae(),
                                                                "baseline",
                                                                Body.of("mae", f.baseline().mae())))
                                        .orElseGet(Body::of));
        quality.put("tested_on", card.heldOutRows());
        quality.put("better_than_baseline", card.betterThanBaseline());
        return quality;
    }

    /** Null where there were too few rows to say. */
    private static List<Double> interval(double low, double high) {
        return Double.isFinite(low) && Double.isFinite(high) ? List.of(low, high) : null;
    }

    static Map<String, Object> card(String id, ModelCard card, Language language) {
        return Body.of(
                "id",
                id,
                "target",
                card.target(),
                "kind",
                card.kind().name().toLowerCase(Locale.ROOT),
                "classes",
                card.classes(),
                "rows",
                card.rows(),
                "training_rows",
                card.trainingRows(),
                "held_out_rows",
                card.heldOutRows(),
                "metrics",
                quality(card),
                "importances",
                card.importances().stream()
                        .map(
                                i ->
                                        Body.of(
                                                "feature",
                                                i.feature().key(),
                                                "label",
                                                i.feature().label().in(language),
                                                "fall",
                                                i.fall()))
                        .toList(),
                "leakage_suspects",
                card.leakageSuspects().stream()
                        .map(s -> Body.of("column", s.column(), "strength", s.strength()))
                        .toList());
    }
}
