package dev.coterie.proof;

import dev.coterie.language.Message;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers the facts of one run and gives them their ids. Not thread-safe. */
public final class Ledger {
    private final Map<String, Fact> facts = new LinkedHashMap<>();

    /** Adds a fact and returns its id. */
    public String add(
            Message label,
            double value,
            Fact.Unit unit,
            long n,
            int segment,
            Message filter,
            Message formula) {
        String id = "f" + (facts.size() + 1);
        facts.put(id, new Fact(id, label, value, unit, n, segment, filter, formula));
        return id;
    }

    public static Message ofSegment(int segment) {
        return Message.of("describe.filter.segment", "segment", segment);
    }

    public static Message notOfSegment(int segment) {
        return Message.of("describe.filter.others", "segment", segment);
    }

    public static Message everyone() {
        return Message.of("describe.filter.everyone");
    }

    public Map<String, Fact> facts() {
        return facts;
    }
}
