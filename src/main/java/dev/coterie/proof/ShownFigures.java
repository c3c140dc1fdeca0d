package dev.coterie.proof;

import dev.coterie.language.Language;
import dev.coterie.words.English;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds figures in a text as they are shown and makes them references to their facts again.
 *
 * @param smallCount counts below it are shown as withheld
 */
public record ShownFigures(Map<String, Fact> facts, Language language, int smallCount) {
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3})");

    /**
     * The text with references in place of shown figures.
     *
     * @param cited facts of the text, in its order: each stands for one figure
     * @param others facts whose figures may stand in it too; one that is shown like another of them
     *     could be either and is left alone
     */
    public String referenced(String text, Collection<String> cited, Collection<String> others) {
        String out = text;
        var left = new ArrayList<String>();
        int from = 0;
        for (String id : cited) {
            Optional<Match> match = find(out, id, from);
            if (match.isEmpty()) left.add(id);
            else {
                out = match.get().replaced(out, id);
                from = match.get().start() + reference(id).length();
            }
        }
        for (String id : left) out = first(out, id);
        Map<String, Long> times =
                others.stream()
                        .filter(facts::containsKey)
                        .collect(Collectors.groupingBy(this::shown, Collectors.counting()));
        for (String id : others) {
            if (times.getOrDefault(shownOrEmpty(id), 0L) == 1) out = first(out, id);
        }
        return out;
    }

    private String first(String text, String id) {
        return find(text, id, 0).map(m -> m.replaced(text, id)).orElse(text);
    }

    private static String reference(String id) {
        return "{{" + id + "}}";
    }

    private record Match(int start, int end) {
        String replaced(String text, String id) {
            return text.substring(0, start) + reference(id) + text.substring(end);
        }
    }

    /** A figure as it is shown, or as a person types it: spaced, or without a separator. */
    private Optional<Match> find(String text, String id, int from) {
        if (!facts.containsKey(id)) return Optional.empty();
        String shown = shown(id);
        for (String figure : List.of(shown, English.capital(shown))) {
            for (String group : List.of(",", "", "\u00a0", " ")) {
                for (String unit : List.of("%", "\u00a0%", " %")) {
                    String typed = THOUSANDS.matcher(figure).replaceAll(group).replace("%", unit);
                    int at = place(text, typed, from);
                    if (at >= 0) return Optional.of(new Match(at, at + typed.length()));
                }
            }
        }
        return Optional.empty();
    }

    private String shownOrEmpty(String id) {
        return facts.containsKey(id) ? shown(id) : "";
    }

    private String shown(String id) {
        return Figures.show(facts.get(id), language, smallCount);
    }

    /** Where a figure stands as a whole, not within a longer one or within a reference. */
    private static int place(String text, String figure, int from) {
        for (int at = text.indexOf(figure, from); at >= 0; at = text.indexOf(figure, at + 1)) {
            int end = at + figure.length();
            boolean opens = at == 0 || !part(text, at - 1, -1);
            boolean closes = end == text.length() || !part(text, end, 1);
            if (opens && closes) return at;
        }
        return -1;
    }

    private static boolean part(String text, int at, int step) {
        char c = text.charAt(at);
        if (Character.isDigit(c) || c == '×' || c == '<' || c == 'f' && step < 0) return true;
        int next = at + step;
        boolean digit = next >= 0 && next < text.length() && Character.isDigit(text.charAt(next));
        return ".,\u00a0-−".indexOf(c) >= 0 && digit || step > 0 && c == '%';
    }
}
