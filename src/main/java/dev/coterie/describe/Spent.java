package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.ArrayList;
import java.util.List;

/** Gathers what customers spend much or little on: a lot on fish, sweets and fruit. */
final class Spent {
    private static final int MOST = 3;

    private final Language language;
    private final List<String> things = new ArrayList<>();
    private int place = -1;
    private boolean much;

    Spent(Language language) {
        this.language = language;
    }

    /**
     * Remembers where the first of them stands among the predicates.
     *
     * @param at index of its predicate
     */
    void first(Trait trait, int at) {
        if (place >= 0) return;
        place = at;
        much = trait.higher();
        things.add(thing(trait));
    }

    /** Adds to a predicate that is there already; false if there is none that it fits. */
    boolean add(Trait trait, List<String> predicates) {
        if (place < 0 || much != trait.higher()) return false;
        if (things.size() == MOST) return true;
        things.add(thing(trait));
        String all = PredicateList.joined(things, language);
        String key = "describe.spent." + (much ? "much" : "little");
        predicates.set(place, Message.of(key, "things", all).in(language));
        return true;
    }

    private String thing(Trait trait) {
        String column = trait.comparison().orElseThrow().attribute().column();
        return Form.thing(column, language);
    }
}
