package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.run.Changes;
import dev.coterie.run.SegmentEntry;
import dev.coterie.run.Workspace;
import dev.coterie.segment.Succession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What changed from one run to another as JSON. */
final class ComparisonView {
    private final Workspace workspace;
    private final Counts counts;

    ComparisonView(Workspace workspace, Counts counts) {
        this.workspace = workspace;
        this.counts = counts;
    }

    Map<String, Object> of(Changes changes, Optional<String> published, Language language) {
        return new Rendering(changes, names(changes), language).body(published);
    }

    /**
     * Names that people gave, by segment; also of a run that is deleted, as far as they live on.
     */
    private Map<String, String> names(Changes changes) {
        var names = new HashMap<String, String>();
        for (Changes.Side side : List.of(changes.from(), changes.to())) {
            for (SegmentEntry entry : workspace.segments().list(side.run())) {
                entry.name().ifPresent(name -> names.put(entry.id(), name));
            }
        }
        return names;
    }

    private final class Rendering {
        private final Changes changes;
        private final Succession found;
        private final Map<String, String> human;
        private final Language language;

        Rendering(Changes changes, Map<String, String> human, Language language) {
            this.changes = changes;
            this.found = changes.succession();
            this.human = human;
            this.language = language;
        }

        Map<String, Object> body(Optional<String> published) {
            return Body.of(
                    "run",
                    changes.to().run(),
                    "with",
                    changes.from().run(),
                    "from",
                    side(changes.from(), published),
                    "to",
                    side(changes.to(), published),
                    "paired_by",
                    changes.paired().name().toLowerCase(Locale.ROOT),
                    "customers",
                    Body.of(
                            "shared",
                            counts.of(found.shared()),
                            "stayed",
                            counts.of(found.stayed()),
                            "moved",
                            counts.of(found.moved()),
                            "new",
                            counts.of(found.newCustomers()),
                            "gone",
                            counts.of(found.goneCustomers())),
                    "rows",
                    IntStream.range(0, found.earlier()).mapToObj(this::row).toList(),
                    "new",
                    counts(found.joined()),
                    "kept",
                    kept(),
                    "born",
                    found.born().stream().map(this::born).toList(),
                    "died",
                    found.died().stream().map(this::died).toList(),
                    "splits",
                    found.splits().stream().map(s -> regrouping(s, true)).toList(),
                    "merges",
                    found.merges().stream().map(m -> regrouping(m, false)).toList());
        }

        private Map<String, Object> side(Changes.Side side, Optional<String> published) {
            boolean later = side == changes.to();
            return Body.of(
                    "run",
                    side.run(),
                    "number",
                    side.number(),
                    "published",
                    published.equals(Optional.of(side.run())),
                    "customers",
                    side.customers(),
                    "outliers",
                    counts.withShare(side.outliers(), side.customers()),
                    "stability",
                    side.stability(),
                    "segments",
                    side.segments().stream().map(s -> segment(s, later)).toList());
        }

        private Map<String, Object> segment(Changes.Named named, boolean later) {
            int at = named.number() - 1;
            long size = later ? found.sizeOfLater(at) : found.sizeOfEarlier(at);
            return Body.of(
                    "id",
                    named.id(),
                    "number",
                    named.number(),
                    "name",
                    name(named),
                    "color",
                    Colors.of(named.number()),
                    "size",
                    counts.of(size));
        }

        private String name(Changes.Named named) {
            String written =
                    Optional.ofNullable(named.names().get(language))
                            .orElseGet(() -> named.names().values().iterator().next());
            return human.getOrDefault(named.id(), written);
        }

        /** One segment of the earlier run: how many of its customers are in each later one. */
        private Map<String, Object> row(int i) {
            int next = found.successor()[i];
            return Body.of(
                    "segment",
                    from(i).id(),
                    "size",
                    counts.of(found.sizeOfEarlier(i)),
                    "to",
                    counts(found.flow()[i]),
                    "gone",
                    counts.of(found.gone()[i]),
                    "lives_on_as",
                    next < 0 ? null : to(next).id());
        }

        private List<Object> counts(long[] of) {
            return Arrays.stream(of).mapToObj(counts::of).toList();
        }

        private Changes.Named from(int i) {
            return changes.from().segments().get(i);
        }

        private Changes.Named to(int j) {
            return changes.to().segments().get(j);
        }

        private List<Map<String, Object>> kept() {
            var kept = new ArrayList<Map<String, Object>>();
            for (int i = 0; i < found.earlier(); i++) {
                int j = found.successor()[i];
                if (j < 0) continue;
                kept.add(
                        Body.of(
                                "from",
                                from(i).id(),
                                "to",
                                to(j).id(),
                                "stayed",
                                counts.of(found.flow()[i][j]),
                                "similarity",
                                similarity(i, j),
                                "same_number",
                                from(i).number() == to(j).number(),
                                "same_name",
                                name(from(i)).equals(name(to(j)))));
            }
            return kept;
        }

        /** Withheld where a count that it is made of is: it would give that away. */
        private Double similarity(int i, int j) {
            return counts.small(found.flow()[i][j]) ? null : found.similarity(i, j);
        }

        private Map<String, Object> born(int j) {
            int most = 0;
            for (int i = 0; i < found.earlier(); i++) {
                if (found.flow()[i][j] > found.flow()[most][j]) most = i;
            }
            return Body.of(
                    "segment",
                    to(j).id(),
                    "new",
                    counts.of(found.joined()[j]),
                    "most_from",
                    found.sharedOfLater(j) == 0 ? null : part(from(most), found.flow()[most][j]));
        }

        private Map<String, Object> died(int i) {
            int most = 0;
            for (int j = 0; j < found.later(); j++) {
                if (found.flow()[i][j] > found.flow()[i][most]) most = j;
            }
            return Body.of(
                    "segment",
                    from(i).id(),
                    "gone",
                    counts.of(found.gone()[i]),
                    "most_to",
                    found.sharedOfEarlier(i) == 0 ? null : part(to(most), found.flow()[i][most]));
        }

        /** A split has its parts in the later run, a merge in the earlier one. */
        private Map<String, Object> regrouping(Succession.Regrouping of, boolean split) {
            int whole = of.whole();
            return Body.of(
                    "segment",
                    split ? from(whole).id() : to(whole).id(),
                    "parts",
                    of.parts().stream()
                            .map(
                                    p ->
                                            split
                                                    ? part(to(p), found.flow()[whole][p])
                                                    : part(from(p), found.flow()[p][whole]))
                            .toList());
        }

        private Map<String, Object> part(Changes.Named named, long count) {
            return Body.of("segment", named.id(), "count", counts.of(count));
        }
    }
}
