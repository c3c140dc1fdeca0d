package dev.coterie.run;

import dev.coterie.collect.RoleChoice;
import java.util.List;

/**
 * The tables of one import with their roles.
 *
 * @param choices roles that a person chose
 * @param files in the order given
 */
public record Dataset(
        String id,
        String project,
        String name,
        String createdAt,
        List<RoleChoice> choices,
        List<StoredFile> files,
        DatasetSummary summary) {
    public Dataset {
        choices = List.copyOf(choices);
        files = List.copyOf(files);
    }

    /** An uploaded file: its display name and its bytes' checksum. */
    public record StoredFile(String name, String sha256, long bytes) {}
}
