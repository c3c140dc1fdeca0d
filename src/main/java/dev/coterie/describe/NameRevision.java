package dev.coterie.describe;

import dev.coterie.embed.Embeddings;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tries descriptions blind and has the model word those once more that do badly; of the two the one
 * stays that does better, and is flagged if it does badly too.
 *
 * @param encode makes vectors of sentences with the encoder of the texts
 */
record NameRevision(NameCheck check, Function<List<String>, Embeddings> encode) {
    Description scored(Description description) {
        return check.score(description, encode);
    }

    /**
     * @param wordings what worded the description
     */
    Description revised(Description description, ModelWordings wordings, Progress progress) {
        Description first = scored(description);
        var tried = NameCheck.language(first.textLanguage());
        var names = new LinkedHashMap<Integer, String>();
        first.segments().forEach(s -> names.put(s.number(), s.wording(tried).name()));
        List<NameCheck.Confusion> weak =
                first.segments().stream()
                        .filter(s -> s.wording(tried).writer() == Writer.LLM)
                        .filter(s -> s.tried().filter(NameScore::weak).isPresent())
                        .map(s -> check.confusion(first, s.number()))
                        .toList();
        Map<Integer, Wording> other = wordings.again(weak, names, progress);
        if (other.isEmpty()) return first;
        var reworded = new ArrayList<SegmentProfile>();
        for (SegmentProfile s : first.segments()) {
            Wording next = other.get(s.number());
            reworded.add(next == null ? s : s.worded(tried, next));
        }
        Description second = scored(first.with(reworded));
        var kept = new ArrayList<SegmentProfile>();
        for (SegmentProfile s : second.segments()) {
            SegmentProfile before = first.segment(s.number()).orElseThrow();
            boolean better = !other.containsKey(s.number()) || better(s, before);
            kept.add(better ? s : before);
            if (other.containsKey(s.number())) {
                wordings.settle(s.number(), kept.get(kept.size() - 1).wording(tried));
            }
        }
        // A sibling's words count in every score.
        return kept.equals(second.segments()) ? second : scored(second.with(kept));
    }

    private static boolean better(SegmentProfile now, SegmentProfile before) {
        NameScore a = now.tried().orElseThrow();
        NameScore b = before.tried().orElseThrow();
        if (a.weak() != b.weak()) return !a.weak();
        return a.forcedChoice() > b.forcedChoice();
    }
}
