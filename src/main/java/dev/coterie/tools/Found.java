package dev.coterie.tools;

import dev.coterie.proof.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what one tool call finds. Not thread-safe. */
public final class Found {
    private final Map<String, Fact> facts = new LinkedHashMap<>();
    private final List<Quotation> quotes = new ArrayList<>();
    private Optional<Table> table = Optional.empty();
    private Optional<String> view = Optional.empty();
    private Optional<Proposal> proposal = Optional.empty();

    Fact add(Fact fact) {
        facts.put(fact.id(), fact);
        return fact;
    }

    Optional<Fact> add(Optional<Fact> fact) {
        fact.ifPresent(this::add);
        return fact;
    }

    public void quote(Quotation quotation) {
        quotes.add(quotation);
    }

    void table(String title, List<String> columns, List<List<Table.Cell>> rows) {
        table = Optional.of(new Table(title, columns, rows, rows.size()));
    }

    void view(String page) {
        view = Optional.of(page);
    }

    void propose(Proposal change) {
        proposal = Optional.of(change);
    }

    Optional<Proposal> proposal() {
        return proposal;
    }

    List<Fact> facts() {
        return new ArrayList<>(facts.values());
    }

    List<Quotation> quotes() {
        return quotes;
    }

    Optional<Table> table() {
        return table;
    }

    Optional<String> view() {
        return view;
    }
}
