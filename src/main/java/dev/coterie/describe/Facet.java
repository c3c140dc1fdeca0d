package dev.coterie.describe;

import dev.coterie.words.Lexicon;
import dev.coterie.words.Sense;
import java.util.List;
import java.util.Optional;

/** Which traits stand well beside each other in a name, and in what order. */
final class Facet {
    /** Recency, frequency and spending together say how good a customer is, each in its way. */
    private static final double SAME_SIDE = 0.8;

    private static final double TWO_SIDES = 1.12;

    /** To be happy or unhappy with a thing tells more than to speak of it. */
    private static final double FELT = 1.15;

    /** Of so many customers a name may speak as of all. */
    private static final double NEARLY_ALL = 0.75;

    private Facet() {}

    /** True if the second says nearly what the first says, or takes it back. */
    static boolean clash(Trait a, Trait b) {
        if (family(a).equals(family(b))) return true;
        return judgement(a) * judgement(b) < 0;
    }

    /** True if two values of one column are the choice of nearly all, and neither is by itself. */
    static boolean pair(Trait a, Trait b) {
        if (!chosen(a) || !chosen(b)) return false;
        Comparison x = a.comparison().orElseThrow();
        Comparison y = b.comparison().orElseThrow();
        return x.attribute().column().equals(y.attribute().column())
                && Math.max(x.here(), y.here()) < NEARLY_ALL
                && x.here() + y.here() >= NEARLY_ALL;
    }

    private static boolean chosen(Trait trait) {
        return trait.higher() && trait.sense().filter(Sense.PRODUCT::equals).isPresent();
    }

    /** True if the opinion is in the words of another trait already: unhappy with the fit. */
    static boolean implied(Trait opinion, List<Trait> chosen) {
        if (opinion.theme().isPresent() || judgement(opinion) == 0) return false;
        return chosen.stream()
                .anyMatch(t -> t.theme().isPresent() && judgement(t) == judgement(opinion));
    }

    /** More for a name that tells of two sides of its customers, less for one that repeats. */
    static double variety(List<Trait> chosen) {
        double factor = 1;
        boolean said = chosen.stream().anyMatch(Facet::thing);
        boolean done = chosen.stream().anyMatch(t -> !thing(t));
        if (said && done) factor *= TWO_SIDES;
        if (chosen.stream().anyMatch(t -> t.theme().isPresent() && judgement(t) != 0)) {
            factor *= FELT;
        }
        for (int i = 0; i < chosen.size(); i++) {
            for (int j = i + 1; j < chosen.size(); j++) {
                if (standing(chosen.get(i)) * standing(chosen.get(j)) > 0) factor *= SAME_SIDE;
            }
        }
        return factor;
    }

    /** Where an adjective stands: opinion, age, then how they buy. */
    static int place(Trait trait) {
        return switch (trait.sense().orElse(Sense.CATEGORY)) {
            case RATING, RECOMMEND, COMPLAINS -> 0;
            case AGE, BORN, GENDER, INCOME -> 1;
            case TREND, RECENCY -> 2;
            case TENURE -> 3;
            case FREQUENCY -> 4;
            case TOTAL, BASKET -> 5;
            case RETURNS, WEEKEND -> 6;
            default -> 7;
        };
    }

    private static boolean thing(Trait trait) {
        if (trait.theme().isEmpty()) {
            return trait.sense().get() == Sense.PRODUCT || trait.sense().get() == Sense.SPEND;
        }
        Optional<Lexicon.Entry> entry = Lexicon.find(trait.theme().get().word());
        return entry.map(e -> e.kind() == Lexicon.Kind.PRODUCT || e.kind() == Lexicon.Kind.ASPECT)
                .orElse(false);
    }

    /** True if both tell of the same product, and of people equally content with it. */
    static boolean sameOffer(List<Trait> a, List<Trait> b) {
        Optional<String> product = a.stream().filter(Facet::product).map(Facet::named).findFirst();
        return product.isPresent()
                && b.stream()
                        .filter(Facet::product)
                        .map(Facet::named)
                        .anyMatch(product.get()::equals)
                && mood(a) == mood(b);
    }

    private static boolean product(Trait trait) {
        if (trait.theme().isEmpty()) return trait.sense().get() == Sense.PRODUCT;
        return Lexicon.find(trait.theme().get().word())
                .filter(e -> e.kind() == Lexicon.Kind.PRODUCT)
                .isPresent();
    }

    /** A product as the glossary calls it, whether its buyers or its category say so. */
    private static String named(Trait trait) {
        String word =
                trait.theme()
                        .map(Theme::word)
                        .orElseGet(() -> trait.comparison().orElseThrow().attribute().level());
        return Lexicon.find(word).map(Lexicon.Entry::english).orElse(word);
    }

    private static int mood(List<Trait> traits) {
        return Integer.signum(traits.stream().mapToInt(Facet::judgement).sum());
    }

    /** 1 for good customers, -1 for others, 0 for what says nothing about it. */
    private static int standing(Trait trait) {
        int side = trait.higher() ? 1 : -1;
        return switch (trait.sense().orElse(Sense.CATEGORY)) {
            case RECENCY -> -side;
            case FREQUENCY, TOTAL, TREND -> side;
            default -> 0;
        };
    }

    /** 1 for what tells of satisfaction, -1 of dissatisfaction, 0 of neither. */
    private static int judgement(Trait trait) {
        if (trait.theme().isPresent()) {
            boolean aspect =
                    Lexicon.find(trait.theme().get().word())
                            .filter(e -> e.kind() == Lexicon.Kind.ASPECT)
                            .isPresent();
            if (!aspect) return 0;
            return switch (trait.theme().get().feeling()) {
                case PLEASED -> 1;
                case DISPLEASED -> -1;
                case NEUTRAL -> 0;
            };
        }
        return switch (trait.sense().get()) {
            case RATING, RECOMMEND -> trait.higher() ? 1 : -1;
            case COMPLAINS -> trait.higher() ? -1 : 1;
            default -> 0;
        };
    }

    /** Traits of one family say nearly the same. */
    private static String family(Trait trait) {
        if (trait.sense().isEmpty()) {
            String word = trait.theme().orElseThrow().word();
            return Lexicon.find(word).map(e -> "theme" + e.kind()).orElse("theme");
        }
        return switch (trait.sense().get()) {
            case RECENCY, TREND -> "lately";
            case TOTAL, BASKET -> "value";
            case RATING, RECOMMEND, COMPLAINS -> "opinion";
            case AGE, BORN, SENIOR -> "age";
            case PRODUCT, SPEND -> "themePRODUCT";
            default -> trait.sense().get().word();
        };
    }
}
