package dev.coterie.prepare;

import java.util.List;
import java.util.Map;

/**
 * A customer as a caller of the API describes it; every part may be empty.
 *
 * @param profile column name to text, number, boolean or null
 */
public record CustomerInput(
        String id, Map<String, Object> profile, List<TextInput> texts, List<EventInput> events) {
    /**
     * @param at ISO date or date-time, or null
     */
    public record TextInput(String source, String text, String at, Double rating) {}

    /**
     * @param at ISO date or date-time, or null
     */
    public record EventInput(String name, String at, Double value, String item) {}
}
