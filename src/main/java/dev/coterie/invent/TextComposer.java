package dev.coterie.invent;

import dev.coterie.invent.Grammar.Theme;
import dev.coterie.invent.Grammar.Thing;
import dev.coterie.invent.Grammar.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Composes a customer's text of one to four sentences from the parts of a grammar. */
public final class TextComposer {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

    private final Grammar grammar;
    private final Hand hand;

    public TextComposer(Grammar grammar, Hand hand) {
        this.grammar = grammar;
        this.hand = hand;
    }

    /**
     * @param text what was written
     * @param rating 1..5, in keeping with the text
     */
    public record Written(String text, int rating) {}

    /** What one text is about. */
    private record Subject(Theme theme, boolean bad, boolean mixed, Thing thing) {
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

    /**
     * A text about a thing.
     *
     * @param complaint chance that it is one
     * @param closings last sentences its writer uses
     */
    public Written compose(
            String theme, double complaint, List<String> closings, Thing thing, Draw draw) {
        var subject =
                new Subject(
                        grammar.themes().get(theme),
                        draw.chance(complaint),
                        draw.chance(0.15),
                        thing);
        var spoken = new ArrayList<>(thing.spoken());
        draw.shuffle(spoken);
        var text = new StringBuilder();
        for (String part : parts(closings, subject, draw)) {
            if (text.length() > 0) text.append(grammar.joiner());
            text.append(hand.sentence(fill(part, thing, spoken, draw)));
        }
        return new Written(hand.register(text.toString(), draw), subject.rating(draw));
    }

    /** One sentence about a thing. */
    public String sentence(String part, Thing thing, Draw draw) {
        return hand.sentence(fill(part, thing, new ArrayList<>(thing.spoken()), draw));
    }

    private List<String> parts(List<String> closings, Subject subject, Draw draw) {
        int optional = draw.between(0, 9);
        int length = optional < 1 ? 1 : optional < 8 ? 2 : 3;
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
        if (chosen.contains("closing")) parts.add(draw.one(closings));
        return parts;
    }

    private String opening(Draw draw) {
        var kinds = List.of("warm", "plain", "plain", "brisk");
        return draw.one(grammar.openings().get(draw.one(kinds)));
    }

    private static void addOther(List<String> parts, List<String> choices, Draw draw) {
        String part = draw.one(choices);
        if (!parts.contains(part)) parts.add(part);
    }

    /** Fills the slots; a second mention of the thing uses another of its names. */
    private String fill(String part, Thing thing, List<String> spoken, Draw draw) {
        return SLOT.matcher(part)
                .replaceAll(
                        slot ->
                                Matcher.quoteReplacement(
                                        filling(slot.group(1), thing, spoken, draw)));
    }

    private String filling(String slot, Thing thing, List<String> spoken, Draw draw) {
        if (slot.equals("product")) {
            String name = spoken.remove(0);
            spoken.add(name);
            return name;
        }
        if (slot.equals("material")) return draw.one(thing.made());
        for (String tag : thing.tags()) {
            var special = grammar.words().get(slot + "-" + tag);
            if (special != null) return draw.one(special);
        }
        return draw.one(grammar.words().get(slot));
    }
}
