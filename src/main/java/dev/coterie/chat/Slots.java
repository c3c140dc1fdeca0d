package dev.coterie.chat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a question names.
 *
 * @param segments numbers, in the order named
 * @param everyone true if all customers are one side of a comparison
 * @param superlative the largest or smallest segment, where the question names one so
 * @param missingSegment true if a segment is named that the run does not have
 * @param customer row in the customer table
 * @param missingCustomer an id that the data does not have
 * @param topic what quotes or counts are about; may be empty
 * @param followUp true if it only makes sense after another question
 * @param reference how it speaks of a segment named before, if it does
 * @param maybe numbers of the segments whose names fit equally well what the question calls one
 * @param masked the question with names and numbers replaced by plain ones, for matching
 */
record Slots(
        List<Integer> segments,
        boolean everyone,
        OptionalInt superlative,
        boolean missingSegment,
        OptionalInt customer,
        Optional<String> missingCustomer,
        String topic,
        boolean followUp,
        Reference reference,
        List<Integer> maybe,
        String masked) {
    Slots {
        segments = List.copyOf(segments);
        maybe = List.copyOf(maybe);
    }

    /** True if one segment is named more than once, and nothing else to compare it with. */
    boolean twice() {
        boolean again = masked.split("segment 1|客群 1", -1).length > 2;
        return segments.size() == 1 && !everyone && !missingSegment && again;
    }

    /** How a question speaks of segments named before it. */
    enum Reference {
        NONE,
        /** "They". */
        BACK,
        /** "The first one". */
        FIRST,
        SECOND,
        /** "The two". */
        BOTH
    }
}
