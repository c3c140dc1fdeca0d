package dev.coterie.eval;

import dev.coterie.invent.CsvFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set with planted groups.
 *
 * @param files customers, texts and orders, linked by the customer id
 * @param truth the planted group of each customer by id, 0..groups-1, or {@link #NOISE}
 */
public record PlantedData(
        PlantedFamily family, long seed, List<CsvFile> files, Map<String, Integer> truth) {
    /** The group of a customer who belongs to none. */
    public static final int NOISE = -1;

    public PlantedData {
        files = List.copyOf(files);
        truth = Collections.unmodifiableMap(new LinkedHashMap<>(truth));
    }

    /** The truth as a file. */
    public CsvFile truthFile() {
        var rows = new ArrayList<List<String>>();
        truth.forEach((id, group) -> rows.add(List.of(id, String.valueOf(group))));
        return CsvFile.of("truth.csv", List.of("customer_id", "planted_segment"), rows);
    }
}
