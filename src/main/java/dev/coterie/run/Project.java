package dev.coterie.run;

import dev.coterie.language.Language;
import dev.coterie.store.Row;
import java.util.Optional;

/**
 * A workspace of one team.
 *
 * @param slug its name in addresses, unique
 * @param demo true if it came with the program
 * @param createdAt RFC 3339 UTC
 * @param publishedRun the run that answers
 */
public record Project(
        String id,
        String slug,
        String name,
        Language language,
        boolean demo,
        String createdAt,
        Optional<String> publishedRun) {
    /** Changes with what people change: the name. */
    public String etag() {
        return NameTag.of(name);
    }

    static Project of(Row row) {
        return new Project(
                row.text("id"),
                row.text("slug"),
                row.text("name"),
                Language.of(row.text("language")),
                row.flag("demo"),
                row.text("created_at"),
                row.optionalText("published_run"));
    }
}
