package dev.coterie.collect;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the numbers of one column as people write them: thousands separators of several cultures,
 * currency signs, brackets for negatives, k and 万, percent, full-width digits.
 *
 * <p>A cell such as {@code 1,234} can be read in two ways. The other cells of the column settle it;
 * where they do not, the cell is ambiguous and never guessed. Immutable and thread-safe.
 */
public final class NumberText {
    /** So many different cells that can all be thousands, and none against it, settle the comma. */
    private static final int CERTAIN = 10;

    /** What a cell turned out to be. */
    public enum Outcome {
        MISSING,
        VALUE,
        /** Can be read in two ways. */
        AMBIGUOUS,
        /** Infinite or too large. */
        NOT_FINITE,
        NOT_A_NUMBER
    }

    /**
     * A cell as read.
     *
     * @param value NaN unless the outcome is {@link Outcome#VALUE}
     */
    public record Reading(Outcome outcome, double value) {
        /** True if the cell is written as a number, whether or not it can be used. */
        public boolean isNumeric() {
            return outcome == Outcome.VALUE
                    || outcome == Outcome.AMBIGUOUS
                    || outcome == Outcome.NOT_FINITE;
        }
    }

    /** Which sign is the decimal one, as far as the column shows. */
    enum Style {
        UNKNOWN,
        POINT,
        COMMA,
        MIXED
    }

    private static final Reading MISSING = new Reading(Outcome.MISSING, Double.NaN);
    private static final Reading AMBIGUOUS = new Reading(Outcome.AMBIGUOUS, Double.NaN);
    private static final Reading NOT_FINITE = new Reading(Outcome.NOT_FINITE, Double.NaN);
    private static final Reading NOT_A_NUMBER = new Reading(Outcome.NOT_A_NUMBER, Double.NaN);

    private final Style style;
    private final boolean percentOnly;
    private final Set<String> currencies;

    private NumberText(Style style, boolean percentOnly, Set<String> currencies) {
        this.style = style;
        this.percentOnly = percentOnly;
        this.currencies = currencies;
    }

    /**
     * How to read a column.
     *
     * @param cells its distinct cells
     */
    public static NumberText of(Collection<String> cells) {
        boolean point = false;
        boolean comma = false;
        int thousands = 0;
        int percents = 0;
        int plain = 0;
        Set<String> currencies = new TreeSet<>();
        for (String cell : cells) {
            if (MissingWords.isMissingMeasure(cell)) continue;
            NumberCell parsed = NumberCell.parse(cell);
            if (!parsed.isNumber()) continue;
            if (!parsed.currency().isEmpty()) currencies.add(parsed.currency());
            if (parsed.percent()) percents++;
            else plain++;
            point |= parsed.shape() == NumberCell.Shape.POINT;
            comma |= parsed.shape() == NumberCell.Shape.COMMA;
            if (parsed.shape() == NumberCell.Shape.COMMA_OR_THOUSANDS) thousands++;
        }
        if (!comma && thousands >= CERTAIN) point = true;
        Style style =
                point && comma
                        ? Style.MIXED
                        : point ? Style.POINT : comma ? Style.COMMA : Style.UNKNOWN;
        return new NumberText(style, percents > 0 && plain == 0, currencies);
    }

    /** Currency signs seen in the column; more than one means that amounts are not comparable. */
    public Set<String> currencies() {
        return currencies;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberText o
                && style == o.style
                && percentOnly == o.percentOnly
                && currencies.equals(o.currencies);
    }

    @Override
    public int hashCode() {
        return Objects.hash(style, percentOnly, currencies);
    }

    public Reading read(String cell) {
        if (MissingWords.isMissingMeasure(cell)) return MISSING;
        NumberCell parsed = NumberCell.parse(cell);
        if (parsed.shape() == NumberCell.Shape.NONE) return NOT_A_NUMBER;
        if (parsed.shape() == NumberCell.Shape.INFINITE) return NOT_FINITE;
        if (parsed.percent() && !percentOnly) return NOT_A_NUMBER;
        double value;
        switch (parsed.shape()) {
            case COMMA_OR_THOUSANDS -> {
                if (style == Style.UNKNOWN || style == Style.MIXED) return AMBIGUOUS;
                value = style == Style.POINT ? parsed.asThousands() : parsed.asDecimal();
            }
            case POINT_OR_THOUSANDS -> {
                if (style == Style.MIXED) return AMBIGUOUS;
                // With nothing against it a point is a decimal point, as programs write it.
                value = style == Style.COMMA ? parsed.asThousands() : parsed.asDecimal();
            }
            default -> value = parsed.asDecimal();
        }
        return Double.isFinite(value) ? new Reading(Outcome.VALUE, value) : NOT_FINITE;
    }
}
