package dev.coterie.describe;

import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.proof.Fact;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows behind a fact, found again from what the fact says of itself: its filter tells whose
 * rows they are, its formula which of those have what it needs.
 *
 * @param rows ascending, from 0
 */
public record FactRows(Kind kind, int[] rows) {
    /** What one row is. */
    public enum Kind {
        CUSTOMER,
        TEXT,
        EVENT,
        SEGMENT;

        /** Small letters. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String FORMULA = "describe.formula.";

    /**
     * @param analysis the run that the fact is of
     * @return empty where the fact's own words do not lead back to exactly its rows, as with a
     *     forecast, or with a condition that stands in its label alone
     */
    public static Optional<FactRows> of(Analysis analysis, Fact fact) {
        FactRows found = new FactRows(kind(fact), found(analysis, fact));
        return Optional.of(found).filter(f -> f.rows().length == fact.n());
    }

    private static Kind kind(Fact fact) {
        return switch (fact.label().key()) {
            case "describe.fact.texts" -> Kind.TEXT;
            case "describe.fact.events" -> Kind.EVENT;
            default -> fact.ofSegments() ? Kind.SEGMENT : Kind.CUSTOMER;
        };
    }

    private static int[] found(Analysis analysis, Fact fact) {
        CustomerTable customers = analysis.customers();
        return switch (kind(fact)) {
            case TEXT -> all(customers.texts().size());
            case EVENT -> all(customers.events().count());
            case SEGMENT -> all(analysis.segmentation().k());
            case CUSTOMER -> {
                IntPredicate whose = whose(analysis, fact);
                IntPredicate has = has(analysis, fact);
                yield IntStream.range(0, customers.customers()).filter(whose.and(has)).toArray();
            }
        };
    }

    private static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static IntPredicate whose(Analysis analysis, Fact fact) {
        boolean ofAll = fact.formula().key().equals(FORMULA + "of_all");
        int[] labels = analysis.segmentation().labels();
        if (!ofAll && fact.segment() == Fact.SEVERAL) return ofBranch(analysis, fact);
        Object named = fact.filter().arguments().get("segment");
        if (fact.filter().key().equals("describe.filter.all_outliers")) {
            return i -> analysis.segmentation().outlier()[i];
        }
        if (ofAll || !(named instanceof Number segment)) return i -> true;
        int label = segment.intValue() - 1;
        boolean others = fact.filter().key().equals("describe.filter.others");
        boolean[] outlier = analysis.segmentation().outlier();
        boolean far = fact.filter().key().equals("describe.filter.outliers");
        return i -> labels[i] == label != others && (!far || outlier[i]);
    }

    private static IntPredicate ofBranch(Analysis analysis, Fact fact) {
        int[] labels = analysis.segmentation().labels();
        boolean others = fact.filter().key().equals("describe.filter.branch_others");
        return analysis.description()
                .branchOf(fact)
                .<IntPredicate>map(b -> i -> b.segments().contains(labels[i] + 1) != others)
                .orElse(i -> false);
    }

    /** True for the customers who have the value, or the text, that the formula needs. */
    private static IntPredicate has(Analysis analysis, Fact fact) {
        CustomerTable customers = analysis.customers();
        return switch (fact.formula().key()) {
            case FORMULA + "word", FORMULA + "lift" -> {
                boolean[] writers = new boolean[customers.customers()];
                customers.texts().forEach(text -> writers[text.customer()] = true);
                yield i -> writers[i];
            }
            case FORMULA + "mean", FORMULA + "median", FORMULA + "share", FORMULA + "quantile" ->
                    Stream.concat(
                                    Attributes.of(customers).stream(),
                                    Attributes.targets(customers).stream())
                            .filter(a -> a.label().equals(attribute(fact)))
                            .findFirst()
                            .<IntPredicate>map(a -> i -> !Double.isNaN(a.values()[i]))
                            .orElse(i -> false);
            default -> i -> true;
        };
    }

    /** The label of the attribute whose figure it is: a quartile names it within its own. */
    private static Message attribute(Fact fact) {
        boolean quantile = fact.formula().key().equals(FORMULA + "quantile");
        Object within = fact.label().arguments().get("label");
        return quantile && within instanceof Message m ? m : fact.measure();
    }
}
