package dev.coterie.describe;

import dev.coterie.words.Lexicon;
import dev.coterie.words.Sense;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Ranks what is worth saying of each segment, and leaves out what says the same twice. */
final class Traits {
    private static final double SAME = 0.85;

    /** Said of a person once, whichever column it was read from. */
    private static final Set<Sense> ONCE =
            Set.of(Sense.TENURE, Sense.AGE, Sense.BORN, Sense.RATING, Sense.COMPLAINS);

    private final Likeness likeness;
    private final List<List<Comparison>> compared;
    private final List<List<Theme>> themes;

    Traits(List<List<Comparison>> compared, List<List<Theme>> themes, Likeness likeness) {
        this.likeness = likeness;
        this.compared = compared;
        this.themes = themes;
    }

    /** The traits of every cluster, best first, each told once. */
    List<List<Trait>> ranked() {
        return all().stream().map(this::different).toList();
    }

    /** The same with those that say again what a better one says. */
    List<List<Trait>> all() {
        var raw = new ArrayList<List<Trait>>();
        for (int c = 0; c < compared.size(); c++) raw.add(candidates(c));
        return raw.stream().map(own -> sorted(own, t -> novelty(t, own, raw))).toList();
    }

    /**
     * The traits of one cluster, best first, each told once.
     *
     * @param weight takes the place of novelty; those without any are left out
     */
    List<Trait> ranked(int cluster, ToDoubleFunction<Trait> weight) {
        List<Trait> weighed = sorted(candidates(cluster), weight);
        return different(weighed.stream().filter(t -> t.score() > 0).toList());
    }

    private static List<Trait> sorted(List<Trait> traits, ToDoubleFunction<Trait> weight) {
        return traits.stream()
                .map(t -> t.withScore(t.score() * weight.applyAsDouble(t)))
                .sorted(
                        Comparator.comparingDouble((Trait t) -> -t.score())
                                .thenComparing(Trait::key))
                .toList();
    }

    private List<Trait> candidates(int cluster) {
        var out = new ArrayList<Trait>();
        for (Comparison c : compared.get(cluster)) {
            // "Busier early on" must be so in itself, not only next to the others.
            boolean trend = c.attribute().sense() == Sense.TREND;
            if (trend && c.higher() != c.here() > 0.5) continue;
            double trueOf = 1;
            if (c.attribute().kind() == Difference.Kind.SHARE) {
                trueOf = Math.min(1, (c.higher() ? c.here() : 1 - c.here()) / 0.6);
            }
            double score = c.strength() * c.confidence() * trueOf * weight(c.attribute().sense());
            out.add(
                    new Trait(
                            c.attribute().key(),
                            c.higher(),
                            score,
                            Optional.of(c),
                            Optional.empty()));
        }
        for (Theme t : themes.get(cluster)) {
            double trueOf = Math.min(1, 0.3 + t.share());
            double score = t.strength() * t.confidence() * trueOf * weight(t);
            out.add(new Trait("word:" + t.word(), true, score, Optional.empty(), Optional.of(t)));
        }
        return out;
    }

    /** How telling a kind of attribute is in the mouth of a marketer. */
    private static double weight(Sense sense) {
        return switch (sense) {
            case RECENCY, FREQUENCY, TOTAL -> 1.2;
            case TENURE, PLAN, PRODUCT -> 1.1;
            case RATING, CHANNEL, RECOMMEND, COMPLAINS -> 1.0;
            case AGE, BORN, INCOME, SPEND, PLACE, BASKET, RETURNS, CATEGORY, PAYMENT, SENIOR -> 0.9;
            case GENDER, NUMBER, EVENT, STATE -> 0.8;
            case FLAG, NEWSLETTER, TREND -> 0.75;
            case WEEKEND, SINCE -> 0.5;
            case ITEM -> 0.4;
        };
    }

    private static double weight(Theme theme) {
        Optional<Lexicon.Entry> entry = Lexicon.find(theme.word());
        if (entry.isEmpty()) return Words.weak(theme.word()) ? 0.4 : 0.6;
        return switch (entry.get().kind()) {
            case PRODUCT -> 1.3;
            case ASPECT -> 1.15;
            case ACT -> 1.0;
            default -> 0.7;
        };
    }

    /** Less for what many siblings share as strongly. */
    private static double novelty(Trait trait, List<Trait> own, List<List<Trait>> all) {
        int shared = 0;
        for (List<Trait> sibling : all) {
            if (sibling == own) continue;
            for (Trait t : sibling) {
                boolean same = t.key().equals(trait.key()) && t.higher() == trait.higher();
                if (same && t.score() >= 0.7 * trait.score()) shared++;
            }
        }
        return 1 / (1 + 0.6 * shared / Math.max(1.0, Math.sqrt(all.size() / 4.0)));
    }

    private List<Trait> different(List<Trait> sorted) {
        var kept = new ArrayList<Trait>();
        for (Trait trait : sorted) {
            if (kept.stream().noneMatch(k -> repeats(k, trait))) kept.add(trait);
        }
        return kept;
    }

    private boolean repeats(Trait a, Trait b) {
        if (a.theme().isPresent() && b.theme().isPresent()) {
            Optional<Lexicon.Entry> x = Lexicon.find(a.theme().get().word());
            return x.isPresent() && x.equals(Lexicon.find(b.theme().get().word()));
        }
        if (a.theme().isPresent()) return sameProduct(a, b);
        if (b.theme().isPresent()) return sameProduct(b, a);
        Attribute p = a.comparison().orElseThrow().attribute();
        Attribute q = b.comparison().orElseThrow().attribute();
        if (p.sense() == q.sense() && ONCE.contains(p.sense())) return true;
        boolean sameThing = p.sense() == Sense.PRODUCT && q.sense() == Sense.PRODUCT;
        if (sameThing && p.level().equalsIgnoreCase(q.level())) return true;
        boolean sameColumn = p.column().equals(q.column()) && p.sense() != Sense.ITEM;
        if (sameColumn && !(a.higher() && b.higher())) return true;
        return likeness.same(p, q, SAME);
    }

    /** True if the texts speak of the very product that the customers are known to choose. */
    private static boolean sameProduct(Trait theme, Trait other) {
        if (other.sense().orElseThrow() != Sense.PRODUCT || !other.higher()) return false;
        String level = other.comparison().orElseThrow().attribute().level();
        if (level.equalsIgnoreCase(theme.theme().orElseThrow().word())) return true;
        Optional<Lexicon.Entry> product = Lexicon.find(level);
        return product.isPresent()
                && product.equals(Lexicon.find(theme.theme().orElseThrow().word()));
    }
}
