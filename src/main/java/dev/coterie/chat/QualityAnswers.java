package dev.coterie.chat;

import dev.coterie.describe.SegmentProfile;
import dev.coterie.segment.Certificate;
import dev.coterie.tools.Desk;
import dev.coterie.tools.SegmentTools;
import dev.coterie.tools.ToolResult;
import java.util.Comparator;
import java.util.Map;

/** Answers about how firm the segments are. */
final class QualityAnswers {
    private static final double FIRM = 0.75;

    private final Desk desk;
    private final Understood asked;
    private final Narration told;

    QualityAnswers(Desk desk, Understood asked, Narration told) {
        this.desk = desk;
        this.asked = asked;
        this.told = told;
    }

    private ToolResult quality() {
        return told.use(
                "get_run_quality",
                desk.say("tool.get_run_quality"),
                Map.of(),
                () -> new SegmentTools(desk).quality());
    }

    void outliers() {
        quality();
        for (int number : asked.segments()) {
            told.say(
                    "outliers_in",
                    "name",
                    desk.name(number),
                    "count",
                    Narration.ref(desk.outliers(number)));
        }
        if (!asked.segments().isEmpty()) return;
        var tools = new SegmentTools(desk);
        told.say(
                "outliers",
                "count",
                Narration.ref(tools.allOutliers()),
                "share",
                Narration.ref(tools.outlierShare()));
        desk.segments().stream()
                .filter(s -> s.outliers() > 0)
                .max(Comparator.comparingLong(SegmentProfile::outliers))
                .ifPresent(
                        s ->
                                told.say(
                                        "outliers_most",
                                        "name",
                                        desk.name(s.number()),
                                        "count",
                                        Narration.ref(desk.outliers(s.number()))));
    }

    void stability() {
        quality();
        var ordered = new SegmentTools(desk).ordered(SegmentTools.Order.STABILITY);
        int best = ordered.get(0).number();
        for (int number : asked.segments()) firmness(number);
        if (!asked.segments().isEmpty()) return;
        int worst = ordered.get(ordered.size() - 1).number();
        firmness(best);
        if (worst != best) firmness(worst);
    }

    private void firmness(int number) {
        told.say(
                firm(number),
                "name",
                desk.name(number),
                "stability",
                Narration.ref(desk.stability(number)));
    }

    private String firm(int number) {
        double stability = desk.segment(number).stability();
        return stability >= FIRM
                ? "stable"
                : stability >= Certificate.USABLE ? "stable_middling" : "unstable";
    }
}
