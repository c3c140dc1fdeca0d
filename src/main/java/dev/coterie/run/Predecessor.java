package dev.coterie.run;

import dev.coterie.describe.EarlierWording;
import dev.coterie.segment.Membership;
import java.util.List;
import java.util.Map;

/**
 * The run whose segments a new one takes on.
 *
 * @param members who was in which segment
 * @param wordings for each segment what it was called
 * @param placed index in {@code members} of each customer that a person placed, with its segment
 * @param byFileId true if {@code members} has the ids from the file even where they are row numbers
 */
public record Predecessor(
        Membership members,
        List<EarlierWording> wordings,
        Map<Integer, Integer> placed,
        boolean byFileId) {
    public Predecessor {
        wordings = List.copyOf(wordings);
        placed = Map.copyOf(placed);
        if (wordings.size() != members.k()) {
            throw new IllegalArgumentException(
                    members.k() + " segments, " + wordings.size() + " wordings");
        }
    }
}
