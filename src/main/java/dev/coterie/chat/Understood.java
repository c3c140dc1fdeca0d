package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.tools.Filter;
import java.util.List;
import java.util.Optional;

/**
 * What was made out.
 *
 * @param intent empty if nothing this run can answer
 * @param segments numbers
 * @param customer row, or -1
 * @param column a category column the question is about
 * @param unknown what the data does not have, as the person wrote it; may be empty
 * @param missingCustomer true if that is the id of a customer
 * @param choices numbers of the segments that may be meant, where one must be and the question
 *     leaves open which
 * @param closest intents nearest to the question, nearest first
 * @param nearest attribute nearest in meaning to a question that has no answer
 * @param wish what it asks for beyond the run's own figures, if it does
 * @param words the question, names and numbers replaced by plain ones
 * @param plainly true if the question says the same as an example of its intent
 */
record Understood(
        Optional<Intent> intent,
        List<Integer> segments,
        boolean everyone,
        String topic,
        int customer,
        List<Filter> filters,
        Optional<Attribute> feature,
        Optional<String> column,
        boolean missingSegment,
        String unknown,
        boolean missingCustomer,
        List<Integer> choices,
        List<Intent> closest,
        Optional<Attribute> nearest,
        Optional<Wish> wish,
        String words,
        boolean plainly) {
    Understood {
        segments = List.copyOf(segments);
        filters = List.copyOf(filters);
        choices = List.copyOf(choices);
    }

    Understood as(Intent other, List<Integer> about) {
        return with(Optional.of(other), about, List.of());
    }

    /** The same of another topic. */
    Understood about(String other) {
        return new Understood(
                intent,
                segments,
                everyone,
                other,
                customer,
                filters,
                feature,
                column,
                missingSegment,
                unknown,
                missingCustomer,
                choices,
                closest,
                nearest,
                wish,
                words,
                plainly);
    }

    /** True if what the question is about must be asked back, and not of whom alone. */
    boolean leftOpen() {
        return intent.isEmpty() && !choices.isEmpty() && !missingSegment;
    }

    /** Nothing was made out: what it is about will be asked back. */
    Understood leftOpen(List<Integer> which) {
        return new Understood(
                Optional.empty(),
                List.of(),
                false,
                "",
                -1,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                "",
                false,
                which,
                closest,
                Optional.empty(),
                Optional.empty(),
                words,
                false);
    }

    /**
     * One segment was named twice: with which other it is to be compared will be asked back.
     *
     * @param others to choose among
     */
    Understood twice(List<Integer> others) {
        return with(Optional.of(Intent.COMPARE), segments, others);
    }

    /** True if one segment was named twice. */
    boolean toItself() {
        return !choices.isEmpty()
                && segments.size() == 1
                && intent.filter(Intent.COMPARE::equals).isPresent();
    }

    Understood asking(List<Integer> which) {
        return with(intent, List.of(), which);
    }

    private Understood with(Optional<Intent> other, List<Integer> about, List<Integer> among) {
        return new Understood(
                other,
                about,
                everyone,
                topic,
                customer,
                filters,
                feature,
                column,
                missingSegment,
                unknown,
                missingCustomer,
                among,
                closest,
                nearest,
                wish,
                words,
                plainly);
    }
}
