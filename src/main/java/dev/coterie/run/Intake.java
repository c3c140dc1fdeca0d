package dev.coterie.run;

import dev.coterie.collect.Reject;
import dev.coterie.collect.RoleChoice;
import java.util.List;

/** Reads and cleans files without clustering: what an upload is answered with. */
public interface Intake {
    /**
     * @param choices roles that a person chose
     * @throws dev.coterie.error.InvalidInputException if a file cannot be used at all
     * @throws dev.coterie.error.LimitException if a file is over a limit
     */
    Read read(List<SourceFile> files, List<RoleChoice> choices);

    /** What was found, and every refused row. */
    record Read(DatasetSummary summary, List<Reject> rejects) {
        public Read {
            rejects = List.copyOf(rejects);
        }
    }
}
