package dev.coterie.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.coterie.describe.Disclosure;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.Spotlight;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Quotation;
import dev.coterie.tools.Table;
import dev.coterie.tools.ToolResult;
import dev.coterie.words.PersonalData;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the model gets to see of a tool's result: facts by id, rows, and customers' words between
 * marks that change with every answer. At most 8 kB.
 */
final class ToolFrames {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 8192;

    private final Desk desk;
    private final String mark;
    private final Disclosure disclosure;

    /**
     * @param mark a word that customers cannot guess
     */
    ToolFrames(Desk desk, String mark) {
        this.desk = desk;
        this.mark = mark;
        this.disclosure = Disclosure.of(desk.analysis().segmentation());
    }

    String open() {
        return new Spotlight(desk.language(), mark).open();
    }

    String close() {
        return new Spotlight(desk.language(), mark).close();
    }

    String frame(ToolResult result) {
        int rows = result.table().map(t -> t.rows().size()).orElse(0);
        int quotes = result.quotes().size();
        int facts = result.facts().size();
        while (true) {
            String json = json(result, facts, rows, quotes);
            if (json.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) return json;
            if (rows > 4) rows /= 2;
            else if (quotes > 2) quotes--;
            else if (facts > 4) facts /= 2;
            else if (rows + quotes > 0) {
                rows = 0;
                quotes = 0;
            } else return error("too_large", "ask for less");
        }
    }

    private String json(ToolResult result, int facts, int rows, int quotes) {
        ObjectNode out = JSON.createObjectNode();
        out.put("tool", result.tool());
        ArrayNode list = out.putArray("facts");
        result.facts().stream().limit(facts).forEach(f -> list.add(fact(f)));
        result.table()
                .ifPresent(
                        t -> {
                            ArrayNode head = out.putArray("columns");
                            t.columns().forEach(c -> head.add(plain(c)));
                            ArrayNode body = out.putArray("rows");
                            t.rows().stream().limit(rows).forEach(r -> body.add(row(r)));
                        });
        ArrayNode said = out.putArray("quotes");
        for (Quotation q : result.quotes().subList(0, quotes)) {
            said.addObject()
                    .put("segment", "seg_" + q.segment())
                    .put("text", new Spotlight(desk.language(), mark).framed(q.text()));
        }
        int allRows = result.table().map(t -> t.rows().size()).orElse(0);
        int missing =
                allRows - rows + result.quotes().size() - quotes + result.facts().size() - facts;
        if (missing > 0) out.put("left_out", missing);
        return out.toString();
    }

    private ObjectNode fact(Fact f) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", f.id());
        node.put("what", plain(f.label().in(desk.language())));
        node.put("whose", f.segment() == 0 ? "all" : "seg_" + f.segment());
        node.put("value", figure(f));
        return node;
    }

    /**
     * A figure as a prompt may hold it: nothing about fewer people than {@link Disclosure} says.
     */
    String figure(Fact f) {
        int fewest = Math.max(Disclosure.FEWEST, desk.smallCount());
        if (disclosure.withholds(f) && !disclosure.few(f.segment())) {
            return Message.of("describe.figure.withheld").in(desk.language());
        }
        return Figures.shared(f, desk.language(), fewest);
    }

    private ArrayNode row(List<Table.Cell> cells) {
        ArrayNode row = JSON.createArrayNode();
        for (Table.Cell cell : cells) {
            row.add(cell.fact().map(id -> "{{" + id + "}}").orElse(plain(cell.text())));
        }
        return row;
    }

    /** Data as one line that can neither close its frame nor look like a turn of the chat. */
    String plain(String text) {
        return Spotlight.plain(PersonalData.mask(text))
                .replace(mark, " ")
                .replaceAll("[{}\\[\\]<>|]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    static String error(String code, String detail) {
        return JSON.createObjectNode().put("error", code).put("detail", detail).toString();
    }
}
