package dev.coterie.brief;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Fact;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The run's facts plus those computed for one brief, whose ids go on after the run's. */
final class BriefFacts {
    private final Map<String, Fact> facts;
    private final SegmentProfile segment;
    private int next;

    BriefFacts(Analysis analysis, SegmentProfile segment) {
        this.facts = new LinkedHashMap<>(analysis.description().facts());
        this.segment = segment;
        this.next =
                facts.keySet().stream()
                                .mapToInt(id -> Integer.parseInt(id.substring(1)))
                                .max()
                                .orElse(0)
                        + 1;
    }

    /** Adds a figure and returns its reference {@code {{f12}}}. */
    String add(String label, double value, Fact.Unit unit, long n) {
        String id = "f" + next++;
        facts.put(
                id,
                new Fact(
                        id,
                        Message.of("brief.fact." + label),
                        value,
                        unit,
                        n,
                        segment.number(),
                        Message.of("describe.filter.segment", "segment", segment.number()),
                        Message.of("brief.formula." + label)));
        return "{{" + id + "}}";
    }

    /** The reference of a fact of the segment by the last part of its label's key. */
    Optional<String> named(String label) {
        return segment.facts().stream()
                .filter(id -> facts.get(id).label().key().equals("describe.fact." + label))
                .findFirst()
                .map(id -> "{{" + id + "}}");
    }

    String size() {
        return named("size").orElseThrow();
    }

    static String here(Difference d) {
        return "{{" + d.segmentFact() + "}}";
    }

    static String other(Difference d) {
        return "{{" + d.otherFact() + "}}";
    }

    Map<String, Fact> all() {
        return facts;
    }
}
