package dev.coterie.eval;

import dev.coterie.invent.Draw;
import dev.coterie.invent.Grammar.Thing;
import dev.coterie.invent.TextComposer;
import dev.coterie.invent.TextComposer.Written;
import dev.coterie.language.Language;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The texts that planted customers write, by theme.
 *
 * <p>One pool serves every family and seed of its language: a seed draws from the pool, so that the
 * vectors of its texts are computed once and cached.
 */
final class TextPool {
    private static final long SEED = 1729;
    private static final Map<Language, Integer> A_THEME =
            new EnumMap<>(Map.of(Language.ENGLISH, 800, Language.CHINESE, 600));
    private static final double COMPLAINTS = 0.45;

    /** Share of texts that also say something unrelated to their theme. */
    private static final double CHATTY = 0.7;

    /** Themes that a text without a theme of its own touches. */
    private static final int MIXED = 3;

    private final Inventory inventory;
    private final TextComposer composer;
    private final Map<String, List<Written>> byTheme = new LinkedHashMap<>();
    private final List<Written> mixed;

    TextPool(Language language, Inventory inventory) {
        this.inventory = inventory;
        this.composer = new TextComposer(inventory.grammar(), Inventory.hand(language));
        int size = A_THEME.get(language);
        var random = new SplittableRandom(SEED);
        for (String theme : inventory.themes().keySet()) {
            var draw = new Draw(random.split());
            byTheme.put(theme, distinct(size, () -> about(theme, draw)));
        }
        var draw = new Draw(random.split());
        mixed = distinct(size, () -> rambling(draw));
    }

    /** Texts whose subject is the theme. */
    List<Written> about(String theme) {
        return byTheme.get(theme);
    }

    /** Texts that wander through several themes, so that they fall into no groups. */
    List<Written> mixed() {
        return mixed;
    }

    private Written about(String theme, Draw draw) {
        Thing thing = draw.one(inventory.things());
        Written written = composer.compose(theme, COMPLAINTS, inventory.closings(), thing, draw);
        String text = written.text();
        for (int i = draw.chance(CHATTY) ? draw.between(1, 2) : 0; i > 0; i--) {
            String chatter = composer.sentence(draw.one(inventory.chatter()), thing, draw);
            text =
                    draw.chance(0.5)
                            ? chatter + inventory.joiner() + text
                            : text + inventory.joiner() + chatter;
        }
        return new Written(text, written.rating());
    }

    private Written rambling(Draw draw) {
        var themes = new ArrayList<>(inventory.themes().keySet());
        draw.shuffle(themes);
        List<Written> pieces =
                themes.subList(0, MIXED).stream().map(theme -> about(theme, draw)).toList();
        return new Written(
                String.join(inventory.joiner(), pieces.stream().map(Written::text).toList()),
                pieces.get(0).rating());
    }

    private static List<Written> distinct(int count, Supplier<Written> source) {
        var seen = new HashSet<String>();
        return Stream.generate(source).filter(w -> seen.add(w.text())).limit(count).toList();
    }
}
