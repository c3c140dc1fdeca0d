package dev.coterie.chat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditions that a question denies: "not older than 40" asks for those of at most 40. */
final class Denial {
    static final String WORD = "(?:\\b(?:not|never)\\b|n't\\b)";

    /** "No more than" is a comparison; "do not have more than" is one turned round. */
    private static final Pattern DENIED =
            Pattern.compile(
                    WORD
                            + "((?:\\s+(?:have|has|had|own|spend|spent|place|placed|make|made|buy|bought|order|ordered|pay|paid|give|given|write|written|be|been|yet|any))*)\\s+"
                            + "(more than|over|above|greater than|higher than|at least|no less than|less than|under|below|fewer than|lower than|at most|no more than|older than|younger than)\\b");

    /**
     * A denial that belongs to no condition: what was read would be counted the wrong way round.
     */
    private static final Pattern LEFT = Pattern.compile("\\b(?:not|never)\\b|\\p{L}+n't\\b|[不没未非]");

    /** "Except gold members": those who are not. */
    private static final Pattern EXCEPT =
            Pattern.compile("\\b(?:except(?: for)?|excluding|other than|apart from)\\b");

    private static final Pattern EXCEPT_HAN = Pattern.compile("除了?([^,。?]{1,10}?)(?:以外|之外|外)");

    private static final Pattern NO_OLDER = Pattern.compile("\\bno (older|younger) than\\b");

    private Denial() {}

    /** The text with "not more than" as "at most". */
    static String turned(String text) {
        String besides = EXCEPT_HAN.matcher(text).replaceAll("不是$1");
        besides = EXCEPT.matcher(besides).replaceAll("not");
        String once = NO_OLDER.matcher(besides).replaceAll("not $1 than");
        return DENIED.matcher(once).replaceAll(m -> m.group(1) + " " + opposite(m.group(2)));
    }

    private static String opposite(String comparison) {
        if (comparison.equals("older than")) return "age at most";
        if (comparison.equals("younger than")) return "age at least";
        return switch (NumberConditions.op(comparison)) {
            case AT_LEAST -> "less than";
            case LESS -> "at least";
            case AT_MOST -> "more than";
            default -> "at most";
        };
    }

    /** The denial left over beside conditions, in the person's word; empty if there is none. */
    static String left(FieldReader.Reading reading) {
        Matcher left = LEFT.matcher(reading.rest());
        return reading.filters().isEmpty() || !left.find() ? "" : left.group();
    }
}
