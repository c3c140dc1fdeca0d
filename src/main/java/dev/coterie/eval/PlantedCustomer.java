package dev.coterie.eval;

import dev.coterie.invent.TextComposer.Written;
import java.time.LocalDate;
import java.util.List;

/**
 * One planted customer with everything the files say of them.
 *
 * @param group 0..groups-1, or {@link PlantedData#NOISE}
 */
record PlantedCustomer(
        String id,
        int group,
        Persona.Fields fields,
        LocalDate signup,
        List<Order> orders,
        List<Text> texts) {

    record Order(LocalDate date, double amount) {}

    record Text(LocalDate date, Written written) {}
}
