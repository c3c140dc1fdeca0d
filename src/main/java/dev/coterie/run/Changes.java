package dev.coterie.run;

import dev.coterie.language.Language;
import dev.coterie.segment.Succession;
import java.util.List;
import java.util.Map;

/**
 * What changed from one run to another.
 *
 * @param from the earlier of the two, whose segments are the rows
 * @param to the one compared with it, whose segments are the columns
 * @param paired how it was told which segments are the same
 */
public record Changes(Side from, Side to, Paired paired, Succession succession) {
    /** How segments of two runs were paired. */
    public enum Paired {
        /** They have the same id: a run took them on from another. */
        IDENTITY,
        /** The runs have no segment in common, so by their common customers. */
        OVERLAP
    }

    /**
     * One of the runs as it was when they were compared.
     *
     * @param number of the run
     * @param segments by number
     */
    public record Side(
            String run,
            int number,
            int customers,
            int outliers,
            double stability,
            List<Named> segments) {
        public Side {
            segments = List.copyOf(segments);
        }
    }

    /**
     * A segment by the name that its writer gave it.
     *
     * @param names one a language
     */
    public record Named(String id, int number, Map<Language, String> names) {
        public Named {
            names = Map.copyOf(names);
        }
    }
}
