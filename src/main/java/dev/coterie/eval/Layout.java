package dev.coterie.eval;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which blocks carry the planted groups, and how. */
enum Layout {
    /**
     * A group shares its theme with one neighbour and its habits with another, so neither texts nor
     * orders alone tell it; the profile leans a little towards the habits.
     */
    CHAIN {
        @Override
        List<Place> places(int groups) {
            int habits = (groups + 1) / 2 + (groups % 2 == 0 ? 0 : 1);
            int round = groups % 2 == 0 ? groups / 2 : habits;
            return of(groups, g -> new Place(g / 2, (g + 1) / 2 % round, (g + 1) / 2 % round));
        }
    },
    /** Every combination of a theme, a habit and a profile: only all three tell a group. */
    GRID {
        @Override
        List<Place> places(int groups) {
            int levels = (int) Math.ceil(Math.cbrt(groups));
            return of(
                    groups, g -> new Place(g % levels, g / levels % levels, g / (levels * levels)));
        }
    },
    /** Texts alone. */
    TEXT {
        @Override
        List<Place> places(int groups) {
            return of(groups, g -> new Place(g, NOWHERE, NOWHERE));
        }
    },
    /** Orders alone. */
    BEHAVIOUR {
        @Override
        List<Place> places(int groups) {
            return of(groups, g -> new Place(NOWHERE, g, NOWHERE));
        }
    },
    /** Profile fields alone. */
    PROFILE {
        @Override
        List<Place> places(int groups) {
            return of(groups, g -> new Place(NOWHERE, NOWHERE, g));
        }
    },
    /** No groups: one broad population, its labels drawn without regard to anything. */
    NONE {
        @Override
        List<Place> places(int groups) {
            return of(groups, g -> new Place(NOWHERE, NOWHERE, NOWHERE));
        }
    };

    /** A block that does not depend on the group. */
    static final int NOWHERE = -1;

    /**
     * Where a group stands in each block, by number of its theme, habit and profile; {@link
     * #NOWHERE} for a block that tells nothing.
     */
    record Place(int theme, int habit, int profile) {}

    /** One place a group. */
    abstract List<Place> places(int groups);

    private static List<Place> of(int groups, IntFunction<Place> place) {
        return IntStream.range(0, groups).mapToObj(place).toList();
    }
}
