package dev.coterie.tools;

import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerInput;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.NumberColumn;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One of the run's customers as a caller of the API would describe it, to be changed and placed
 * anew.
 */
public record KnownCustomer(CustomerInput input) {
    private static final long DAY = 86_400;

    /**
     * @param latest epoch second that ages are counted from
     */
    static KnownCustomer of(CustomerTable customers, int row, long latest) {
        return new KnownCustomer(
                new CustomerInput(
                        customers.ids().get(row),
                        profile(customers, row, latest),
                        texts(customers, row),
                        events(customers.events(), row)));
    }

    private static Map<String, Object> profile(CustomerTable customers, int row, long latest) {
        var profile = new LinkedHashMap<String, Object>();
        for (NumberColumn column : customers.numbers()) {
            double value = column.values()[row];
            if (Double.isNaN(value)) continue;
            profile.put(
                    column.name(),
                    switch (column.kind()) {
                        case AGE_DAYS -> Instant.ofEpochSecond(latest - Math.round(value * DAY));
                        case YESNO -> value == 1;
                        case NUMBER, RATING -> value;
                    });
        }
        for (CategoryColumn column : customers.categories()) {
            int code = column.codes()[row];
            if (code >= 0) profile.put(column.name(), column.levels().get(code));
        }
        return profile;
    }

    private static List<CustomerInput.TextInput> texts(CustomerTable customers, int row) {
        var texts = new ArrayList<CustomerInput.TextInput>();
        for (CustomerText text : customers.texts()) {
            if (text.customer() != row) continue;
            boolean dated = text.epochDay() > LocalDate.MIN.toEpochDay();
            texts.add(
                    new CustomerInput.TextInput(
                            text.column(),
                            text.text(),
                            dated ? LocalDate.ofEpochDay(text.epochDay()).toString() : null,
                            Double.isNaN(text.rating()) ? null : text.rating()));
        }
        return texts;
    }

    private static List<CustomerInput.EventInput> events(Events all, int row) {
        var events = new ArrayList<CustomerInput.EventInput>();
        for (int e = 0; e < all.count(); e++) {
            if (all.customer()[e] != row) continue;
            long second = all.epochSecond()[e];
            double value = all.value()[e];
            events.add(
                    new CustomerInput.EventInput(
                            all.name()[e] < 0 ? null : all.names().get(all.name()[e]),
                            second == Long.MIN_VALUE
                                    ? null
                                    : Instant.ofEpochSecond(second).toString(),
                            Double.isNaN(value) ? null : value,
                            all.item()[e] < 0 ? null : all.items().get(all.item()[e])));
        }
        return events;
    }

    private KnownCustomer with(List<CustomerInput.EventInput> events) {
        return new KnownCustomer(
                new CustomerInput(input.id(), input.profile(), input.texts(), events));
    }

    /** The same acts again as often as asked, each at the time of the one it repeats. */
    KnownCustomer moreOften(int times) {
        var events = new ArrayList<CustomerInput.EventInput>();
        for (var event : input.events()) for (int i = 0; i < times; i++) events.add(event);
        return with(events);
    }

    /** Every other act, the newest kept. */
    KnownCustomer halfAsOften() {
        var events = new ArrayList<CustomerInput.EventInput>();
        for (int i = input.events().size() - 1; i >= 0; i -= 2)
            events.add(0, input.events().get(i));
        return with(events);
    }

    /** The same acts with other amounts. */
    KnownCustomer spending(UnaryOperator<Double> amount) {
        return with(
                input.events().stream()
                        .map(
                                e ->
                                        new CustomerInput.EventInput(
                                                e.name(),
                                                e.at(),
                                                e.value() == null ? null : amount.apply(e.value()),
                                                e.item()))
                        .toList());
    }
}
