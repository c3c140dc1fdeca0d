package dev.coterie.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Attribute;
import dev.coterie.describe.FactRows;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds the customers who meet every one of some conditions, and writes the conditions into the
 * filter of a fact, so that the rows behind it can be found again.
 */
public final class Conditions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILTER = "chat.filter.having";

    private final Analysis analysis;
    private final Fields fields;

    Conditions(Analysis analysis, Fields fields) {
        this.analysis = analysis;
        this.fields = fields;
    }

    /**
     * @param whose rows to look among
     * @return ascending
     */
    int[] rows(List<Filter> filters, IntPredicate whose) {
        boolean[] in = new boolean[analysis.customers().customers()];
        for (int i = 0; i < in.length; i++) in[i] = whose.test(i);
        for (Filter filter : filters) apply(filter, in);
        return IntStream.range(0, in.length).filter(i -> in[i]).toArray();
    }

    private void apply(Filter filter, boolean[] in) {
        if (filter.field().equals(Filter.TEXT)) {
            boolean[] writers = fields.writersOf(filter.value(), in.length);
            boolean wanted = filter.op() != Filter.Op.NOT_EQUAL;
            for (int i = 0; i < in.length; i++) in[i] &= writers[i] == wanted;
            return;
        }
        if (filter.field().equals(Filter.ITEM)) {
            boolean[] buyers = buyersOf(filter.value(), in.length);
            boolean wanted = filter.op() != Filter.Op.NOT_EQUAL;
            for (int i = 0; i < in.length; i++) in[i] &= buyers[i] == wanted;
            return;
        }
        if (filter.field().equals(Filter.RATED)) {
            boolean wanted = filter.op() != Filter.Op.NOT_EQUAL;
            double asked = number(filter.value());
            Filter.Op op = wanted ? filter.op() : Filter.Op.EQUAL;
            boolean[] raters = fields.ratersOf(rating -> op.holds(rating, asked), in.length);
            for (int i = 0; i < in.length; i++) in[i] &= raters[i] == wanted;
            return;
        }
        if (filter.field().equals(Filter.OUTLIER)) {
            boolean[] outlier = analysis.segmentation().outlier();
            boolean wanted = filter.op() != Filter.Op.NOT_EQUAL;
            for (int i = 0; i < in.length; i++) in[i] &= outlier[i] == wanted;
            return;
        }
        double[] values = attribute(filter.field()).values();
        double right = number(filter.value());
        for (int i = 0; i < in.length; i++) {
            in[i] &= !Double.isNaN(values[i]) && filter.op().holds(values[i], right);
        }
    }

    /** Customers with an event about an item whose name has the words. */
    private boolean[] buyersOf(String words, int customers) {
        var events = analysis.customers().events();
        boolean[] meant = new boolean[events.items().size()];
        for (int i = 0; i < meant.length; i++)
            meant[i] = Fields.isNamed(events.items().get(i), words);
        var out = new boolean[customers];
        for (int e = 0; e < events.count(); e++) {
            int item = events.item()[e];
            if (item >= 0 && meant[item]) out[events.customer()[e]] = true;
        }
        return out;
    }

    Attribute attribute(String key) {
        return fields.get(key).orElseThrow(() -> new ToolRefusal("no_field"));
    }

    static double number(String value) {
        String plain = value.strip().toLowerCase(Locale.ROOT);
        if (plain.equals("yes") || plain.equals("true")) return 1;
        if (plain.equals("no") || plain.equals("false")) return 0;
        try {
            return Double.parseDouble(plain);
        } catch (NumberFormatException e) {
            throw new ToolRefusal("field_value");
        }
    }

    /**
     * The filter of a fact about those who meet the conditions.
     *
     * @param whose what the fact is of without them
     * @param segment number, or 0 for all customers
     * @param words the conditions as people say them
     */
    static Message filter(Message whose, int segment, String words, List<Filter> filters) {
        if (filters.isEmpty()) return whose;
        try {
            return Message.of(
                    FILTER,
                    "whose",
                    whose,
                    "filters",
                    words,
                    "segment",
                    segment,
                    "conditions",
                    JSON.writeValueAsString(filters));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // texts and an enum can always be written
        }
    }

    /**
     * The rows behind a fact of an answer or of a run.
     *
     * @return as {@link FactRows#of}
     */
    public static Optional<FactRows> behind(Analysis analysis, Fact fact) {
        if (!fact.filter().key().equals(FILTER)) return FactRows.of(analysis, fact);
        int segment = ((Number) fact.filter().arguments().get("segment")).intValue();
        int[] labels = analysis.segmentation().labels();
        IntPredicate whose = segment == 0 ? i -> true : i -> labels[i] == segment - 1;
        int[] rows =
                new Conditions(analysis, new Fields(analysis)).rows(filters(fact.filter()), whose);
        return Optional.of(new FactRows(FactRows.Kind.CUSTOMER, rows))
                .filter(found -> rows.length == fact.n());
    }

    private static List<Filter> filters(Message filter) {
        try {
            String conditions = (String) filter.arguments().get("conditions");
            return JSON.readValue(conditions, new TypeReference<List<Filter>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a fact's conditions cannot be read", e);
        }
    }
}
