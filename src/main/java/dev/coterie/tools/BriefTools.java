package dev.coterie.tools;

import dev.coterie.brief.Brief;
import dev.coterie.brief.Goal;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.References;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools about briefs: the newest one of a segment, and one that a person may have made. */
public final class BriefTools {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 12;
    static final List<String> GOALS = Goal.words();

    /** What a marketer reads first; the rest stands on the brief's page. */
    private static final List<Brief.Key> SHOWN =
            List.of(
                    Brief.Key.HEADLINE,
                    Brief.Key.SIZE_VALUE,
                    Brief.Key.WHO,
                    Brief.Key.PAINS,
                    Brief.Key.OFFER,
                    Brief.Key.MESSAGES,
                    Brief.Key.KPIS,
                    Brief.Key.TEST_PLAN);

    private static final int ITEMS = 2;

    private final Desk desk;

    public BriefTools(Desk desk) {
        this.desk = desk;
    }

    /** The newest brief of a segment: its first statements, with figures as facts. */
    public ToolResult get(int segment) {
        long start = System.nanoTime();
        String name = desk.name(segment);
        Workbench.Written written =
                desk.bench().brief(segment).orElseThrow(() -> new ToolRefusal("no_brief"));
        Brief brief = written.brief();
        var found = new Found();
        found.add(desk.size(segment));
        Map<String, String> ids = new LinkedHashMap<>();
        var rows = new ArrayList<List<Table.Cell>>();
        for (Brief.Key key : SHOWN) {
            Brief.Section section = brief.section(key);
            for (Brief.Item item :
                    section.items().subList(0, Math.min(ITEMS, section.items().size()))) {
                for (String id : References.ids(item.text())) {
                    Fact fact = brief.facts().get(id);
                    if (fact != null) ids.put(id, taken(written.id(), fact, found));
                }
                String text =
                        References.render(
                                item.text(), brief.facts(), brief.language(), desk.smallCount());
                rows.add(
                        List.of(
                                Table.Cell.of(word("brief.section." + key.word())),
                                Table.Cell.of(text),
                                Table.Cell.of(word("brief.source." + item.source().word()))));
            }
        }
        found.table(
                desk.say("table.brief", "name", name),
                List.of(
                        desk.say("column.section"),
                        desk.say("column.statement"),
                        desk.say("column.source")),
                rows);
        found.view("briefs/" + written.id());
        return desk.result(
                "get_brief",
                Map.of("segment", "seg_" + segment),
                desk.say("tool.get_brief", "name", name),
                found,
                desk.segment(segment).size(),
                start);
    }

    private String word(String key) {
        return Message.of(key).in(desk.language());
    }

    /** A brief numbers its facts by itself, so they take new ids here. */
    private String taken(String brief, Fact fact, Found found) {
        return found.add(
                        desk.book()
                                .add(
                                        "brief " + brief + " " + fact.id(),
                                        fact.label(),
                                        fact.value(),
                                        fact.unit(),
                                        fact.n(),
                                        fact.segment(),
                                        fact.filter(),
                                        fact.formula()))
                .id();
    }

    /**
     * Proposes a brief; a person has it made.
     *
     * @param goal one of {@link #GOALS}, or empty for what the facts suggest
     * @param channel in the asker's words; may be empty
     */
    public ToolResult make(int segment, String goal, String channel) {
        long start = System.nanoTime();
        String name = desk.name(segment);
        var args = new LinkedHashMap<String, Object>();
        args.put("segment", "seg_" + segment);
        if (!goal.isEmpty()) args.put("goal", goal);
        if (!channel.isBlank()) args.put("channel", channel.strip());
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        var found = new Found();
        found.add(desk.size(segment));
        found.add(desk.share(segment));
        var proposed = new LinkedHashMap<>(args);
        proposed.put("segment", desk.bench().segmentId(segment));
        found.propose(
                new Proposal(
                        HexFormat.of().formatHex(token),
                        "make_brief",
                        desk.say("tool.make_brief", "name", name),
                        proposed));
        return desk.result(
                "make_brief",
                args,
                desk.say("tool.make_brief", "name", name),
                found,
                desk.segment(segment).size(),
                start);
    }
}
