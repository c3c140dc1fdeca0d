package dev.coterie.tools;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Message;
import dev.coterie.predict.FeatureName;
import dev.coterie.predict.ModelCard;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.proof.Fact;
import dev.coterie.words.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The tool that tells what pushes an outcome. */
public final class DriverTools {
    private static final int DRIVERS = 6;

    private final Desk desk;
    private final ForecastTools forecasts;

    public DriverTools(Desk desk) {
        this.desk = desk;
        this.forecasts = new ForecastTools(desk);
    }

    public ToolResult drivers(String named) {
        long start = System.nanoTime();
        TargetColumn target = forecasts.target(named);
        ModelCard card = forecasts.forecast(target).card();
        var found = new Found();
        found.add(forecasts.quality(card));
        Optional<String> outcome = ForecastTools.outcome(card);
        var rows = new ArrayList<List<Table.Cell>>();
        card.importances().stream()
                .filter(i -> i.fall() > 0)
                .limit(DRIVERS)
                .forEach(i -> rows.add(driver(card, i, target, outcome, found)));
        var columns = new ArrayList<>(List.of(desk.say("column.attribute"), fallName(card)));
        outcome.ifPresent(
                o -> {
                    columns.add(desk.say("column.with", "target", card.target(), "level", o));
                    columns.add(desk.say("column.without", "target", card.target(), "level", o));
                });
        found.table(desk.say("table.drivers", "target", card.target()), columns, rows);
        return desk.result(
                "get_drivers",
                Map.of("target", target.name()),
                desk.say("tool.get_drivers", "target", card.target()),
                found,
                card.rows(),
                start);
    }

    private String fallName(ModelCard card) {
        return desk.say(card.classFigures().isPresent() ? "column.fall_auc" : "column.fall_r2");
    }

    private List<Table.Cell> driver(
            ModelCard card,
            ModelCard.Importance importance,
            TargetColumn target,
            Optional<String> outcome,
            Found found) {
        FeatureName feature = importance.feature();
        Fact fall =
                desk.fact(
                        "driver " + card.target() + " " + feature.key(),
                        Message.of(
                                "chat.fact.driver",
                                "feature",
                                feature.label(),
                                "target",
                                card.target()),
                        importance.fall(),
                        Fact.Unit.NUMBER,
                        card.heldOutRows(),
                        0,
                        "importance");
        var row =
                new ArrayList<>(List.of(Table.Cell.of(label(feature)), desk.cell(found.add(fall))));
        if (outcome.isPresent()) {
            Optional<Attribute> attribute = attribute(feature);
            for (boolean with : new boolean[] {true, false}) {
                row.add(
                        desk.cell(
                                found.add(
                                        attribute.flatMap(
                                                a -> meanWhere(a, target, outcome.get(), with)))));
            }
        }
        return row;
    }

    /** The mean of an attribute among those with the outcome, or among those without. */
    private Optional<Fact> meanWhere(
            Attribute attribute, TargetColumn target, String outcome, boolean with) {
        int code = target.classes().indexOf(outcome);
        IntPredicate rows = i -> target.codes()[i] >= 0 && (target.codes()[i] == code) == with;
        var spread = Desk.Spread.of(attribute.values(), rows);
        if (spread.n() == 0 || desk.small(spread.n())) return Optional.empty();
        boolean share = Fields.share(attribute);
        return Optional.of(
                desk.book()
                        .add(
                                "by " + target.name() + " " + with + " " + attribute.key(),
                                attribute.label(),
                                spread.mean(),
                                share ? Fact.Unit.SHARE : attribute.unit(),
                                spread.n(),
                                0,
                                Message.of(
                                        with ? "chat.filter.target" : "chat.filter.target_not",
                                        "target",
                                        target.name(),
                                        "level",
                                        outcome),
                                Message.of("describe.formula." + (share ? "share" : "mean"))));
    }

    /** What the chat knows under the same name, where it is a single figure of each customer. */
    private Optional<Attribute> attribute(FeatureName feature) {
        Optional<Sense> sense =
                switch (feature.kind()) {
                    case EVENT_COUNT -> Optional.of(Sense.FREQUENCY);
                    case EVENT_DAYS_SINCE_LAST -> Optional.of(Sense.RECENCY);
                    case EVENT_VALUE_SUM -> Optional.of(Sense.TOTAL);
                    case EVENT_VALUE_MEAN -> Optional.of(Sense.BASKET);
                    case EVENT_RETURN_SHARE -> Optional.of(Sense.RETURNS);
                    default -> Optional.empty();
                };
        if (sense.isPresent()) {
            return desk.fields().all().stream().filter(a -> a.sense() == sense.get()).findFirst();
        }
        boolean column = feature.kind() == FeatureName.Kind.NUMBER;
        return column ? desk.fields().get(feature.column()) : Optional.empty();
    }

    /** The name of a feature as the rest of the chat has it. */
    public String label(FeatureName feature) {
        return attribute(feature)
                .map(a -> Fields.label(a, desk.language()))
                .or(
                        () ->
                                feature.kind() == FeatureName.Kind.CATEGORY
                                        ? desk.fields().all().stream()
                                                .filter(a -> a.column().equals(feature.column()))
                                                .findFirst()
                                                .map(a -> Fields.column(a, desk.language()))
                                        : Optional.empty())
                .orElseGet(() -> feature.label().in(desk.language()));
    }
}
