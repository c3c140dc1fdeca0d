package dev.coterie.chat;

import dev.coterie.features.Block;
import dev.coterie.tools.Filter;
import dev.coterie.tools.ScenarioTools;
import java.util.List;
import java.util.Optional;

/**
 * A question that asks for more than the run's own figures: a forecast, a scenario or a brief.
 *
 * @param intent one of those that {@link Intent#beyond} names
 * @param target the target column; empty if none is meant or the run has none
 * @param segments how many segments there might be; 0 if that is not asked
 * @param block that might count more or less, if that is asked
 * @param text what a new customer writes; may be empty
 * @param profile what a new customer is
 * @param measure what a customer might do otherwise
 * @param change of that measure, or of what the block counts
 * @param goal of a brief; may be empty
 * @param channel of a brief; may be empty
 */
record Wish(
        Intent intent,
        String target,
        int segments,
        Optional<Block> block,
        String text,
        List<Filter> profile,
        ScenarioTools.Measure measure,
        ScenarioTools.Change change,
        String goal,
        String channel) {
    Wish {
        profile = List.copyOf(profile);
    }

    /** What to ask after it. */
    List<Intent> next() {
        return switch (intent) {
            case DRIVERS -> List.of(Intent.FORECAST, Intent.DIFFERENT);
            case FORECAST -> List.of(Intent.DRIVERS, Intent.DIFFERENT);
            case BRIEF -> List.of(Intent.MAKE_BRIEF, Intent.QUOTES);
            default -> List.of(Intent.DIFFERENT, Intent.QUOTES);
        };
    }

    static Wish of(Intent intent, String target) {
        return new Wish(
                intent,
                target,
                0,
                Optional.empty(),
                "",
                List.of(),
                ScenarioTools.Measure.ORDERS,
                ScenarioTools.Change.DOUBLE,
                "",
                "");
    }
}
