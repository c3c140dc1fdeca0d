package dev.coterie.eval;

import dev.coterie.eval.Layout.Place;
import dev.coterie.eval.PlantedCustomer.Order;
import dev.coterie.eval.PlantedCustomer.Text;
import dev.coterie.invent.Draw;
import dev.coterie.invent.TextComposer.Written;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** Invents the customers of one data set: profile, orders and texts as their group has them. */
final class PlantedCustomerMaker {
    /** How much the amounts of one customer vary, on a natural logarithmic scale. */
    private static final double AMOUNT_SPREAD = 0.35;

    /** Nearly everyone falls into one of the halves of a misleading profile. */
    private static final double MISLEADING_FOCUS = 0.95;

    private static final int LONGEST_SILENCE = 520;

    private final PlantedFamily family;
    private final Inventory inventory;
    private final TextPool pool;
    private final List<Place> places;
    private final List<String> themes;
    private final List<Habit> habits;
    private final List<Persona> personas;

    /**
     * @param draw chooses the themes, habits and personas of this data set
     */
    PlantedCustomerMaker(
            PlantedFamily family,
            Inventory inventory,
            TextPool pool,
            List<Place> places,
            Draw draw) {
        this.family = family;
        this.inventory = inventory;
        this.pool = pool;
        this.places = places;
        var allThemes = new ArrayList<>(inventory.themes().keySet());
        draw.shuffle(allThemes);
        this.themes = List.copyOf(allThemes);
        this.habits = Habit.apart(count(Place::habit), draw);
        this.personas =
                Persona.apart(family.misleading() ? 2 : count(Place::profile), inventory, draw);
    }

    private int count(ToIntFunction<Place> block) {
        return places.stream().mapToInt(block).max().orElse(Layout.NOWHERE) + 1;
    }

    /**
     * @param group 0..groups-1, or {@link PlantedData#NOISE} for a customer like no group
     * @param random a generator of this customer's own; each block splits it, so that a change of
     *     one leaves the others as they were
     */
    PlantedCustomer make(String id, int group, SplittableRandom random) {
        var fields = fields(group, new Draw(random.split()));
        var draw = new Draw(random.split());
        Habit habit = habit(group, draw);
        long silence = Math.round(Math.min(LONGEST_SILENCE, Math.exp(habit.recency())));
        LocalDate last = inventory.untilDate().minusDays(silence);
        LocalDate signup = last.minusDays(draw.between(150, 700));
        return new PlantedCustomer(
                id,
                group,
                fields,
                signup,
                orders(habit, signup, last, draw),
                texts(group, signup, new Draw(random.split())));
    }

    private Persona.Fields fields(int group, Draw draw) {
        if (family.misleading()) {
            return draw.one(personas).strongly(MISLEADING_FOCUS, inventory, draw);
        }
        int persona = group == PlantedData.NOISE ? Layout.NOWHERE : places.get(group).profile();
        if (persona == Layout.NOWHERE) return Persona.anyone(inventory, draw);
        return family.layout() == Layout.CHAIN
                ? personas.get(persona).weakly(inventory, draw)
                : personas.get(persona).strongly(family.overlap().focus, inventory, draw);
    }

    private Habit habit(int group, Draw draw) {
        if (habits.isEmpty()) return Habit.common(draw);
        return group == PlantedData.NOISE
                ? Habit.anything(draw)
                : habits.get(places.get(group).habit()).near(family.overlap().spread, draw);
    }

    private static List<Order> orders(Habit habit, LocalDate signup, LocalDate last, Draw draw) {
        long count = Math.max(1, Math.round(Math.exp(habit.orders())));
        int days = (int) (last.toEpochDay() - signup.toEpochDay());
        var orders = new ArrayList<Order>();
        for (int i = 0; i < count; i++) {
            LocalDate date = i == 0 ? last : signup.plusDays(draw.between(0, days));
            orders.add(new Order(date, Math.exp(draw.normal(habit.amount(), AMOUNT_SPREAD))));
        }
        return List.copyOf(orders);
    }

    private List<Text> texts(int group, LocalDate signup, Draw draw) {
        var texts = new ArrayList<Text>();
        int days = (int) (inventory.untilDate().toEpochDay() - signup.toEpochDay());
        int count = draw.chance(family.silent()) ? 0 : texts(draw);
        for (int i = 0; i < count; i++) {
            Written written = draw.one(candidates(group, draw));
            texts.add(new Text(signup.plusDays(draw.between(0, days)), written));
        }
        return List.copyOf(texts);
    }

    private static int texts(Draw draw) {
        int dice = draw.between(1, 100);
        return dice <= 45 ? 1 : dice <= 80 ? 2 : dice <= 94 ? 3 : 4;
    }

    private List<Written> candidates(int group, Draw draw) {
        if (count(Place::theme) == 0) return pool.mixed();
        boolean strays = group == PlantedData.NOISE || draw.chance(family.overlap().stray);
        return pool.about(strays ? draw.one(themes) : themes.get(places.get(group).theme()));
    }
}
