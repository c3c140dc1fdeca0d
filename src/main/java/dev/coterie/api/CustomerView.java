package dev.coterie.api;

import dev.coterie.language.Message;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.run.FinishedRun;
import dev.coterie.segment.Segmentation;
import dev.coterie.words.PersonalData;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Customers as JSON. */
final class CustomerView {
    private static final int RECENT = 20;
    private static final int MOST_TEXTS = 100;

    /** Scores up to which a customer is inside, just outside and far out. */
    private static final double INSIDE = 0.5;

    private static final double NEAR = 0.7;

    private static final double FAR = 0.95;

    private static final int ALTERNATIVES = 2;

    private CustomerView() {}

    static Map<String, Object> brief(Reader reader, int row) {
        Segmentation segmentation = reader.finished().analysis().segmentation();
        return Body.of(
                "id",
                reader.finished().customerId(row),
                "source_id",
                reader.finished().sourceId(row),
                "segment",
                reader.brief(reader.segmentOf(row)),
                "confidence",
                segmentation.confidence()[row],
                "outlier",
                segmentation.outlier()[row],
                "placed",
                reader.finished().placed().containsKey(row),
                "distance",
                segmentation.outlier()[row] ? distance(reader, row) : null);
    }

    /** How far out an outlier is, against where its nearest segment ends. */
    private static Map<String, Object> distance(Reader reader, int row) {
        double score = reader.finished().analysis().segmentation().strangeness()[row];
        String words =
                score <= INSIDE
                        ? "inside"
                        : score <= NEAR ? "near" : score <= FAR ? "far" : "very_far";
        return Body.of(
                "score",
                score,
                "words",
                Message.of("api.distance." + words).in(reader.language()),
                "text",
                Message.of("api.distance.text", "score", score, "number", reader.segmentOf(row))
                        .in(reader.language()));
    }

    static Map<String, Object> whole(Reader reader, int row) {
        FinishedRun finished = reader.finished();
        CustomerTable customers = finished.analysis().customers();
        Segmentation segmentation = finished.analysis().segmentation();
        Map<String, Object> view = brief(reader, row);
        view.put("run", finished.run().id());
        view.put("alternatives", alternatives(reader, row));
        view.put("profile", profile(customers, row));
        view.put("texts", texts(finished, customers, row));
        view.put("events", events(customers.events(), row));
        view.put(
                "point",
                Body.of("x", segmentation.map().x()[row], "y", segmentation.map().y()[row]));
        return view;
    }

    /** The next best segments, by the same rule that assigns a new customer. */
    private static List<Map<String, Object>> alternatives(Reader reader, int row) {
        FinishedRun finished = reader.finished();
        var one = Rows.of(finished.analysis().features(), row);
        double[] probabilities = finished.assigner().assign(one).probabilities()[0];
        int own = finished.analysis().segmentation().labels()[row];
        return IntStream.range(0, probabilities.length)
                .filter(c -> c != own)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -probabilities[c]))
                .limit(ALTERNATIVES)
                .map(
                        c ->
                                Body.of(
                                        "id",
                                        finished.segmentId(c + 1),
                                        "number",
                                        c + 1,
                                        "name",
                                        reader.name(c + 1),
                                        "confidence",
                                        probabilities[c]))
                .toList();
    }

    private static List<Map<String, Object>> profile(CustomerTable customers, int row) {
        var profile = new ArrayList<Map<String, Object>>();
        for (NumberColumn column : customers.numbers()) {
            profile.add(Body.of("column", column.name(), "value", column.values()[row]));
        }
        for (CategoryColumn column : customers.categories()) {
            int code = column.codes()[row];
            Optional<String> level =
                    code < 0
                            ? Optional.empty()
                            : Optional.of(PersonalData.mask(column.levels().get(code)));
            profile.add(Body.of("column", column.name(), "value", level));
        }
        return profile;
    }

    private static List<Map<String, Object>> texts(
            FinishedRun finished, CustomerTable customers, int row) {
        var texts = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < customers.texts().size() && texts.size() < MOST_TEXTS; i++) {
            CustomerText text = customers.texts().get(i);
            if (text.customer() != row) continue;
            texts.add(
                    Body.of(
                            "id",
                            finished.textId(i),
                            "text",
                            PersonalData.mask(text.text()),
                            "at",
                            text.epochDay() == Long.MIN_VALUE
                                    ? null
                                    : LocalDate.ofEpochDay(text.epochDay()).toString(),
                            "source",
                            text.table() + " / " + text.column(),
                            "rating",
                            text.rating()));
        }
        return texts;
    }

    private static Map<String, Object> events(Events events, int row) {
        int[] own =
                IntStream.range(0, events.count())
                        .filter(i -> events.customer()[i] == row)
                        .toArray();
        double value = 0;
        boolean known = false;
        for (int i : own) {
            if (Double.isNaN(events.value()[i])) continue;
            value += events.value()[i];
            known = true;
        }
        var recent = new ArrayList<Map<String, Object>>();
        for (int i = own.length - 1; i >= 0 && recent.size() < RECENT; i--) {
            recent.add(event(events, own[i]));
        }
        return Body.of(
                "count",
                own.length,
                "first",
                own.length == 0 ? null : time(events.epochSecond()[own[0]]),
                "last",
                own.length == 0 ? null : time(events.epochSecond()[own[own.length - 1]]),
                "value",
                known ? value : Double.NaN,
                "recent",
                recent);
    }

    private static Map<String, Object> event(Events events, int i) {
        return Body.of(
                "at",
                time(events.epochSecond()[i]),
                "name",
                events.name()[i] < 0 ? null : events.names().get(events.name()[i]),
                "item",
                events.item()[i] < 0 ? null : events.items().get(events.item()[i]),
                "value",
                events.value()[i]);
    }

    private static Optional<String> time(long epochSecond) {
        return epochSecond == Long.MIN_VALUE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(epochSecond).toString());
    }
}
