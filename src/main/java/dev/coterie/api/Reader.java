package dev.coterie.api;

import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Wording;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.run.FinishedRun;
import dev.coterie.run.SegmentEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A finished run as one reader sees it: in a language, with the names people gave.
 *
 * @param entries what people did to its segments, by number
 */
record Reader(FinishedRun finished, List<SegmentEntry> entries, Language language) {
    Reader {
        entries = List.copyOf(entries);
    }

    SegmentProfile profile(int number) {
        return finished.analysis().description().segment(number).orElseThrow();
    }

    SegmentEntry entry(int number) {
        return entries.get(number - 1);
    }

    /**
     * Number 1..k of a segment.
     *
     * @throws NotFoundException {@code segment_gone} if it does not stand any more
     */
    int number(SegmentEntry entry) {
        return finished.segmentNumber(entry.id())
                .orElseThrow(
                        () ->
                                new NotFoundException(
                                        Message.of("run.segment_gone", "id", entry.id())));
    }

    /** The wording in the reader's language, or in the one there is. */
    Wording wording(int number) {
        Map<Language, Wording> wordings = profile(number).wordings();
        return Optional.ofNullable(wordings.get(language))
                .orElseGet(() -> wordings.values().iterator().next());
    }

    String name(int number) {
        return entry(number).name().orElseGet(() -> wording(number).name());
    }

    /** Who named it: {@code human} after a rename. */
    String writer(int number) {
        return entry(number).name().isPresent() ? "human" : wording(number).writer().word();
    }

    Map<String, Fact> facts() {
        return finished.analysis().description().facts();
    }

    /** Segment number 1..k of a customer. */
    int segmentOf(int row) {
        return finished.analysis().segmentation().labels()[row] + 1;
    }

    /** Enough of a segment to show beside a customer. */
    Map<String, Object> brief(int number) {
        return Body.of(
                "id",
                finished.segmentId(number),
                "number",
                number,
                "name",
                name(number),
                "color",
                Colors.of(number));
    }
}
