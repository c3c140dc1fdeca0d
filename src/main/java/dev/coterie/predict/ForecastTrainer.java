package dev.coterie.predict;

import de.bwaldvogel.liblinear.Feature;
import dev.coterie.embed.Embeddings;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.predict.ModelCard.ClassFigures;
import dev.coterie.predict.ModelCard.LeftOut;
import dev.coterie.predict.ModelCard.NumberFigures;
import dev.coterie.predict.ModelCard.Suspect;
import dev.coterie.predict.ModelCard.Why;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Trains a linear model on the table, the words and the meaning of customers' texts, and measures
 * it on a fifth of the customers that it has not seen.
 *
 * <p>The fifth is drawn by a hash of id and seed, in the classes' proportions; the strength of
 * regularisation is chosen by cross-validation inside the other four fifths, by log loss (classes)
 * or squared error (number). Then the model is fitted again on all rows. The same customers and
 * seed give the same forecast, whatever the order of rows. Holds one row of features a customer:
 * about 28 bytes for each embedding dimension and each distinct word.
 */
public record ForecastTrainer(long seed) {
    private static final int FIFTH = 5;
    private static final double[] STRENGTHS = {0.01, 0.03, 0.1, 0.3, 1, 3};
    private static final int FOLDS = 3;

    /** More classes than this are validated on one fold: each class is one more model. */
    private static final int FEW_CLASSES = 4;

    /**
     * @param embeddings one row per {@code customers.texts()}; without them texts count by their
     *     words only
     * @param target the column to predict; a number or category of the same name is never used
     * @throws InvalidInputException if fewer than 40 customers have a known target, if it has one
     *     value only, more than 100 classes, or if there is nothing to predict it from
     */
    public Forecast train(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            TargetColumn target,
            Progress progress) {
        Optional<Embeddings> vectors = Forecast.matching(customers, embeddings);
        Target learned = Target.of(target);
        CustomerRows rows = CustomerRows.forTraining(customers, vectors, target.name());
        return new Training(customers, rows, target, learned, progress, seed).run();
    }

    /** One training: its rows and what was found on the way. */
    private static final class Training {
        private final CustomerTable table;
        private final CustomerRows customers;
        private final TargetColumn column;
        private final Target target;
        private final Progress progress;
        private final long seed;
        private final int[] all;
        private final Split split;
        private final Leakage leakage;
        private final Set<String> leftOut;
        private int done;

        Training(
                CustomerTable table,
                CustomerRows customers,
                TargetColumn column,
                Target target,
                Progress progress,
                long seed) {
            this.table = table;
            this.customers = customers;
            this.column = column;
            this.target = target;
            this.progress = progress;
            this.seed = seed;
            this.all = Split.order(customers.ids(), target.knownRows(), seed);
            this.split = Split.of(all, strata(), 0, FIFTH);
            this.leakage = Leakage.find(customers, target, split.training());
            this.leftOut = new HashSet<>(leakage.telling());
        }

        Forecast run() {
            notices();
            double c = choose();
            FittedModel twin = FittedModel.fit(customers, target, split.training(), leftOut, c);
            int[] heldOut = split.heldOut();
            Feature[][] x =
                    LinearModel.rows(twin.space(), twin.space().encoder(customers), heldOut);
            step();
            FittedModel fitted = FittedModel.fit(customers, target, all, leftOut, c);
            step();
            return new Forecast(card(twin, x, fitted, c), fitted);
        }

        private int[] strata() {
            return Split.strata(target.codes(), customers.size());
        }

        private int folds() {
            return target.classes().size() > FEW_CLASSES ? 1 : FOLDS;
        }

        private void step() {
            done++;
            int total = folds() * STRENGTHS.length + 2;
            progress.advance(Math.min(done, total), total, Progress.Unit.CANDIDATES);
            progress.checkCancelled();
        }

        private void notices() {
            for (String name : leakage.telling()) {
                var message =
                        Message.of("predict.tells_target", "column", name, "target", target.name());
                progress.notice(Notice.high(message, 1));
            }
            for (Suspect suspect : leakage.suspects()) {
                var message =
                        Message.of(
                                "predict.suspect",
                                "column",
                                suspect.column(),
                                "target",
                                target.name(),
                                "strength",
                                suspect.strength());
                progress.notice(Notice.warning(message, 1));
            }
            if (!target.tooRare().isEmpty()) {
                var message =
                        Message.of(
                                "predict.rare_classes",
                                "classes",
                                String.join(", ", target.tooRare()),
                                "count",
                                target.tooRare().size(),
                                "least",
                                Target.LEAST_IN_CLASS);
                progress.notice(Notice.warning(message, target.tooRare().size()));
            }
        }

