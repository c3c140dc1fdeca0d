package dev.coterie.prepare;

import dev.coterie.language.Notice;
import java.util.List;

/**
 * What is good and bad about the data.
 *
 * @param tables row counts of each file
 * @param findings missing, duplicates, outliers, constant columns, ambiguous dates, leakage
 *     suspects and so on
 */
public record QualityReport(List<TableCount> tables, List<Notice> findings) {
    public QualityReport {
        tables = List.copyOf(tables);
        findings = List.copyOf(findings);
    }

    /** Rows of one file: {@code in = kept + merged + rejected}. */
    public record TableCount(String table, long in, long kept, long merged, long rejected) {
        public TableCount {
            if (in != kept + merged + rejected) {
                throw new IllegalStateException("rows of " + table + " do not add up");
            }
        }
    }
}
