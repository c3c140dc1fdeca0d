package dev.coterie.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.coterie.collect.Collected;
import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.FileFormat;
import dev.coterie.collect.Reject;
import dev.coterie.collect.TableSchema;
import dev.coterie.language.Notice;
import dev.coterie.prepare.QualityReport;
import dev.coterie.prepare.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What reading and cleaning found in a dataset, kept so that showing it reads no file.
 *
 * @param warnings of reading and of the quality check
 * @param rejected number of refused rows
 * @param firstRejects the first of them
 * @param refusal why a run would be refused for its data
 */
public record DatasetSummary(
        List<Table> tables,
        List<Collected.Link> links,
        List<Notice> warnings,
        QualityReport quality,
        List<Recipe.Step> steps,
        long rejected,
        List<Reject> firstRejects,
        long customers,
        long texts,
        long events,
        Optional<Failure> refusal) {
    public DatasetSummary {
        tables = List.copyOf(tables);
        links = List.copyOf(links);
        warnings = List.copyOf(warnings);
        steps = List.copyOf(steps);
        firstRejects = List.copyOf(firstRejects);
    }

    /** One table: how it was read and what its columns mean. */
    public record Table(
            String name, boolean customerTable, FileFormat format, TableSchema schema) {}

    /** A column that needs a decision. */
    public record Undecided(String table, ColumnSchema column) {}

    /** Columns that a person must decide before a run. */
    @JsonIgnore
    public List<Undecided> undecided() {
        var open = new ArrayList<Undecided>();
        for (Table table : tables) {
            for (ColumnSchema column : table.schema().columns()) {
                if (column.undecided() && !column.confirmed()) {
                    open.add(new Undecided(table.name(), column));
                }
            }
        }
        return open;
    }
}
