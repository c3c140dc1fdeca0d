package dev.coterie.tools;

import dev.coterie.features.Block;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.segment.OtherBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The tool that says what another balance of the blocks would change. */
public final class BalanceTools {
    private static final long SEED = 1;

    private final Desk desk;

    public BalanceTools(Desk desk) {
        this.desk = desk;
    }

    /** The blocks that can count more or less; none where the groups rest on one alone. */
    public Set<Block> blocks() {
        return OtherBalance.blocks(desk.analysis().segmentation());
    }

    /** How customers would be grouped if a block counted more or less. Nothing is changed. */
    public ToolResult balance(Block block, ScenarioTools.Change change) {
        long start = System.nanoTime();
        if (!blocks().contains(block)) {
            if (blocks().isEmpty()) throw new ToolRefusal("one_block");
            var words = blocks().stream().map(Block::word).sorted().toList();
            throw new ToolRefusal("one_of", "name", "block", "choices", String.join(", ", words));
        }
        var analysis = desk.analysis();
        var other =
                OtherBalance.of(
                        analysis.features(), analysis.segmentation(), block, change.factor(), SEED);
        String key = "balance " + block.word() + " " + change.word();
        var found = new Found();
        found.add(agreement("balance", "balance_as_is", other.asItIs(), other));
        found.add(agreement(key, "balance_as_asked", other.asAsked(), other));
        int k = analysis.segmentation().k();
        int[][] shared = new int[k][k];
        for (int i = 0; i < other.rows().length; i++) {
            shared[other.groups()[i]][analysis.segmentation().labels()[other.rows()[i]]]++;
        }
        var rows = new ArrayList<List<Table.Cell>>();
        for (int group = 0; group < k; group++) {
            long size = IntStream.of(shared[group]).sum();
            if (size == 0) continue;
            Fact share =
                    desk.fact(
                            key + " " + group,
                            Message.of("chat.fact.group_share", "part", group + 1),
                            (double) size / other.rows().length,
                            Fact.Unit.SHARE,
                            size,
                            0,
                            "of_sample");
            rows.add(
                    List.of(
                            Table.Cell.of(String.valueOf(group + 1)),
                            desk.cell(found.add(share)),
                            Table.Cell.of(desk.mostlyFrom(shared[group]))));
        }
        found.table(
                desk.say("table.balance"),
                List.of(
                        desk.say("column.number"),
                        desk.say("column.share"),
                        desk.say("column.made_of")),
                rows);
        found.view("segments");
        return desk.result(
                "what_if",
                Map.of("block", block.word(), "change", change.word()),
                desk.say("tool.what_if_balance"),
                found,
                other.rows().length,
                start);
    }

    private Fact agreement(String key, String label, double value, OtherBalance other) {
        return desk.fact(
                key + " agreement",
                Message.of("chat.fact." + label),
                value,
                Fact.Unit.NUMBER,
                other.rows().length,
                0,
                "rand_segments");
    }
}
