package dev.coterie.segment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How clusters are looked for; what each one does is told in {@link Clusterer}. */
public enum Algorithm {
    /** The one that serves the features best. */
    AUTO,
    MIXTURE,
    KMEANS,
    SPHERICAL,
    /** Finds its own number of clusters. */
    HDBSCAN;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is none of that name
     */
    @JsonCreator
    public static Algorithm of(String word) {
        return Arrays.stream(values())
                .filter(a -> a.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }

    /**
     * The algorithm that a person named.
     *
     * @param pointer JSON Pointer of the field that names it, or null
     * @throws InvalidInputException if there is none of that name
     */
    public static Algorithm named(String word, String pointer) {
        try {
            return of(word);
        } catch (IllegalArgumentException e) {
            String known =
                    Arrays.stream(values()).map(Algorithm::word).collect(Collectors.joining(", "));
            throw new InvalidInputException(
                    Message.of("segment.unknown_algorithm", "algorithm", word, "known", known),
                    pointer,
                    e);
        }
    }
}
