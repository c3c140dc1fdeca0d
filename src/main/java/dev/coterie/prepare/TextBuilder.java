package dev.coterie.prepare;

import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what customers wrote; one customer's identical texts become one. */
final class TextBuilder {
    private static final long DAY = 86_400;

    /** A text with the row it stands in. */
    private record Written(CustomerText text, TableInput table, int row) {}

    private static final Comparator<Written> SAME_TOGETHER =
            Comparator.<Written>comparingInt(w -> w.text().customer())
                    .thenComparing(w -> w.text().text())
                    .thenComparingLong(w -> w.text().epochDay())
                    .thenComparingDouble(w -> w.text().rating())
                    .thenComparing(w -> w.text().column());

    private static final Comparator<CustomerText> BY_CUSTOMER =
            Comparator.comparingInt(CustomerText::customer)
                    .thenComparingLong(CustomerText::epochDay)
                    .thenComparing(CustomerText::column)
                    .thenComparing(CustomerText::text);

    private final List<Written> written = new ArrayList<>();
    private final Findings findings;
    private final DenyList denied;

    /**
     * @param denied what must not stand in a text
     */
    TextBuilder(Findings findings, DenyList denied) {
        this.findings = findings;
        this.denied = denied;
    }

    void add(TableInput table) {
        List<ColumnSchema> columns = table.with(Role.TEXT);
        if (columns.isEmpty()) return;
        DateCells dates =
                table.with(Role.DATE).stream()
                        .findFirst()
                        .map(schema -> dates(table, schema))
                        .orElse(null);
        NumberCells ratings = table.first(Role.RATING).map(NumberCells::of).orElse(null);
        for (ColumnSchema schema : columns) {
            RawColumn column = table.column(schema);
            for (int row = 0; row < table.rows(); row++) {
                if (!table.kept(row) || column.cell(row).isBlank()) continue;
                long second = dates == null ? Long.MIN_VALUE : dates.at(row);
                var text =
                        new CustomerText(
                                table.customer(row),
                                denied.mask(column.cell(row)),
                                table.name(),
                                schema.name(),
                                table.line(row),
                                second == Long.MIN_VALUE ? second : Math.floorDiv(second, DAY),
                                ratings == null ? Double.NaN : ratings.at(row));
                written.add(new Written(text, table, row));
            }
        }
    }

    private DateCells dates(TableInput table, ColumnSchema schema) {
        DateCells cells = DateCells.of(table.column(schema), schema);
        // A profile date is reported where it becomes an age, an event date with the events.
        if (table.datesRows() && !table.events()) cells.report(table, findings);
        return cells;
    }

    List<CustomerText> build() {
        written.sort(SAME_TOGETHER);
        var texts = new ArrayList<CustomerText>();
        long merged = 0;
        CustomerText last = null;
        for (Written next : written) {
            CustomerText text = next.text();
            boolean repeat =
                    last != null
                            && last.customer() == text.customer()
                            && last.text().equals(text.text());
            if (repeat) {
                merged++;
                mergeRow(next);
            } else {
                texts.add(text);
                last = text;
            }
        }
        if (merged > 0) findings.step("merge_texts", merged);
        texts.sort(BY_CUSTOMER);
        return texts;
    }

    /** A row that gave nothing but the repeated text is merged with it. */
    private static void mergeRow(Written repeat) {
        TableInput table = repeat.table();
        boolean onlyText =
                table.severalRows()
                        && !table.events()
                        && table.with(Role.TEXT).size() == 1
                        && table.profile().stream().allMatch(c -> c.role() == Role.RATING);
        if (onlyText) table.fate(repeat.row(), TableInput.Fate.MERGED);
    }
}
