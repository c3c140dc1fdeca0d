package dev.coterie.proof;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.words.Sense;
import dev.coterie.words.WordList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A turn of phrase that claims more or less of a measure than others have: "buy often", 很少购买.
 *
 * @param words as a person would write it
 * @param measure last part of the key of the fact's label, or the column it is about
 * @param more true if it claims more
 */
record Polarity(Pattern words, String measure, boolean more) {
    /** Every known turn of phrase, from {@code polarity.tsv}. */
    static final List<Polarity> ALL = read("polarity.tsv");

    private static final Pattern MORE =
            Pattern.compile(
                    "(?i)\\b(?:more (?:often|than|common)|higher|above|exceeds?|greater)\\b"
                            + "|高于|多于|更高|更多|更常|超过|高出");
    private static final Pattern LESS =
            Pattern.compile(
                    "(?i)\\b(?:less (?:often|than|common)|fewer|lower|below|rarer|only)\\b"
                            + "|低于|少于|更低|更少|偏少|较少|只有|只占|只见于|不到");

    private static final Pattern NEGATED =
            Pattern.compile(
                    "(?i)what they are not|are not the ones who|do not count among|less common here are|fewer of them"
                            + "|算不上|并不属于|较少见|的人偏少|的人极少|的人在这里占");

    /** What a clause claims of the segment against others in general. */
    enum Claim {
        NONE,
        MORE,
        LESS,
        /** Both at once, which cannot be so of a single comparison. */
        CONTRADICTION
    }

    static Claim general(String clause) {
        String plain = clause.replaceAll("(?i)what is more", " ");
        boolean more = MORE.matcher(plain).find();
        boolean less = LESS.matcher(plain).find();
        if (more) return less ? Claim.CONTRADICTION : Claim.MORE;
        return less ? Claim.LESS : Claim.NONE;
    }

    /** True if a sentence says what customers are not. */
    static boolean negated(String sentence) {
        return NEGATED.matcher(sentence).find();
    }

    /** True if a fact is about this measure. */
    boolean about(Fact fact) {
        String key = fact.measure().key();
        boolean plain = key.equals("describe.label.plain");
        boolean since = key.equals("describe.label.since");
        if (!plain && !since) {
            return key.equals("describe.label." + measure)
                    || key.equals("describe.label.bought." + measure);
        }
        if (!(fact.measure().arguments().get("column") instanceof Message column)) return false;
        String name = column.in(Language.ENGLISH);
        return switch (measure) {
            case "age" -> (plain ? Sense.ofNumber(name) : Sense.ofAge(name)) == Sense.AGE;
            case "rating" -> plain && Sense.ofNumber(name) == Sense.RATING;
            case "since" -> (plain ? Sense.ofNumber(name) : Sense.ofAge(name)) == Sense.TENURE;
            default -> false;
        };
    }

    static List<Polarity> read(String file) {
        return WordList.lines(file).stream()
                .map(l -> l.split("\t"))
                .map(
                        f ->
                                new Polarity(
                                        Pattern.compile("(?i)" + f[0]),
                                        f[1],
                                        f[2].strip().equals("+")))
                .toList();
    }
}
