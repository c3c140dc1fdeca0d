package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.segment.Segmentation;
import dev.coterie.words.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Names made of what texts are about, where there is nothing but texts to go by.
 *
 * @param kinds what kind of writing each segment's texts are; empty where more is known of the
 *     customers
 */
record TopicNames(List<String> kinds) {
    static TopicNames of(
            CustomerTable customers, Segmentation segmentation, List<Attribute> attributes) {
        boolean textOnly =
                attributes.stream()
                        .allMatch(a -> a.sense() == Sense.RATING || a.sense() == Sense.COMPLAINS);
        if (!textOnly) return new TopicNames(List.of());
        List<CustomerText> texts = customers.texts();
        boolean rated = texts.stream().anyMatch(t -> !Double.isNaN(t.rating()));
        String column = Quotes.column(texts);
        return new TopicNames(
                IntStream.range(0, segmentation.k())
                        .mapToObj(c -> Quotes.textsOf(texts, segmentation.labels(), c))
                        .map(own -> Topics.kind(own, column, rated))
                        .toList());
    }

    /**
     * @param themes of each segment
     */
    List<List<String>> ofSegments(List<List<Theme>> themes, Language language) {
        var out = new ArrayList<List<String>>();
        for (int c = 0; c < themes.size(); c++) {
            out.add(
                    kinds.isEmpty()
                            ? List.of()
                            : Topics.names(themes.get(c), kinds.get(c), language));
        }
        return out;
    }

    /** Names of one branch by the themes that hold throughout it. */
    List<String> ofBranch(List<Integer> segments, List<Trait> traits, Language language) {
        List<Theme> themes = traits.stream().flatMap(t -> t.theme().stream()).toList();
        if (kinds.isEmpty() || themes.isEmpty()) return List.of();
        List<String> own = segments.stream().map(kinds::get).distinct().toList();
        return Topics.names(themes, own.size() == 1 ? own.get(0) : "messages", language);
    }
}
