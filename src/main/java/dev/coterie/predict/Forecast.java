package dev.coterie.predict;

import de.bwaldvogel.liblinear.Feature;
import dev.coterie.embed.Embeddings;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.predict.Prediction.Interval;
import dev.coterie.prepare.CustomerTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trained classifier or regressor with its model card. Immutable and thread-safe. */
public final class Forecast {
    private static final int REASONS = 5;

    /** Effects smaller than this are no reason. */
    private static final double NEGLIGIBLE = 1e-9;

    private final ModelCard card;
    private final FittedModel fitted;
    private final List<String> predicted;
    private final Contributions contributions;

    Forecast(ModelCard card, FittedModel fitted) {
        this.card = card;
        this.fitted = fitted;
        this.predicted =
                card.classes().stream()
                        .filter(name -> !card.classesNotPredicted().contains(name))
                        .toList();
        this.contributions = new Contributions(fitted.space(), fitted.model());
    }

    public ModelCard card() {
        return card;
    }

    FittedModel fitted() {
        return fitted;
    }

    /** As {@link #predict(CustomerTable, Optional, int)} with five reasons each. */
    public List<Prediction> predict(CustomerTable customers, Optional<Embeddings> embeddings) {
        return predict(customers, embeddings, REASONS);
    }

    /**
     * One prediction a customer, in the customers' order. A column that the training data had and
     * these customers lack counts as missing; a column it did not have is not looked at. What a
     * customer gets does not depend on the others. A text whose column and source the training data
     * did not have counts for the column that most training customers wrote in.
     *
     * @param embeddings one row per {@code customers.texts()}, by the encoder the card names
     * @param reasons how many reasons to give at most
     * @throws InvalidInputException if there are texts but no embeddings of the card's encoder
     */
    public List<Prediction> predict(
            CustomerTable customers, Optional<Embeddings> embeddings, int reasons) {
        Optional<Embeddings> vectors = matching(customers, embeddings);
        requireEncoder(customers, vectors);
        FeatureSpace space = fitted.space();
        CustomerRows rows = CustomerRows.forScoring(customers, vectors, space);
        FeatureSpace.Encoder encoder = space.encoder(rows);
        var predictions = new ArrayList<Prediction>();
        for (int row = 0; row < rows.size(); row++) {
            Feature[] x = LinearModel.rows(space, encoder, new int[] {row})[0];
            predictions.add(prediction(rows.ids().get(row), encoder, row, x, reasons));
        }
        return predictions;
    }

    /** Embeddings that fit the texts; none if there is no text. */
    static Optional<Embeddings> matching(CustomerTable customers, Optional<Embeddings> embeddings) {
        if (customers.texts().isEmpty()) return Optional.empty();
        embeddings.ifPresent(
                vectors -> {
                    if (vectors.rows() != customers.texts().size()) {
                        throw new IllegalArgumentException("one embedding a text is needed");
                    }
                });
        return embeddings;
    }

    private void requireEncoder(CustomerTable customers, Optional<Embeddings> vectors) {
        if (card.encoder().isEmpty() || customers.texts().isEmpty()) return;
        String given = vectors.map(v -> v.encoder().name()).orElse("");
        if (given.equals(card.encoder().get())) return;
        throw new InvalidInputException(
                Message.of(
                        "predict.other_encoder",
                        "target",
                        card.target(),
                        "encoder",
                        card.encoder().get(),
                        "given",
                        given.isEmpty() ? "none" : given));
    }

    private Prediction prediction(
            String id, FeatureSpace.Encoder encoder, int row, Feature[] x, int reasons) {
        double[] scores = fitted.model().scores(x);
        List<String> outside = outside(encoder, row);
        if (card.numberFigures().isPresent()) {
            double reach = card.numberFigures().get().errorNinety();
            var interval = new Interval(scores[0] - reach, scores[0] + reach);
            return new Prediction(
                    id,
                    Optional.empty(),
                    Map.of(),
                    scores[0],
                    Optional.of(interval),
                    reasons(encoder, row, x, 0, reasons),
                    outside);
        }
        double[] probabilities = LinearModel.probabilities(scores);
        int likeliest = ClassEvaluation.likeliest(probabilities);
        var byClass = new LinkedHashMap<String, Double>();
        card.classes().forEach(name -> byClass.put(name, 0.0));
        for (int c = 0; c < probabilities.length; c++)
            byClass.put(predicted.get(c), probabilities[c]);
        return new Prediction(
                id,
                Optional.of(predicted.get(likeliest)),
                byClass,
                Double.NaN,
                Optional.empty(),
                reasons(encoder, row, x, scores.length == 1 ? 0 : likeliest, reasons),
                outside);
    }

    private List<String> outside(FeatureSpace.Encoder encoder, int row) {
        var outside = new ArrayList<String>();
        List<NumberPart> numbers = fitted.space().numbers();
        for (int n = 0; n < numbers.size(); n++) {
            if (numbers.get(n).name().kind() != FeatureName.Kind.NUMBER) continue;
            if (numbers.get(n).outside(encoder.number(n, row))) {
                outside.add(numbers.get(n).name().column());
            }
        }
        return outside;
    }

    private List<Reason> reasons(
            FeatureSpace.Encoder encoder, int row, Feature[] x, int output, int most) {
        FeatureSpace space = fitted.space();
        List<FeatureName> parts = space.parts();
        double[] added = contributions.of(x, output);
        var reasons = new ArrayList<Reason>();
        for (int p = 0; p < parts.size(); p++) {
            if (parts.get(p).kind() == FeatureName.Kind.WORDS) continue;
            reasons.add(new Reason(parts.get(p), value(encoder, p, row), added[p]));
        }
        addWords(reasons, x, fitted.model().weights()[output]);
        reasons.removeIf(reason -> Math.abs(reason.effect()) < NEGLIGIBLE);
        reasons.sort(
                Comparator.comparingDouble((Reason r) -> -Math.abs(r.effect()))
                        .thenComparing(r -> r.feature().key()));
        return reasons.subList(0, Math.min(most, reasons.size()));
    }

    private String value(FeatureSpace.Encoder encoder, int part, int row) {
        int numbers = fitted.space().numbers().size();
        if (part < numbers) {
            double value = encoder.number(part, row);
            if (Double.isNaN(value)) return "";
            return new BigDecimal(value, new MathContext(6)).stripTrailingZeros().toPlainString();
        }
        int category = part - numbers;
        if (category < fitted.space().categories().size()) return encoder.category(category, row);
        return "";
    }

    /** Each word of the customer by itself: together they would say nothing. */
    private void addWords(List<Reason> reasons, Feature[] x, double[] weights) {
        FeatureSpace space = fitted.space();
        int[] offsets = space.offsets();
        int part = space.numbers().size() + space.categories().size();
        for (WordsPart words : space.words()) {
            for (int i = 0; i < x.length - 1; i++) {
                int j = x[i].getIndex() - 1;
                if (j < offsets[part] || j >= offsets[part + 1]) continue;
                String term = words.terms().get(j - offsets[part]);
                var name = new FeatureName(FeatureName.Kind.WORD, words.column(), term);
                reasons.add(new Reason(name, "", weights[j] * x[i].getValue()));
            }
            part++;
        }
    }
}
