package dev.coterie.tools;

import dev.coterie.error.CoterieException;
import dev.coterie.language.Message;
import dev.coterie.predict.Forecast;
import dev.coterie.predict.ModelCard;
import dev.coterie.predict.Prediction;
import dev.coterie.predict.Reason;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.proof.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tool that tells how likely an outcome is, of a customer or of segments. */
public final class ForecastTools {
    private static final int REASONS = 5;

    private final Desk desk;

    public ForecastTools(Desk desk) {
        this.desk = desk;
    }

    /** The target columns of the run. */
    public static List<TargetColumn> targets(Desk desk) {
        return desk.analysis().customers().targets();
    }

    /**
     * @param named a target column; empty for the only one
     */
    TargetColumn target(String named) {
        List<TargetColumn> all = targets(desk);
        if (all.isEmpty()) {
            throw new ToolRefusal("no_target");
        }
        if (named.isBlank() && all.size() == 1) return all.get(0);
        String wanted = named.strip().toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(t -> t.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ToolRefusal(
                                        "one_of",
                                        "name",
                                        "target",
                                        "choices",
                                        String.join(
                                                ", ",
                                                all.stream().map(TargetColumn::name).toList())));
    }

    Forecast forecast(TargetColumn target) {
        try {
            return desk.bench().forecast(target.name());
        } catch (CoterieException e) {
            throw new ToolRefusal(e);
        }
    }

    /** The class that a forecast of two speaks of: the last one, such as yes. */
    public static Optional<String> outcome(ModelCard card) {
        List<String> classes = card.classes();
        return classes.size() == 2 ? Optional.of(classes.get(1)) : Optional.empty();
    }

    /** How well the forecast does on customers it has not seen. */
    Fact quality(ModelCard card) {
        boolean classes = card.classFigures().isPresent();
        double value =
                classes ? card.classFigures().get().auc() : card.numberFigures().orElseThrow().r2();
        return desk.fact(
                "quality " + card.target(),
                Message.of(classes ? "chat.fact.auc" : "chat.fact.r2", "target", card.target()),
                value,
                Fact.Unit.NUMBER,
                card.heldOutRows(),
                0,
                "held_out");
    }

    /** What the forecast says of one of the run's customers. */
    public ToolResult ofCustomer(String named, int row) {
        long start = System.nanoTime();
        TargetColumn target = target(named);
        Forecast forecast = forecast(target);
        var analysis = desk.analysis();
        Prediction prediction =
                forecast.predict(analysis.customers(), analysis.embeddings(), REASONS).get(row);
        var found = new Found();
        for (Fact fact : said(forecast.card(), prediction, String.valueOf(row), "")) {
            found.add(fact);
        }
        found.add(quality(forecast.card()));
        var rows = new ArrayList<List<Table.Cell>>();
        for (Reason reason : prediction.reasons()) {
            Fact effect =
                    desk.fact(
                            "reason " + target.name() + " " + row + " " + reason.feature().key(),
                            Message.of("chat.fact.reason", "feature", reason.feature().label()),
                            reason.effect(),
                            Fact.Unit.NUMBER,
                            1,
                            0,
                            "log_odds");
            rows.add(
                    List.of(
                            Table.Cell.of(new DriverTools(desk).label(reason.feature())),
                            Table.Cell.of(reason.value().isEmpty() ? "–" : reason.value()),
                            desk.cell(found.add(effect))));
        }
        String id = analysis.customers().ids().get(row);
        found.table(
                desk.say("table.reasons", "target", target.name(), "id", id),
                List.of(
                        desk.say("column.attribute"),
                        desk.say("column.value"),
                        desk.say("column.effect")),
                rows);
        found.view("map?customer=" + desk.customerId(row));
        var args = new LinkedHashMap<String, Object>();
        args.put("customer", desk.customerId(row));
        args.put("target", target.name());
        return desk.result(
                "predict",
                args,
                desk.say("tool.predict", "target", target.name()),
                found,
                1,
                start);
    }

