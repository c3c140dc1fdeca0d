package dev.coterie.describe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The segments of a run in words and facts.
 *
 * @param segments in order of their number, 1..k
 * @param facts every fact of the run, by id
 * @param textLanguage {@code en} or {@code zh}: the language of most texts
 */
public record Description(
        List<SegmentProfile> segments, Map<String, Fact> facts, String textLanguage) {
    public Description {
        segments = List.copyOf(segments);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts)); // in order of their ids
    }

    /** The same with other profiles, in order of their number. */
    Description with(List<SegmentProfile> others) {
        return new Description(others, facts, textLanguage);
    }

    public Optional<SegmentProfile> segment(int number) {
        return segments.stream().filter(s -> s.number() == number).findFirst();
    }
}
