package dev.coterie.demo;

import dev.coterie.invent.CsvFile;
import dev.coterie.language.Language;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A demo project, ready to be imported.
 *
 * @param projectName name of the invented shop
 * @param language of texts, columns and project name
 * @param files customers, reviews and orders, linked by the customer id
 * @param truth the planted group of each customer by id; for tests only, no file shows it
 */
public record DemoData(
        String projectName, Language language, List<CsvFile> files, Map<String, String> truth) {
    public DemoData {
        files = List.copyOf(files);
        truth = Collections.unmodifiableMap(new LinkedHashMap<>(truth));
    }
}