    /**
     * The figures of a prediction: the probability of the outcome, or of each class, or the value.
     *
     * @param whose tells this customer from others
     * @param state words such as "as it is" that tell two predictions of one customer apart
     */
    List<Fact> said(ModelCard card, Prediction prediction, String whose, String state) {
        var facts = new ArrayList<Fact>();
        String key = "prediction " + card.target() + " " + whose + " " + state;
        if (prediction.probabilities().isEmpty()) {
            Message label = Message.of("chat.fact.forecast", "target", card.target());
            facts.add(
                    desk.fact(key, label, prediction.value(), Fact.Unit.NUMBER, 1, 0, "forecast"));
            return facts;
        }
        List<String> classes = outcome(card).map(List::of).orElse(card.classes());
        for (String name : classes) {
            facts.add(
                    desk.fact(
                            key + " " + name,
                            Message.of(
                                    "chat.fact.probability",
                                    "target",
                                    card.target(),
                                    "level",
                                    name),
                            prediction.probabilities().get(name),
                            Fact.Unit.SHARE,
                            1,
                            0,
                            "forecast"));
        }
        return facts;
    }

    /** What is known and what is forecast of every segment: mean probability, or mean value. */
    public ToolResult bySegment(String named) {
        long start = System.nanoTime();
        TargetColumn target = target(named);
        Forecast forecast = forecast(target);
        ModelCard card = forecast.card();
        if (!card.classes().isEmpty() && outcome(card).isEmpty()) {
            throw new ToolRefusal("many_classes");
        }
        var analysis = desk.analysis();
        List<Prediction> all = forecast.predict(analysis.customers(), analysis.embeddings(), 0);
        double[] forecasts = new double[all.size()];
        double[] seen = new double[all.size()];
        for (int i = 0; i < forecasts.length; i++) {
            Prediction p = all.get(i);
            forecasts[i] = outcome(card).map(o -> p.probabilities().get(o)).orElse(p.value());
            seen[i] = seen(target, outcome(card), i);
        }
        var found = new Found();
        var rows = new ArrayList<List<Table.Cell>>();
        for (int s = 0; s <= desk.segments().size(); s++) {
            Optional<Fact> known = found.add(mean(target, card, "seen", seen, s));
            Optional<Fact> ahead = found.add(mean(target, card, "forecast", forecasts, s));
            String name = s == 0 ? desk.say("everyone") : desk.name(s);
            rows.add(List.of(Table.Cell.of(name), desk.cell(known), desk.cell(ahead)));
        }
        found.add(quality(card));
        found.table(
                desk.say("table.forecast", "target", target.name()),
                List.of(
                        desk.say("column.segment"),
                        desk.say("column.seen"),
                        desk.say("column.forecast")),
                rows);
        found.view("segments");
        return desk.result(
                "predict",
                Map.of("target", target.name()),
                desk.say("tool.predict", "target", target.name()),
                found,
                desk.customers(),
                start);
    }

    private static double seen(TargetColumn target, Optional<String> outcome, int row) {
        if (outcome.isEmpty()) return target.values()[row];
        int code = target.codes()[row];
        if (code < 0) return Double.NaN;
        return target.classes().get(code).equals(outcome.get()) ? 1 : 0;
    }

    /**
     * @param what {@code seen} or {@code forecast}
     */
    private Optional<Fact> mean(
            TargetColumn target, ModelCard card, String what, double[] values, int segment) {
        var spread = Desk.Spread.of(values, desk.member(segment));
        if (spread.n() == 0 || desk.small(spread.n())) return Optional.empty();
        boolean classes = outcome(card).isPresent();
        return Optional.of(
                desk.fact(
                        what + " " + target.name() + " " + segment,
                        Message.of(
                                "chat.fact."
                                        + (classes ? "probability" : "forecast")
                                        + (what.equals("seen") ? "_seen" : ""),
                                "target",
                                target.name(),
                                "level",
                                outcome(card).orElse("")),
                        spread.mean(),
                        classes ? Fact.Unit.SHARE : Fact.Unit.NUMBER,
                        spread.n(),
                        segment,
                        what.equals("seen") ? classes ? "share" : "mean" : "forecast"));
    }
}
