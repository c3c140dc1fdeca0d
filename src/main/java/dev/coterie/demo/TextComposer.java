package dev.coterie.demo;

import dev.coterie.demo.Shop.Group;
import dev.coterie.demo.Shop.Product;
import dev.coterie.demo.Shop.Theme;
import dev.coterie.demo.Shop.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Composes a customer's text of one to four sentences from the shop's parts. */
final class TextComposer {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

    private final Shop shop;
    private final Hand hand;

    TextComposer(Shop shop, Hand hand) {
        this.shop = shop;
        this.hand = hand;
    }

    /**
     * @param text what was written
     * @param rating 1..5, in keeping with the text
     */
    record Written(String text, int rating) {}

    /** What one text is about. */
    private record Subject(Theme theme, boolean bad, boolean mixed, Product product) {
        Tone tone() {
            return bad ? theme.bad() : theme.good();
        }

        Tone detailTone() {
            return bad == mixed ? theme.good() : theme.bad();
        }

        int rating(Draw draw) {
            if (mixed) return draw.chance(0.6) ? 3 : bad ? 2 : 4;
            if (bad) return draw.chance(0.45) ? 1 : draw.chance(0.8) ? 2 : 3;
            return draw.chance(0.6) ? 5 : 4;
        }
    }

    /** A text of a group's member about a product. */
    Written compose(Group group, String themeName, Product product, Draw draw) {
        var subject =
                new Subject(
                        shop.themes().get(themeName),
                        draw.chance(group.bad().getOrDefault(themeName, 0.3)),
                        draw.chance(0.15),
                        product);
        var spoken = new ArrayList<>(product.spoken());
        draw.shuffle(spoken);
        var text = new StringBuilder();
        for (String part : parts(group, subject, draw)) {
            if (text.length() > 0) text.append(shop.joiner());
            text.append(hand.sentence(fill(part, subject.product(), spoken, draw)));
        }
        return new Written(hand.register(text.toString(), draw), subject.rating(draw));
    }

    private List<String> parts(Group group, Subject subject, Draw draw) {
        int optional = draw.between(0, 9);
        int length = optional < 1 ? 1 : optional < 5 ? 2 : optional < 8 ? 3 : 4;
        var extras = new ArrayList<>(List.of("opening", "detail", "detail", "story", "closing"));
        draw.shuffle(extras);
        var chosen = extras.subList(0, length - 1);
        var parts = new ArrayList<String>();
        if (chosen.contains("opening")) parts.add(opening(draw));
        parts.add(draw.one(subject.tone().story()));
        if (chosen.contains("story")) addOther(parts, subject.tone().story(), draw);
        for (String extra : chosen) {
            if (extra.equals("detail")) addOther(parts, subject.detailTone().detail(), draw);
        }
        if (chosen.contains("closing")) parts.add(draw.one(shop.closings().get(group.closing())));
        return parts;
    }

    private String opening(Draw draw) {
        var kinds = List.of("warm", "plain", "plain", "brisk");
        return draw.one(shop.openings().get(draw.one(kinds)));
    }

    private static void addOther(List<String> parts, List<String> choices, Draw draw) {
        String part = draw.one(choices);
        if (!parts.contains(part)) parts.add(part);
    }

    /** Fills the slots; a second mention of the product uses another of its names. */
    private String fill(String part, Product product, List<String> spoken, Draw draw) {
        return SLOT.matcher(part)
                .replaceAll(
                        slot ->
                                Matcher.quoteReplacement(
                                        filling(slot.group(1), product, spoken, draw)));
    }

    private String filling(String slot, Product product, List<String> spoken, Draw draw) {
        if (slot.equals("product")) {
            String name = spoken.remove(0);
            spoken.add(name);
            return name;
        }
        if (slot.equals("material")) return draw.one(product.made());
        for (String tag : product.tags()) {
            var special = shop.words().get(slot + "-" + tag);
            if (special != null) return draw.one(special);
        }
        return draw.one(shop.words().get(slot));
    }
}
