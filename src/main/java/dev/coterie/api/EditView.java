package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.SegmentEdits;
import dev.coterie.run.SegmentEntry;
import dev.coterie.segment.Segmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of segments as JSON: what one does or did, and the lines of the history. */
final class EditView {
    private final Counts counts;

    EditView(Counts counts) {
        this.counts = counts;
    }

    Map<String, Object> of(SegmentEdits.Outcome outcome, Reader before, Reader after) {
        Segmentation now = after.finished().analysis().segmentation();
        boolean preview = outcome.edit().isEmpty();
        var changed = new ArrayList<Map<String, Object>>();
        var renumbered = new ArrayList<Map<String, Object>>();
        for (int s = 0; s < now.k(); s++) {
            if (outcome.was()[s] < 0) changed.add(segment(before, after, s + 1, preview));
            else if (outcome.was()[s] != s) {
                Map<String, Object> moved = after.brief(s + 1);
                moved.put("was_number", outcome.was()[s] + 1);
                renumbered.add(moved);
            }
        }
        return Body.of(
                "run",
                after.finished().run().id(),
                "edit",
                outcome.edit(),
                "dry_run",
                preview,
                "segments_before",
                before.finished().analysis().segmentation().k(),
                "segments",
                now.k(),
                "outliers",
                counts.withShare(now.outliers(), after.finished().customers()),
                "changed",
                changed,
                "renumbered",
                renumbered);
    }

    private Map<String, Object> segment(Reader before, Reader after, int number, boolean preview) {
        Map<String, Object> view = after.brief(number);
        String id = after.finished().segmentId(number);
        boolean stood = before.finished().segmentNumber(id).isPresent();
        if (preview && !stood) view.put("id", null);
        var profile = after.profile(number);
        view.put("writer", after.writer(number));
        view.put("size", counts.withShare(profile.size(), after.finished().customers()));
        view.put("stability", SegmentView.stability(after, number));
        view.put("from", from(before, after, number));
        view.put("etag", preview ? null : after.entry(number).etag());
        return view;
    }

    /** The segments that its customers come from, most customers first. */
    private List<Map<String, Object>> from(Reader before, Reader after, int number) {
        int[] then = before.finished().analysis().segmentation().labels();
        long[] customers = new long[before.finished().analysis().segmentation().k()];
        for (int row : after.finished().analysis().segmentation().members(number - 1)) {
            customers[then[row]]++;
        }
        var from = new ArrayList<Integer>();
        for (int s = 0; s < customers.length; s++) if (customers[s] > 0) from.add(s);
        from.sort((a, b) -> Long.compare(customers[b], customers[a]));
        return from.stream()
                .map(
                        s -> {
                            Map<String, Object> view = before.brief(s + 1);
                            view.put("customers", counts.of(customers[s]));
                            return view;
                        })
                .toList();
    }

    static Map<String, Object> edit(SegmentEntry.Edit edit, Language language) {
        return Body.of(
                "id",
                edit.id(),
                "run",
                edit.run(),
                "segment",
                edit.segment(),
                "number",
                edit.number() > 0 ? Optional.of(edit.number()) : Optional.empty(),
                "field",
                edit.field(),
                "from",
                edit.from(),
                "to",
                edit.to(),
                "text",
                sentence(edit).in(language),
                "at",
                edit.at(),
                "undone",
                edit.undone());
    }

    private static Message sentence(SegmentEntry.Edit edit) {
        String from = edit.from().orElse("");
        String to = edit.to().orElse("");
        Object which =
                edit.number() > 0
                        ? Message.of("api.history.segment", "number", edit.number())
                        : Message.of("api.history.gone");
        return switch (edit.field()) {
            case "merge" -> Message.of("api.history.merge", "from", listed(from), "to", to);
            case "split" -> Message.of("api.history.split", "from", from, "to", listed(to));
            case "move" -> moved(Integer.parseInt(from), to);
            case "name" -> Message.of("api.history.name", "segment", which, "to", to);
            case "notes" -> Message.of("api.history.notes", "segment", which);
            default ->
                    Message.of(
                            to.equals("1") ? "api.history.locked" : "api.history.unlocked",
                            "segment",
                            which);
        };
    }

    /** The ledger parts numbers by commas; each language has its own mark. */
    private static Object listed(String numbers) {
        Object words = null;
        for (String number : numbers.split(", ")) {
            words =
                    words == null
                            ? number
                            : Message.of("api.history.next", "before", words, "number", number);
        }
        return words;
    }

    private static Message moved(int customers, String to) {
        if (to.isEmpty()) return Message.of("api.history.move_nearest", "count", customers);
        if (to.equals("0")) return Message.of("api.history.release", "count", customers);
        return Message.of("api.history.move", "count", customers, "to", to);
    }
}
