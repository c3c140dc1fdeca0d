package dev.coterie.brief;

import dev.coterie.describe.Description;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the figures of a brief with those of its segment as it stands now. */
public final class BriefChanges {
    private BriefChanges() {}

    /**
     * A figure that is not what the brief says.
     *
     * @param fact of the brief
     * @param now the same figure of the segment as it stands; empty if it has none any more
     */
    public record Change(Fact fact, Optional<Fact> now) {}

    /**
     * The figures that changed, in the order of the brief. Only those that the analysis itself
     * computes are compared: what a brief adds of its own follows from them.
     *
     * @param segment number of the segment as it stands now
     */
    public static List<Change> of(Brief brief, Description now, int segment) {
        Map<String, Fact> current = new HashMap<>();
        now.segment(segment).map(SegmentProfile::facts).orElse(List.of()).stream()
                .map(now.facts()::get)
                .forEach(f -> current.putIfAbsent(meaning(f), f));
        now.facts().values().stream()
                .filter(f -> f.segment() == 0)
                .forEach(f -> current.putIfAbsent(meaning(f), f));
        Set<String> words = new HashSet<>();
        var changes = new ArrayList<Change>();
        for (Fact fact : brief.facts().values()) {
            if (!fact.label().key().startsWith("describe.")) continue;
            Optional<Fact> found = Optional.ofNullable(current.get(meaning(fact)));
            boolean same = found.filter(f -> shown(f).equals(shown(fact))).isPresent();
            if (!same && words.add(meaning(fact))) changes.add(new Change(fact, found));
        }
        return changes;
    }

    private static String shown(Fact fact) {
        return Figures.show(fact, Language.ENGLISH, Figures.SMALL_COUNT);
    }

    /** What a fact is about, whatever its id, its value and its segment's number. */
    static String meaning(Fact fact) {
        return fact.label().in(Language.ENGLISH)
                + "|"
                + fact.filter().key()
                + "|"
                + fact.formula().key()
                + "|"
                + fact.unit();
    }
}
