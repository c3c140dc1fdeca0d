package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The segments of a run in words and facts.
 *
 * @param segments in order of their number, 1..k
 * @param facts every fact of the run, by id
 * @param textLanguage {@code en} or {@code zh}: the language of most texts
 * @param branches what the tree joins the segments to, each after those below it; the last one is
 *     everybody. Empty for a single segment, and for a run of an earlier version.
 */
public record Description(
        List<SegmentProfile> segments,
        Map<String, Fact> facts,
        String textLanguage,
        List<Branch> branches) {
    public Description {
        segments = List.copyOf(segments);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts)); // in order of their ids
        // Older runs are stored without them.
        branches = branches == null ? List.of() : List.copyOf(branches);
    }

    /** The same with other profiles, in order of their number. */
    Description with(List<SegmentProfile> others) {
        return new Description(others, facts, textLanguage, branches);
    }

    /** The branch that a fact speaks of. */
    Optional<Branch> branchOf(Fact fact) {
        return branches.stream().filter(b -> b.facts().contains(fact.id())).findFirst();
    }

    /**
     * The same with a model's words in the place of those of the narrator that stood in for it.
     *
     * @param fresh the same segments described once more: taken is what cites facts that are here
     * @param language in which the model wrote
     */
    public Description worded(Description fresh, Language language) {
        if (!sameFacts(fresh) || fresh.segments().size() != segments.size()) return this;
        Set<String> names = new HashSet<>();
        for (SegmentProfile s : segments) names.add(Names.identity(s.wording(language).name()));
        var told = new ArrayList<SegmentProfile>();
        for (SegmentProfile s : segments) {
            SegmentProfile other = fresh.segment(s.number()).orElseThrow();
            Wording now = s.wording(language);
            Wording next = other.wording(language);
            boolean stoodIn = now.fallback().isPresent() && next.writer() == Writer.LLM;
            String own = Names.identity(now.name());
            boolean free = names.add(Names.identity(next.name()));
            if (!stoodIn || !free && !Names.identity(next.name()).equals(own)) told.add(s);
            else told.add(s.worded(language, next).triedAs(other));
        }
        Set<String> now = new HashSet<>();
        for (SegmentProfile s : told) now.add(Names.identity(s.wording(language).name()));
        // The fresh branches stand clear of the model's names, these perhaps do not.
        boolean clear =
                facts.keySet().equals(fresh.facts().keySet())
                        && fresh.branches().stream()
                                .map(b -> Names.identity(b.called(language).name()))
                                .noneMatch(now::contains);
        return new Description(told, facts, textLanguage, clear ? fresh.branches() : branches);
    }

    /**
     * The same with the names that people gave.
     *
     * @param names by number; a segment without one keeps the name it was given
     */
    public Description called(Map<Integer, String> names) {
        return with(
                segments.stream()
                        .map(
                                s ->
                                        names.containsKey(s.number())
                                                ? s.called(names.get(s.number()))
                                                : s)
                        .toList());
    }

    /**
     * Whether an id means the same figure of a segment in both; stored sentences are not compared.
     */
    private boolean sameFacts(Description other) {
        Map<String, Fact> own = ofSegments();
        Map<String, Fact> others = other.ofSegments();
        return own.keySet().equals(others.keySet())
                && own.values().stream().allMatch(f -> same(f, others.get(f.id())));
    }

    private Map<String, Fact> ofSegments() {
        var out = new LinkedHashMap<>(facts);
        out.values().removeIf(f -> f.segment() == Fact.SEVERAL);
        return out;
    }

    private static boolean same(Fact a, Fact b) {
        return Double.compare(a.value(), b.value()) == 0
                && a.unit() == b.unit()
                && a.n() == b.n()
                && a.segment() == b.segment()
                && a.label().key().equals(b.label().key())
                && a.filter().key().equals(b.filter().key());
    }

    public Optional<SegmentProfile> segment(int number) {
        return segments.stream().filter(s -> s.number() == number).findFirst();
    }

    /**
     * How well the words of a segment in a language tell its members from others. The check reads
     * the words in the language of most texts. The narrator says the same in both languages; a
     * model that writes in the other one says something that nobody has tried.
     *
     * @param number 1..k
     */
    public Optional<NameScore> tried(int number, Language language) {
        return readable(number, language)
                ? segment(number).flatMap(SegmentProfile::tried)
                : Optional.empty();
    }

    /** Why that is not known; empty if it is, or if nobody has said. */
    public Optional<Message> untried(int number, Language language) {
        return readable(number, language)
                ? segment(number).flatMap(SegmentProfile::untried)
                : Optional.of(Message.of("describe.untried.other_language"));
    }

    private boolean readable(int number, Language language) {
        boolean model = segment(number).orElseThrow().wording(language).writer() == Writer.LLM;
        return !model || language == NameCheck.language(textLanguage);
    }
}
