package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.EarlierWording;
import dev.coterie.error.ConflictException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.segment.Membership;
import dev.coterie.segment.Succession;
import dev.coterie.store.Database;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** What changed between runs of a project. */
public final class Comparisons {
    private final Database database;
    private final Runs runs;

    Comparisons(Database database, Runs runs) {
        this.database = database;
        this.runs = runs;
    }

    /**
     * What changed from another run to this one, as both stand now.
     *
     * @param with the other run; empty: the one that this was matched to. If that is deleted, the
     *     changes are told as they were when this run was made
     * @throws ConflictException {@code nothing_to_compare} if this run was matched to none
     * @throws InvalidInputException {@code other_project} or {@code same_run}
     */
    public Changes changes(String id, Optional<String> with) {
        Run run = runs.get(id);
        Optional<Changes> stored = stored(id);
        String other =
                with.or(() -> stored.map(changes -> changes.from().run()))
                        .orElseThrow(
                                () ->
                                        new ConflictException(
                                                Message.of(
                                                        "run.nothing_to_compare",
                                                        "number",
                                                        run.number())));
        boolean gone =
                runs.list(run.project()).stream().noneMatch(known -> known.id().equals(other));
        if (gone && stored.isPresent() && stored.get().from().run().equals(other)) {
            return stored.get();
        }
        if (!runs.get(other).project().equals(run.project())) {
            throw new InvalidInputException(Message.of("run.other_project"), "/with", null);
        }
        if (other.equals(run.id())) {
            throw new InvalidInputException(Message.of("run.same_run"), "/with", null);
        }
        return between(runs.finished(other), runs.finished(id));
    }

    private Optional<Changes> stored(String run) {
        return database.read(
                t ->
                        t.first(
                                        "select changes from run_result where run = ?",
                                        row -> row.bytes("changes"),
                                        run)
                                .filter(bytes -> bytes.length > 0)
                                .map(bytes -> LedgerJson.unpack(bytes, Changes.class)));
    }

    static Changes between(FinishedRun from, FinishedRun to) {
        int[] same = new int[from.analysis().segmentation().k()];
        for (int i = 0; i < same.length; i++) {
            same[i] = to.segmentNumber(from.segmentId(i + 1)).orElse(0) - 1;
        }
        Membership before = from.members();
        Membership after = to.members();
        boolean related = isRelated(from, to) || Arrays.stream(same).anyMatch(j -> j >= 0);
        Succession succession =
                related ? Succession.along(before, after, same) : Succession.between(before, after);
        return new Changes(
                side(from.run(), from.analysis(), from.segmentIds()),
                side(to.run(), to.analysis(), to.segmentIds()),
                related ? Changes.Paired.IDENTITY : Changes.Paired.OVERLAP,
                succession);
    }

    /** True if one was matched to the other: then even no segment in common is an answer. */
    private static boolean isRelated(FinishedRun from, FinishedRun to) {
        return to.run()
                .summary()
                .flatMap(Run.Summary::matched)
                .filter(matched -> matched.run().equals(from.run().id()))
                .isPresent();
    }

    /**
     * @param ids of the run's segments, by number
     */
    static Changes.Side side(Run run, Analysis analysis, List<String> ids) {
        var segments = new ArrayList<Changes.Named>();
        for (var profile : analysis.description().segments()) {
            var names = new EnumMap<Language, String>(Language.class);
            profile.wordings().forEach((language, wording) -> names.put(language, wording.name()));
            segments.add(new Changes.Named(ids.get(profile.number() - 1), profile.number(), names));
        }
        var segmentation = analysis.segmentation();
        return new Changes.Side(
                run.id(),
                run.number(),
                analysis.customers().customers(),
                segmentation.outliers(),
                Arrays.stream(segmentation.stability()).average().orElse(0),
                segments);
    }

    /** A finished run as the predecessor of the next one. */
    static Predecessor predecessor(FinishedRun finished, List<SegmentEntry> entries) {
        var wordings = new ArrayList<EarlierWording>();
        for (var profile : finished.analysis().description().segments()) {
            SegmentEntry entry = entries.get(profile.number() - 1);
            wordings.add(new EarlierWording(profile.wordings(), entry.name(), entry.locked()));
        }
        return new Predecessor(finished.members(), wordings, finished.placed(), false);
    }
}
