package dev.coterie.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.coterie.eval.FamilySummary;
import dev.coterie.eval.OutlierScores;
import dev.coterie.eval.PlantedOutcome;
import dev.coterie.eval.Scores;
import dev.coterie.features.Block;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Balance;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What {@code coterie eval planted} prints and writes. */
final class PlantedReport {
    private static final String NONE = "–";

    private final Language language;
    private final TextTable table = new TextTable();

    PlantedReport(Language language) {
        this.language = language;
        for (String name :
                List.of(
                        "family",
                        "customers",
                        "groups",
                        "k",
                        "ari",
                        "nmi",
                        "accuracy",
                        "precision",
                        "recall",
                        "balance",
                        "clear",
                        "seconds")) {
            int least = name.equals("family") ? 12 : name.equals("balance") ? 11 : 5;
            table.column(say("eval.column_" + name), least);
        }
    }

    private String say(String key, Object... pairs) {
        return Message.of(key, pairs).in(language);
    }

    String header() {
        return table.header();
    }

    String row(FamilySummary summary) {
        boolean noise = summary.outliers().planted() > 0;
        return table.row(
                List.of(
                        summary.family().name(),
                        String.valueOf(summary.customers()),
                        summary.family().hasGroups()
                                ? String.valueOf(summary.family().groups())
                                : "0",
                        number("%.1f", summary.k()),
                        score(summary.scores(), Scores::adjustedRand),
                        score(summary.scores(), Scores::mutualInformation),
                        score(summary.scores(), Scores::accuracy),
                        noise ? number("%.2f", summary.outliers().precision()) : NONE,
                        noise ? number("%.2f", summary.outliers().recall()) : NONE,
                        shares(summary.balance()),
                        verdict(summary),
                        number("%.1f", summary.seconds())));
    }

    private static String score(Optional<Scores> scores, ToDoubleFunction<Scores> score) {
        return scores.map(s -> number("%.3f", score.applyAsDouble(s))).orElse(NONE);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** Percent of each block in the order text, behaviour, profile. */
    private static String shares(Map<Block, Double> balance) {
        return Arrays.stream(Block.values())
                .map(b -> balance.getOrDefault(b, 0.0))
                .map(share -> number("%.0f", 100 * share))
                .collect(Collectors.joining("/"));
    }

    private String verdict(FamilySummary summary) {
        if (summary.asked() == 0) return NONE;
        if (summary.clear() == summary.asked()) return say("eval.yes");
        if (summary.clear() == 0) return say("eval.no");
        return summary.clear() + "/" + summary.asked();
    }

    /** The last lines: means over all data sets that have groups, and the verdicts counted. */
    List<String> means(List<PlantedOutcome> outcomes) {
        var lines = new ArrayList<String>();
        var scores = outcomes.stream().flatMap(o -> o.scores().stream()).toList();
        if (!scores.isEmpty()) {
            var mean = Scores.mean(scores);
            var noisy =
                    outcomes.stream()
                            .map(PlantedOutcome::outliers)
                            .filter(o -> o.planted() > 0)
                            .toList();
            lines.add(
                    table.row(
                            List.of(
                                    say("eval.mean"),
                                    "",
                                    "",
                                    "",
                                    number("%.3f", mean.adjustedRand()),
                                    number("%.3f", mean.mutualInformation()),
                                    number("%.3f", mean.accuracy()),
                                    mean(noisy, OutlierScores::precision),
                                    mean(noisy, OutlierScores::recall),
                                    "",
                                    "",
                                    number("%.1f", seconds(outcomes)))));
        }
        var asked = outcomes.stream().filter(o -> o.clear().isPresent()).toList();
        long right =
                asked.stream()
                        .filter(o -> o.clear().orElseThrow() == o.family().hasGroups())
                        .count();
        if (!asked.isEmpty()) {
            lines.add(say("eval.verdicts", "right", right, "asked", asked.size()));
        }
        return lines;
    }

    private static String mean(List<OutlierScores> scores, ToDoubleFunction<OutlierScores> score) {
        return scores.isEmpty()
                ? NONE
                : number("%.2f", scores.stream().mapToDouble(score).average().orElseThrow());
    }

    private static double seconds(List<PlantedOutcome> outcomes) {
        return outcomes.stream().mapToDouble(PlantedOutcome::seconds).average().orElseThrow();
    }

    /** Every outcome, unrounded. */
    static void json(List<PlantedOutcome> outcomes, String k, Balance balance, OutputStream out)
            throws IOException {
        var content = new LinkedHashMap<String, Object>();
        content.put("k", k);
        content.put("balance", balance.factors().isEmpty() ? "auto" : words(balance.factors()));
        content.put("runs", outcomes.stream().map(PlantedReport::run).toList());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(out, content);
    }

    private static Map<String, Object> run(PlantedOutcome outcome) {
        var run = new LinkedHashMap<String, Object>();
        run.put("family", outcome.family().name());
        run.put("seed", outcome.seed());
        run.put("customers", outcome.customers());
        run.put("groups", outcome.family().hasGroups() ? outcome.family().groups() : 0);
        run.put("k", outcome.k());
        outcome.scores()
                .ifPresent(
                        scores -> {
                            run.put("ari", scores.adjustedRand());
                            run.put("nmi", scores.mutualInformation());
                            run.put("acc", scores.accuracy());
                        });
        run.put("noise", outcome.outliers().planted());
        run.put("outliers", outcome.outliers().flagged());
        if (outcome.outliers().planted() > 0) {
            run.put("outlier_precision", outcome.outliers().precision());
            run.put("outlier_recall", outcome.outliers().recall());
        }
        run.put("shares", words(outcome.balance()));
        outcome.clear().ifPresent(clear -> run.put("clear_groups", clear));
        run.put("seconds", outcome.seconds());
        return run;
    }

    private static Map<String, Double> words(Map<Block, Double> blocks) {
        var words = new LinkedHashMap<String, Double>();
        for (Block block : Block.values()) {
            if (blocks.containsKey(block)) words.put(block.word(), blocks.get(block));
        }
        return words;
    }
}
