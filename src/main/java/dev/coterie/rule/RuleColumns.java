package dev.coterie.rule;

import dev.coterie.language.Message;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.words.Humanise;
import dev.coterie.words.Lexicon;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fields that a rule may ask about: profile columns and figures of the events that the reader's
 * tables hold. Columns with the roles personal, consent, target, ignore and id never come here: the
 * customer table has none of them.
 */
final class RuleColumns {
    private static final long DAY = 86_400;

    private RuleColumns() {}

    static List<RuleColumn> of(CustomerTable customers, RuleSources sources) {
        var columns = new ArrayList<RuleColumn>();
        for (NumberColumn column : customers.numbers()) {
            if (!Humanise.meaningless(column.name()) && sources.has(column)) {
                columns.add(number(column, sources.asOf()));
            }
        }
        for (CategoryColumn column : customers.categories()) {
            if (!Humanise.meaningless(column.name()) && sources.has(column)) {
                var field = field(column.name(), RuleField.Kind.CATEGORY, Optional.empty());
                columns.add(new RuleColumn.Categories(field, column.levels(), column.codes()));
            }
        }
        if (sources.events() && customers.events().count() > 0) {
            // A profile column of the same name keeps the name.
            figures(customers).stream()
                    .filter(f -> sources.place(f.field().key()).isEmpty())
                    .forEach(columns::add);
        }
        return columns;
    }

    private static RuleColumn number(NumberColumn column, Optional<LocalDate> asOf) {
        String name = column.name();
        return switch (column.kind()) {
            case YESNO ->
                    new RuleColumn.Flags(
                            field(name, RuleField.Kind.YESNO, Optional.empty()), column.values());
            case AGE_DAYS ->
                    new RuleColumn.Numbers(field(name, RuleField.Kind.DATE, asOf), column.values());
            case NUMBER, RATING -> {
                var code = column.code();
                var field =
                        new RuleField(
                                name,
                                RuleField.Kind.NUMBER,
                                Lexicon.column(name),
                                Optional.empty(),
                                code.isPresent()
                                        ? Optional.of(code.getAsDouble())
                                        : Optional.empty());
                yield new RuleColumn.Numbers(field, column.known());
            }
        };
    }

    private static RuleField field(String name, RuleField.Kind kind, Optional<LocalDate> asOf) {
        return new RuleField(name, kind, Lexicon.column(name), asOf);
    }

    private static List<RuleColumn> figures(CustomerTable customers) {
        Events events = customers.events();
        var sums = new Sums(customers);
        var columns = new ArrayList<RuleColumn>();
        boolean buys = events.hasValues();
        columns.add(figure(EventFigure.COUNT, buys, Optional.empty(), sums.count));
        if (Arrays.stream(sums.last).anyMatch(t -> t != Long.MIN_VALUE)) {
            long latest = Math.floorDiv(events.latestEpochSecond(), DAY);
            double[] days = new double[sums.last.length];
            for (int c = 0; c < days.length; c++) {
                boolean never = sums.last[c] == Long.MIN_VALUE;
                days[c] = never ? Double.NaN : latest - Math.floorDiv(sums.last[c], DAY);
            }
            columns.add(
                    figure(
                            EventFigure.RECENCY,
                            buys,
                            Optional.of(LocalDate.ofEpochDay(latest)),
                            days));
        }
        if (buys) {
            columns.add(figure(EventFigure.TOTAL, buys, Optional.empty(), sums.total));
            columns.add(figure(EventFigure.AVERAGE, buys, Optional.empty(), sums.averages()));
            columns.add(figure(EventFigure.RETURNS, buys, Optional.empty(), sums.returnShares()));
        }
        return columns;
    }

    private static RuleColumn figure(
            EventFigure figure, boolean buys, Optional<LocalDate> asOf, double[] values) {
        String of = buys ? "describe.rule.field.bought." : "describe.rule.field.";
        var label = Message.of(of + figure.key());
        return new RuleColumn.Numbers(
                new RuleField(figure.key(), figure.kind(), label, asOf), values);
    }

    /** Events added up by customer; whole days, as a date in a table has no finer unit. */
    private static final class Sums {
        private final double[] count;
        private final double[] total;
        private final double[] spent;
        private final int[] amounts;
        private final int[] returns;
        private final long[] last;

        Sums(CustomerTable customers) {
            int n = customers.customers();
            count = new double[n];
            total = new double[n];
            spent = new double[n];
            amounts = new int[n];
            returns = new int[n];
            last = new long[n];
            Arrays.fill(last, Long.MIN_VALUE);
            Events events = customers.events();
            for (int e = 0; e < events.count(); e++) {
                int c = events.customer()[e];
                count[c]++;
                last[c] = Math.max(last[c], events.epochSecond()[e]);
                double value = events.value()[e];
                if (Double.isNaN(value)) continue;
                total[c] += value;
                if (value < 0) returns[c]++;
                if (value <= 0) continue;
                spent[c] += value;
                amounts[c]++;
            }
        }

        double[] averages() {
            var averages = new double[count.length];
            for (int c = 0; c < averages.length; c++) {
                averages[c] = amounts[c] == 0 ? Double.NaN : spent[c] / amounts[c];
            }
            return averages;
        }

        double[] returnShares() {
            var shares = new double[count.length];
            for (int c = 0; c < shares.length; c++) {
                shares[c] = count[c] == 0 ? Double.NaN : returns[c] / count[c];
            }
            return shares;
        }
    }
}
