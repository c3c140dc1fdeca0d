package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.segment.Segmentation;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What segments and branches were called before, by their very members: the same customers keep
 * their name when a cut makes a segment of a branch, or a branch of a segment.
 */
public final class GroupNames {
    /** Of customers whom nobody has named. */
    public static final GroupNames NONE = new GroupNames(Optional.empty());

    private final Optional<Description> description;
    private final Map<BitSet, Branch> branches = new HashMap<>();
    private final Map<BitSet, Map<Language, String>> names = new HashMap<>();

    private GroupNames(Optional<Description> description) {
        this.description = description;
    }

    /**
     * @param described the segments of the segmentation in words
     */
    public static GroupNames of(Description described, Segmentation segmentation) {
        var known = new GroupNames(Optional.of(described));
        for (SegmentProfile s : described.segments()) {
            var names = new EnumMap<Language, String>(Language.class);
            s.wordings().forEach((language, w) -> names.put(language, w.name()));
            known.names.put(members(segmentation, List.of(s.number() - 1)), names);
        }
        for (Branch b : described.branches()) {
            BitSet members =
                    members(segmentation, b.segments().stream().map(number -> number - 1).toList());
            var names = new EnumMap<Language, String>(Language.class);
            b.called().forEach((language, c) -> names.put(language, c.name()));
            known.names.put(members, names);
            known.branches.put(members, b);
        }
        return known;
    }

    private static BitSet members(Segmentation segmentation, List<Integer> segments) {
        Group group = Group.of(segments);
        var members = new BitSet(segmentation.labels().length);
        for (int i = 0; i < segmentation.labels().length; i++) {
            if (group.holds(segmentation.labels()[i])) members.set(i);
        }
        return members;
    }

    /** What the customers of these segments 0..k-1 were called, as a segment or as a branch. */
    Optional<String> name(Segmentation now, List<Integer> segments, Language language) {
        if (names.isEmpty()) return Optional.empty();
        return Optional.ofNullable(names.get(members(now, segments))).map(n -> n.get(language));
    }

    /** The branch that they were, if they were one. */
    Optional<Branch> branch(Segmentation now, List<Integer> segments) {
        if (branches.isEmpty()) return Optional.empty();
        return Optional.ofNullable(branches.get(members(now, segments)));
    }

    /** Names of the segments that were branches before, by segment 0..k-1. */
    Map<Integer, String> asBranches(Segmentation now, Language language) {
        var kept = new HashMap<Integer, String>();
        for (int s = 0; s < now.k(); s++) {
            int segment = s;
            branch(now, List.of(s)).ifPresent(b -> kept.put(segment, b.called(language).name()));
        }
        return kept;
    }

    /** The facts as they stood, by id. */
    Map<String, Fact> facts() {
        return description.map(Description::facts).orElse(Map.of());
    }
}
