package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Source;
import dev.coterie.describe.Quote;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.References;
import java.util.List;
import java.util.Locale;

/**
 * Makes statements of the messages {@code brief.*}. A statement's id is the key of its message and,
 * where several have the same, what it is about.
 *
 * @param language of the brief
 */
record Statements(Language language) {
    Item data(String key, Object... arguments) {
        return item(Source.DATA, List.of(), key, arguments);
    }

    Item quoted(List<Quote> quotes, String key, Object... arguments) {
        return item(Source.DATA, quotes, key, arguments);
    }

    Item hypothesis(String key, Object... arguments) {
        return item(Source.HYPOTHESIS, List.of(), key, arguments);
    }

    /** A line that a person fills in. */
    Item blank(String key, Object... arguments) {
        Item item = item(Source.HUMAN, List.of(), key, arguments);
        String space = language == Language.CHINESE ? "" : " ";
        return new Item(
                item.id(),
                item.text() + space + Item.BLANK,
                Source.HUMAN,
                List.of(),
                item.facts(),
                List.of(),
                false);
    }

    private Item item(Source source, List<Quote> quotes, String key, Object... arguments) {
        String said = Message.of("brief." + key, arguments).in(language);
        String text = said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1);
        return new Item(key, text, source, quotes, References.ids(text), List.of(), false);
    }

    /** The statement under an id of its own among those of the same message. */
    static Item about(String subject, Item item) {
        return item.called(item.id() + ":" + subject);
    }
}