        /** The C with the least mean loss over the folds of the training rows. */
        private double choose() {
            double[] losses = new double[STRENGTHS.length];
            for (int fold = 0; fold < folds(); fold++) {
                Split inner = Split.of(split.training(), strata(), fold, FOLDS);
                FeatureSpace space = FeatureSpace.fit(customers, inner.training(), leftOut);
                if (space.width() == 0) throw nothingToLearnFrom();
                var encoder = space.encoder(customers);
                Feature[][] x = LinearModel.rows(space, encoder, inner.training());
                Feature[][] held = LinearModel.rows(space, encoder, inner.heldOut());
                double least = Double.POSITIVE_INFINITY;
                int worse = 0;
                for (int s = 0; s < STRENGTHS.length; s++) {
                    // Past the best, loss only grows and fits only slow down.
                    if (worse == 2) {
                        losses[s] = Double.POSITIVE_INFINITY;
                        step();
                        continue;
                    }
                    LinearModel model =
                            target.fit(x, inner.training(), space.width(), STRENGTHS[s]);
                    double loss =
                            target.loss(
                                    new FittedModel(space, model).scores(held), inner.heldOut());
                    losses[s] += loss;
                    worse = loss > least ? worse + 1 : 0;
                    least = Math.min(least, loss);
                    step();
                }
            }
            int best = 0;
            for (int s = 1; s < losses.length; s++) if (losses[s] < losses[best]) best = s;
            return STRENGTHS[best];
        }

        private InvalidInputException nothingToLearnFrom() {
            if (leftOut.isEmpty()) {
                return new InvalidInputException(
                        Message.of("predict.nothing_to_learn_from", "target", target.name()));
            }
            return new InvalidInputException(
                    Message.of(
                            "predict.only_leaks",
                            "target",
                            target.name(),
                            "columns",
                            String.join(", ", leakage.telling())));
        }

        private ModelCard card(FittedModel twin, Feature[][] x, FittedModel fitted, double c) {
            int[] heldOut = split.heldOut();
            double[][] scores = twin.scores(x);
            Optional<ClassFigures> classes = Optional.empty();
            Optional<NumberFigures> number = Optional.empty();
            boolean better;
            if (target.isNumber()) {
                double mean =
                        Arrays.stream(target.valuesOf(split.training())).average().orElseThrow();
                NumberFigures figures = target.numbers(scores, heldOut).figures(mean, seed);
                better = figures.r2Low() > 0 && figures.rmse() < figures.baseline().rmse();
                number = Optional.of(figures);
            } else {
                double[] shares = target.shares(split.training());
                ClassFigures figures = target.classes(scores, heldOut).figures(shares, seed);
                better = figures.aucLow() > 0.5 && figures.brier() < figures.baseline().brier();
                classes = Optional.of(figures);
            }
            return new ModelCard(
                    target.name(),
                    target.kind(),
                    column.classes(),
                    target.tooRare(),
                    all.length,
                    split.training().length,
                    heldOut.length,
                    true,
                    fitted.space().parts(),
                    columnsLeftOut(fitted.space()),
                    leakage.suspects(),
                    fitted.space().meaning().map(MeaningPart::encoder),
                    fitted.space().width(),
                    c,
                    folds(),
                    seed,
                    classes,
                    number,
                    better,
                    Importances.shuffled(twin, target, x, heldOut, seed),
                    Importances.words(fitted, target),
                    Fingerprint.of(table, target, all));
        }

        private List<LeftOut> columnsLeftOut(FeatureSpace space) {
            var columns = new ArrayList<LeftOut>();
            columns.add(new LeftOut(target.name(), Why.IS_TARGET));
            leakage.telling().forEach(name -> columns.add(new LeftOut(name, Why.TELLS_TARGET)));
            var used = new HashSet<>(leftOut);
            used.add(target.name());
            space.numbers().forEach(n -> used.add(n.name().column()));
            space.categories().forEach(category -> used.add(category.column()));
            for (NumberColumn number : table.numbers()) {
                if (used.contains(number.name())) continue;
                boolean empty = Arrays.stream(all).allMatch(r -> Double.isNaN(number.values()[r]));
                columns.add(new LeftOut(number.name(), empty ? Why.ALL_MISSING : Why.CONSTANT));
            }
            for (CategoryColumn category : table.categories()) {
                if (used.contains(category.name())) continue;
                int[] known = Arrays.stream(all).map(r -> category.codes()[r]).distinct().toArray();
                Why why = known.length > 1 ? Why.TOO_MANY_VALUES : Why.CONSTANT;
                if (known.length == 1 && known[0] < 0) why = Why.ALL_MISSING;
                columns.add(new LeftOut(category.name(), why));
            }
            return columns;
        }
    }
}
