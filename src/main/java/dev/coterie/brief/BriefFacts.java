package dev.coterie.brief;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
        return add(Message.of("brief.fact." + label), label, value, unit, n);
    }

    /**
     * @param label in words, where they depend on the data
     * @param formula last part of the key of how it was computed
     */
    String add(Message label, String formula, double value, Fact.Unit unit, long n) {
        return add(label, formula, value, unit, n, "describe.filter.segment");
    }

    /** The same for a figure of everyone outside the segment. */
    String addOfOthers(Message label, String formula, double value, Fact.Unit unit, long n) {
        return add(label, formula, value, unit, n, "describe.filter.others");
    }

    private String add(
            Message label, String formula, double value, Fact.Unit unit, long n, String whose) {
        String id = "f" + next++;
        facts.put(
                id,
                new Fact(
                        id,
                        label,
                        value,
                        unit,
                        n,
                        segment.number(),
                        Message.of(whose, "segment", segment.number()),
                        Message.of("brief.formula." + formula)));
        return "{{" + id + "}}";
    }

    /** True if of one of the two shares only a bound may be told. */
    boolean bounded(Difference d) {
        return Stream.of(d.segmentFact(), d.otherFact())
                .map(facts::get)
                .anyMatch(f -> Figures.bounded(f.value(), f.n(), Disclosure.FEWEST));
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

    /** The number of segments. */
    String segments() {
        return facts.values().stream()
                .filter(f -> f.label().key().equals("describe.fact.segments"))
                .findFirst()
                .map(f -> "{{" + f.id() + "}}")
                .orElseThrow();
    }

    /** {@code largest} or {@code smallest} of at least three segments, if it alone is. */
    Optional<String> rankOfSize() {
        long[] others =
                facts.values().stream()
                        .filter(f -> f.label().key().equals("describe.fact.size"))
                        .filter(f -> f.segment() > 0 && f.segment() != segment.number())
                        .mapToLong(f -> Math.round(f.value()))
                        .toArray();
        if (others.length < 2) return Optional.empty();
        if (Arrays.stream(others).allMatch(o -> o < segment.size())) return Optional.of("largest");
        boolean smallest = Arrays.stream(others).allMatch(o -> o > segment.size());
        return smallest ? Optional.of("smallest") : Optional.empty();
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
