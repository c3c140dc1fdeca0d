package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.References;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A description after people changed some of its segments: those keep their words and facts whose
 * customers stayed the same, under the number they have now.
 *
 * @param before what was said
 * @param was for each segment the number 0..k-1 under which the very same customers stood before,
 *     or -1 where they are others
 */
record Redescription(Description before, int[] was) {
    /** The names that stay, by segment number 0..k-1. */
    Map<Integer, String> names(Language language) {
        var names = new HashMap<Integer, String>();
        for (int s = 0; s < was.length; s++) {
            if (was[s] >= 0) names.put(s, segment(was[s]).wording(language).name());
        }
        return names;
    }

    private SegmentProfile segment(int index) {
        return before.segment(index + 1).orElseThrow();
    }

    /**
     * @param fresh all segments described anew
     */
    Description with(Description fresh) {
        var facts = new LinkedHashMap<String, Fact>();
        int[] now = now();
        for (Fact fact : before.facts().values()) {
            // Branches are described once more when their segments have their names.
            if (fact.segment() == Fact.SEVERAL) continue;
            if (fact.segment() == 0) keepIfStillTrue(fact, fresh, facts);
            else if (now[fact.segment()] > 0) {
                facts.put(fact.id(), numbered(fact, now[fact.segment()]));
            }
        }
        int next = before.facts().keySet().stream().mapToInt(Redescription::number).max().orElse(0);
        Map<String, String> ids = new HashMap<>();
        for (Fact fact : fresh.facts().values()) {
            boolean needed =
                    fact.segment() == 0
                            ? facts.values().stream().noneMatch(f -> same(f, fact))
                            : was[fact.segment() - 1] < 0;
            if (!needed) continue;
            String id = "f" + ++next;
            ids.put(fact.id(), id);
            facts.put(id, named(fact, id));
        }
        var segments = new ArrayList<SegmentProfile>();
        for (int s = 0; s < was.length; s++) {
            segments.add(
                    was[s] >= 0
                            ? segment(was[s]).numbered(s + 1)
                            : cited(fresh.segment(s + 1).orElseThrow(), ids));
        }
        return new Description(segments, facts, fresh.textLanguage(), List.of());
    }

    /** For each number 1..k of before its number of now, 0 where it has none. */
    private int[] now() {
        int[] now = new int[before.segments().size() + 1];
        IntStream.range(0, was.length)
                .filter(s -> was[s] >= 0)
                .forEach(s -> now[was[s] + 1] = s + 1);
        return now;
    }

    private static void keepIfStillTrue(Fact fact, Description fresh, Map<String, Fact> facts) {
        if (fresh.facts().values().stream().anyMatch(f -> same(f, fact)))
            facts.put(fact.id(), fact);
    }

    private static boolean same(Fact a, Fact b) {
        return a.segment() == 0
                && b.segment() == 0
                && a.label().equals(b.label())
                && a.value() == b.value();
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }

    private static Fact named(Fact fact, String id) {
        return new Fact(
                id,
                fact.label(),
                fact.value(),
                fact.unit(),
                fact.n(),
                fact.segment(),
                fact.filter(),
                fact.formula());
    }

    private static Fact numbered(Fact fact, int segment) {
        var arguments = new LinkedHashMap<>(fact.filter().arguments());
        arguments.replace("segment", segment);
        var filter = new Message(fact.filter().key(), arguments);
        return new Fact(
                fact.id(),
                fact.label(),
                fact.value(),
                fact.unit(),
                fact.n(),
                segment,
                filter,
                fact.formula());
    }

    /** A profile whose facts have other ids. */
    private static SegmentProfile cited(SegmentProfile profile, Map<String, String> ids) {
        var wordings = new EnumMap<Language, Wording>(Language.class);
        profile.wordings().forEach((language, w) -> wordings.put(language, cited(w, ids)));
        return profile.citing(
                cited(profile.differences(), ids),
                cited(profile.outcomes(), ids),
                profile.facts().stream().map(f -> id(f, ids)).toList(),
                wordings);
    }

    private static List<Difference> cited(List<Difference> differences, Map<String, String> ids) {
        return differences.stream()
                .map(d -> d.citing(id(d.segmentFact(), ids), id(d.otherFact(), ids)))
                .toList();
    }

    private static Wording cited(Wording wording, Map<String, String> ids) {
        return new Wording(
                wording.name(),
                References.renamed(wording.who(), ids),
                wording.sentences().stream().map(s -> References.renamed(s, ids)).toList(),
                wording.writer(),
                wording.model(),
                wording.prompt(),
                wording.fallback());
    }

    private static String id(String id, Map<String, String> ids) {
        return Optional.ofNullable(ids.get(id)).orElse(id);
    }
}
