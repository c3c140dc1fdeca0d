package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.tools.CustomerOrder;
import dev.coterie.tools.CustomerTools;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Filter;
import dev.coterie.tools.Table;
import dev.coterie.words.Sense;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Answers which customers they are: a short list, and how many it leaves out. */
final class CustomerListAnswers {
    private static final int LISTED = 10;

    private final Desk desk;
    private final Understood asked;
    private final Narration told;

    CustomerListAnswers(Desk desk, Understood asked, Narration told) {
        this.desk = desk;
        this.asked = asked;
        this.told = told;
    }

    /** The customers that a question wants in an order, or all of a segment. */
    void listed() {
        var reader = new FieldReader(desk.fields());
        String text = reader.filters(asked.words()).rest().toLowerCase(Locale.ROOT);
        list(OrderReader.in(text, desk.fields(), reader).map(OrderReader.Wanted::order));
    }

    /** Those that meet the conditions of a count, by the figure that the conditions are on. */
    void counted() {
        Optional<CustomerOrder> order =
                asked.filters().stream()
                        .flatMap(f -> desk.fields().get(f.field()).stream().map(a -> by(a, f)))
                        .filter(o -> !Fields.share(o.attribute()))
                        .findFirst();
        list(order.or(this::worth));
    }

    private static CustomerOrder by(Attribute attribute, Filter filter) {
        boolean least = filter.op() == Filter.Op.LESS || filter.op() == Filter.Op.AT_MOST;
        return new CustomerOrder(attribute, least);
    }

    private Optional<CustomerOrder> worth() {
        return desk.fields().all().stream()
                .filter(a -> a.sense() == Sense.TOTAL)
                .findFirst()
                .map(a -> new CustomerOrder(a, false));
    }

    private void list(Optional<CustomerOrder> order) {
        int segment = Understanding.first(asked.segments()).orElse(0);
        var tools = new CustomerTools(desk);
        int all = tools.listed(asked.filters(), segment, order).length;
        if (all == 0) return;
        if (desk.small(all)) {
            told.say("listed_few");
            return;
        }
        OptionalInt wanted = OrderReader.howMany(asked.words());
        int limit = Math.min(Table.MOST_ROWS, Math.max(1, wanted.orElse(LISTED)));
        // The few that would be left out are listed too: "fewer than ten more" tells nothing.
        if (desk.small(Math.max(0, all - limit)) && wanted.isEmpty()) limit = all;
        int shown = Math.min(limit, all);
        int most = limit;
        told.use(
                "search_customers",
                desk.say("tool.search_customers"),
                CustomerTools.searchArgs(asked.filters(), segment, most, order),
                () -> tools.search(asked.filters(), segment, most, order));
        String key = "listed" + (order.isPresent() ? "_by" : "") + (all > shown ? "" : "_all");
        told.say(
                key,
                "shown",
                Narration.ref(figure("listed", shown, all)),
                "more",
                all > shown ? Narration.ref(figure("left out", all - shown, all)) : "",
                "label",
                order.map(o -> CustomerTools.figure(o.attribute(), desk.language())).orElse(""),
                "order",
                order.map(o -> desk.say(o.lowestFirst() ? "order.lowest" : "order.highest"))
                        .orElse(""));
    }

    /** A length of the list, which has enough customers to be told of. */
    private Fact figure(String what, int value, int all) {
        return desk.fact(
                what + " " + value + " " + asked.filters() + " " + asked.segments(),
                Message.of("chat.fact." + what.replace(' ', '_')),
                value,
                Fact.Unit.NUMBER,
                all,
                0,
                "count");
    }

    /**
     * What a question for single customers says besides its conditions and the order it wants them
     * in.
     *
     * @param segments that it names
     * @return empty if it asks for no list; a blank text if the list is all that it asks for
     */
    static Optional<String> beside(IntentRules.Signs signs, List<Integer> segments) {
        if (!QuestionForm.individuals(signs.slots().masked())) return Optional.empty();
        FieldReader.Reading filters = signs.filters();
        String text = filters.rest().toLowerCase(Locale.ROOT);
        var fields = signs.leftovers().fields();
        Optional<OrderReader.Wanted> order = OrderReader.in(text, fields, new FieldReader(fields));
        boolean members = segments.size() == 1 && filters.filters().isEmpty();
        if (order.isEmpty() && !members) return Optional.empty();
        String rest = order.map(OrderReader.Wanted::rest).orElseGet(() -> OrderReader.bare(text));
        return Optional.of(signs.leftovers().of(new FieldReader.Reading(filters.filters(), rest)));
    }
}
