package dev.coterie.run;

import static dev.coterie.run.SegmentsJson.map;

import dev.coterie.brief.ReportChanges;
import dev.coterie.segment.Succession;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code changes} in {@code segments.json}: what became of an earlier output's segments. */
final class ChangesJson {
    private ChangesJson() {}

    /**
     * @param names of the new segments, by number
     */
    static Map<String, Object> of(ReportChanges changes, List<String> names) {
        Succession s = changes.succession();
        int[] predecessor = s.predecessor();
        return map(
                "customers",
                map(
                        "shared", s.shared(),
                        "stayed", s.stayed(),
                        "moved", s.moved(),
                        "new", s.newCustomers(),
                        "gone", s.goneCustomers()),
                "kept",
                IntStream.range(0, s.later())
                        .filter(j -> predecessor[j] >= 0)
                        .mapToObj(j -> kept(changes, names, predecessor[j], j))
                        .toList(),
                "born",
                s.born().stream()
                        .map(
                                j ->
                                        map(
                                                "number",
                                                j + 1,
                                                "name",
                                                names.get(j),
                                                "new_customers",
                                                s.joined()[j]))
                        .toList(),
                "died",
                s.died().stream()
                        .map(
                                i ->
                                        map(
                                                "number",
                                                i + 1,
                                                "name",
                                                changes.before().get(i),
                                                "gone_customers",
                                                s.gone()[i]))
                        .toList(),
                "splits",
                s.splits().stream().map(r -> regrouping(r, "from", "to")).toList(),
                "merges",
                s.merges().stream().map(r -> regrouping(r, "to", "from")).toList(),
                "table",
                map(
                        "from", changes.before(),
                        "to", names,
                        "rows", s.flow(),
                        "gone", s.gone(),
                        "new", s.joined()));
    }

    private static Map<String, Object> kept(
            ReportChanges changes, List<String> names, int from, int to) {
        Succession s = changes.succession();
        return map(
                "number",
                to + 1,
                "name",
                names.get(to),
                "previous_number",
                from + 1,
                "previous_name",
                changes.before().get(from),
                "stayed",
                s.flow()[from][to],
                "similarity",
                s.similarity(from, to));
    }

    private static Map<String, Object> regrouping(
            Succession.Regrouping of, String whole, String parts) {
        return map(whole, of.whole() + 1, parts, of.parts().stream().map(p -> p + 1).toList());
    }
}
