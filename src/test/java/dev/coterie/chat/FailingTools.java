package dev.coterie.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.llm.LanguageModel;
import dev.coterie.proof.Figures;
import dev.coterie.tools.Table;
import dev.coterie.tools.ToolResult;
import dev.coterie.tools.Toolbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Chat whose tools fail as a scenario says, and what a listener hears of an answer. */
public final class FailingTools {
    private FailingTools() {}

    /**
     * @param how {@code throw}, {@code sleep}, {@code return_fill}, or anything else for working
     *     tools
     * @param toolTime limit of one tool
     */
    public static ChatEngine engine(
            LanguageModel model, String how, String message, Duration toolTime) {
        return new ChatEngine(
                Optional.of(model),
                dev.coterie.llm.ModelWorld.ENCODERS,
                Figures.SMALL_COUNT,
                (m, turn) -> {
                    var tools = new Toolbox(turn.desk(), turn.ids());
                    ChatAgent.Runner runner =
                            (tool, args) ->
                                    switch (how) {
                                        case "throw" -> throw new IllegalStateException(message);
                                        case "sleep" -> sleep();
                                        case "return_fill" -> flood(tools.run(tool, args));
                                        default -> tools.run(tool, args);
                                    };
                    return new ChatAgent(m, turn, runner, new ToolThreads(toolTime, 2));
                });
    }

    /**
     * Chat whose runner asks nothing and runs whatever it is told to.
     *
     * @param ran gets the name of every tool that ran
     */
    public static ChatEngine recording(LanguageModel model, List<String> ran) {
        return new ChatEngine(
                Optional.of(model),
                dev.coterie.llm.ModelWorld.ENCODERS,
                Figures.SMALL_COUNT,
                (m, turn) -> {
                    var tools = new Toolbox(turn.desk(), turn.ids());
                    var threads = new ToolThreads(Duration.ofSeconds(10), 2);
                    return new ChatAgent(m, turn, willing(ran, tools::run), threads);
                });
    }

    /** True if such a runner, asked directly, runs a tool. */
    public static boolean runsAnything(String tool, JsonNode args) {
        var ran = new ArrayList<String>();
        willing(ran, (name, given) -> null).run(tool, args);
        return ran.contains(tool);
    }

    private static ChatAgent.Runner willing(List<String> ran, ChatAgent.Runner then) {
        return (tool, args) -> {
            ran.add(tool);
            return then.run(tool, args);
        };
    }

    private static ToolResult sleep() {
        try {
            TimeUnit.SECONDS.sleep(60);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("nobody waits so long");
    }

    private static ToolResult flood(ToolResult result) {
        String fill = "x".repeat(5000);
        var rows = Collections.nCopies(Table.MOST_ROWS, List.of(Table.Cell.of(fill)));
        return new ToolResult(
                result.tool(),
                result.label(),
                result.args(),
                result.facts(),
                Optional.of(new Table("fill", List.of("fill"), rows, 1000)),
                result.quotes(),
                result.view(),
                result.proposal(),
                result.rows(),
                result.millis());
    }
}
