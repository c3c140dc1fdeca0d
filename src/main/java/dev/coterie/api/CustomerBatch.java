package dev.coterie.api;

import dev.coterie.error.LimitException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerInput;
import dev.coterie.run.FinishedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Customers of a request, told apart: those with fields, those of the run named by their id only,
 * and those with neither.
 *
 * @param described with fields, in order
 * @param describedAt their places in the request
 * @param known rows of the run, in order
 * @param knownAt their places in the request
 */
record CustomerBatch(
        List<CustomerInput> described,
        List<Integer> describedAt,
        List<Integer> known,
        List<Integer> knownAt,
        List<Map<String, Object>> failed) {
    /** A customer as a caller sends it. */
    record Sent(String id, Map<String, Object> profile, List<Text> texts, List<Event> events) {}

    record Text(String source, String text, String at, Double rating) {}

    record Event(String name, String at, Double value, String item) {}

    static CustomerBatch of(List<Sent> sent, FinishedRun run, int limit, Language language) {
        if (sent == null || sent.isEmpty()) throw Call.missing("customers");
        if (sent.size() > limit) {
            throw new LimitException(
                    Message.of("api.too_many_customers", "limit", limit, "found", sent.size()));
        }
        var batch =
                new CustomerBatch(
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i) == null) throw Call.wrong("/customers/" + i);
            batch.take(sent.get(i), i, run, language);
        }
        return batch;
    }

    private void take(Sent sent, int index, FinishedRun run, Language language) {
        if (hasFields(sent, run)) {
            described.add(input(sent));
            describedAt.add(index);
            return;
        }
        OptionalInt row =
                sent.id() == null || named(sent) ? OptionalInt.empty() : run.row(sent.id());
        if (row.isPresent()) {
            known.add(row.getAsInt());
            knownAt.add(index);
            return;
        }
        failed.add(
                Body.of(
                        "index",
                        index,
                        "code",
                        "no_usable_fields",
                        "detail",
                        Message.of("api.no_usable_fields").in(language)));
    }

    private static boolean named(Sent sent) {
        return sent.profile() != null && !sent.profile().isEmpty();
    }

    /** True if any of its fields is one that the run knows. */
    private static boolean hasFields(Sent sent, FinishedRun run) {
        boolean text =
                sent.texts() != null
                        && sent.texts().stream()
                                .anyMatch(
                                        t -> t != null && t.text() != null && !t.text().isBlank());
        boolean event = sent.events() != null && sent.events().stream().anyMatch(Objects::nonNull);
        if (text || event) return true;
        if (sent.profile() == null) return false;
        var customers = run.analysis().customers();
        return sent.profile().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey().strip())
                .anyMatch(
                        key ->
                                customers.numbers().stream()
                                                .anyMatch(c -> c.name().equalsIgnoreCase(key))
                                        || customers.categories().stream()
                                                .anyMatch(c -> c.name().equalsIgnoreCase(key)));
    }

    private static CustomerInput input(Sent sent) {
        var texts =
                Optional.ofNullable(sent.texts()).orElse(List.of()).stream()
                        .filter(Objects::nonNull)
                        .map(
                                t ->
                                        new CustomerInput.TextInput(
                                                t.source(), t.text(), t.at(), t.rating()))
                        .toList();
        var events =
                Optional.ofNullable(sent.events()).orElse(List.of()).stream()
                        .filter(Objects::nonNull)
                        .map(
                                e ->
                                        new CustomerInput.EventInput(
                                                e.name(), e.at(), e.value(), e.item()))
                        .toList();
        return new CustomerInput(
                sent.id(), Optional.ofNullable(sent.profile()).orElse(Map.of()), texts, events);
    }
}
