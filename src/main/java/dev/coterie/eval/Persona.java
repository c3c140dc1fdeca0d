package dev.coterie.eval;

import dev.coterie.invent.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the members of a group tend to be: the value they share in each profile field.
 *
 * @param age in years
 */
record Persona(double age, String channel, String plan, String household) {
    private static final double[] AGES = {24, 36, 48, 60};
    private static final double COMMON_AGE = 42;
    private static final double WIDE = 12;

    /** The profile fields of one customer. */
    record Fields(int age, String city, String channel, String plan, String household) {}

    /** Personas that share no value for as long as the values last. */
    static List<Persona> apart(int count, Inventory inventory, Draw draw) {
        var channels = shuffled(inventory.channels(), draw);
        var plans = shuffled(inventory.plans(), draw);
        var households = shuffled(inventory.households(), draw);
        var ages = shuffled(IntStream.range(0, AGES.length).boxed().toList(), draw);
        return IntStream.range(0, count)
                .mapToObj(
                        p ->
                                new Persona(
                                        AGES[ages.get(p % AGES.length)],
                                        channels.get(p % channels.size()),
                                        plans.get(p % plans.size()),
                                        households.get(p % households.size())))
                .toList();
    }

    /** A member whose every field is the persona's with the chance {@code focus}. */
    Fields strongly(double focus, Inventory inventory, Draw draw) {
        double deviation = WIDE * (1.2 - focus);
        return new Fields(
                age(draw.normal(age, deviation)),
                draw.one(inventory.cities()),
                draw.chance(focus) ? channel : draw.one(inventory.channels()),
                draw.chance(focus) ? plan : draw.one(inventory.plans()),
                draw.chance(focus) ? household : draw.one(inventory.households()));
    }

    /** A member whose age and channel lean towards the persona's. */
    Fields weakly(Inventory inventory, Draw draw) {
        Fields any = anyone(inventory, draw);
        return new Fields(
                age(draw.normal((age + COMMON_AGE) / 2, WIDE)),
                any.city(),
                draw.chance(0.35) ? channel : any.channel(),
                any.plan(),
                any.household());
    }

    /** A customer whose profile tells nothing. */
    static Fields anyone(Inventory inventory, Draw draw) {
        return new Fields(
                age(draw.normal(COMMON_AGE, WIDE)),
                draw.one(inventory.cities()),
                draw.one(inventory.channels()),
                draw.one(inventory.plans()),
                draw.one(inventory.households()));
    }

    private static int age(double years) {
        return (int) Math.round(Math.max(18, Math.min(88, years)));
    }

    private static <T> List<T> shuffled(List<T> values, Draw draw) {
        var shuffled = new ArrayList<>(values);
        draw.shuffle(shuffled);
        return shuffled;
    }
}
