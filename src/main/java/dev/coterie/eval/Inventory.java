package dev.coterie.eval;

import dev.coterie.invent.Grammar;
import dev.coterie.invent.Grammar.Theme;
import dev.coterie.invent.Grammar.Thing;
import dev.coterie.invent.Hand;
import dev.coterie.invent.ResourceYaml;
import dev.coterie.language.Language;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An invented shop of one language: its columns, profile values, and parts of texts.
 *
 * @param until the day on which the files were drawn; nothing happens after it
 * @param columns header of each file
 * @param yesNo how the files spell yes and no, in this order
 * @param chatter sentences that have nothing to do with any theme
 * @param things what texts are about, whatever their theme
 */
record Inventory(
        String until,
        String joiner,
        Map<String, List<String>> columns,
        List<String> yesNo,
        List<String> cities,
        List<String> channels,
        List<String> plans,
        List<String> households,
        List<Thing> things,
        Map<String, List<String>> words,
        Map<String, List<String>> openings,
        List<String> closings,
        List<String> chatter,
        LinkedHashMap<String, Theme> themes) {

    static Inventory of(Language language) {
        String name = language == Language.CHINESE ? "chinese" : "english";
        return ResourceYaml.read("/planted/" + name + ".yaml", Inventory.class);
    }

    static Hand hand(Language language) {
        return language == Language.CHINESE ? Hand.CHINESE : Hand.ENGLISH;
    }

    Grammar grammar() {
        return new Grammar(joiner, words, openings, themes);
    }

    LocalDate untilDate() {
        return LocalDate.parse(until);
    }
}
