package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Source;
import dev.coterie.proof.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The appendix: every fact that the brief tells, and who signs for it. */
final class Evidence {
    private Evidence() {}

    static List<Item> items(Collection<Fact> facts, Statements say) {
        var items = new ArrayList<Item>();
        for (Fact f : facts) {
            Item line =
                    say.data(
                            "evidence.line",
                            "what",
                            f.label(),
                            "value",
                            "{{" + f.id() + "}}",
                            "whose",
                            f.filter(),
                            "how",
                            f.formula());
            items.add(Statements.about(f.id(), line));
        }
        items.add(say.blank("signoff"));
        return items;
    }

    /** A figure of the segment, with everyone else's of the same where the brief tells it. */
    record Row(Fact own, Optional<Fact> other) {}

    static List<Row> rows(Collection<Fact> facts) {
        var rows = new ArrayList<Row>();
        Fact previous = null;
        for (Fact fact : facts) {
            if (previous != null && fact.id().equals(next(previous)) && compared(previous, fact)) {
                rows.set(rows.size() - 1, new Row(previous, Optional.of(fact)));
                previous = null;
            } else {
                rows.add(new Row(fact, Optional.empty()));
                previous = fact;
            }
        }
        return rows;
    }

    private static String next(Fact fact) {
        return "f" + (Integer.parseInt(fact.id().substring(1)) + 1);
    }

    private static boolean compared(Fact own, Fact other) {
        return own.label().equals(other.label())
                && own.formula().equals(other.formula())
                && !own.filter().equals(other.filter());
    }

    /** The lines that are not facts. */
    static List<Item> signatures(Brief.Section section) {
        return section.items().stream().filter(i -> i.source() == Source.HUMAN).toList();
    }
}
