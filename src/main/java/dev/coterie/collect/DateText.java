package dev.coterie.collect;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the dates of one column: ISO, day or month first, with month names, Chinese, and seconds
 * since 1970.
 *
 * <p>Whether {@code 03/04/2024} is in March or April is settled by a person or by the column's
 * other cells; where both orders appear, or neither does, it stays ambiguous. Immutable and
 * thread-safe.
 */
public final class DateText {
    /** What a cell turned out to be. */
    public enum Outcome {
        MISSING,
        VALUE,
        /** Day and month can be either way round. */
        AMBIGUOUS,
        /** Written as a date that no calendar has, such as 30 February. */
        IMPOSSIBLE,
        NOT_A_DATE
    }

    /**
     * A cell as read.
     *
     * @param epochSecond UTC where the cell names no zone; {@link Long#MIN_VALUE} unless a value
     */
    public record Reading(Outcome outcome, long epochSecond) {
        /** True if the cell is written as a date, whether or not it can be used. */
        public boolean isDateShaped() {
            return outcome == Outcome.VALUE
                    || outcome == Outcome.AMBIGUOUS
                    || outcome == Outcome.IMPOSSIBLE;
        }
    }

    private static final Reading MISSING = new Reading(Outcome.MISSING, Long.MIN_VALUE);
    private static final Reading AMBIGUOUS = new Reading(Outcome.AMBIGUOUS, Long.MIN_VALUE);
    private static final Reading IMPOSSIBLE = new Reading(Outcome.IMPOSSIBLE, Long.MIN_VALUE);
    private static final Reading NOT_A_DATE = new Reading(Outcome.NOT_A_DATE, Long.MIN_VALUE);
    private static final int FIRST_YEAR = 1800;
    private static final int LAST_YEAR = 2200;

    private final Optional<DateOrder> order;
    private final boolean undecided;
    private final boolean epochs;
    private final Set<DateCell.Form> forms;

    private DateText(
            Optional<DateOrder> order,
            boolean undecided,
            boolean epochs,
            Set<DateCell.Form> forms) {
        this.order = order;
        this.undecided = undecided;
        this.epochs = epochs;
        this.forms = forms;
    }

    /**
     * How to read a column.
     *
     * @param cells its distinct cells
     * @param chosen the order that a person chose
     * @param epochs true if numbers may be seconds or milliseconds since 1970 or {@code yyyymmdd}
     */
    public static DateText of(
            Collection<String> cells, Optional<DateOrder> chosen, boolean epochs) {
        boolean dayFirst = false;
        boolean monthFirst = false;
        boolean open = false;
        Set<DateCell.Form> forms = EnumSet.noneOf(DateCell.Form.class);
        for (String cell : cells) {
            if (MissingWords.isMissingMeasure(cell)) continue;
            DateCell parsed = DateCell.parse(cell, epochs);
            forms.add(parsed.form());
            if (parsed.form() != DateCell.Form.NUMBERS) continue;
            dayFirst |= parsed.first() > 12 && parsed.second() <= 12;
            monthFirst |= parsed.second() > 12 && parsed.first() <= 12;
            open |= parsed.isOpen();
        }
        forms.remove(DateCell.Form.NONE);
        if (chosen.isPresent()) return new DateText(chosen, false, epochs, forms);
        if (dayFirst != monthFirst) {
            var settled = Optional.of(dayFirst ? DateOrder.DMY : DateOrder.MDY);
            return new DateText(settled, false, epochs, forms);
        }
        return new DateText(Optional.empty(), open, epochs, forms);
    }

    /** The order of the all-number dates, if it is settled. */
    public Optional<DateOrder> order() {
        return order;
    }

    /** True if some cells can be read in two ways and nothing settles it. */
    public boolean undecided() {
        return undecided;
    }

    /** How many ways of writing dates the column mixes. */
    public int formats() {
        return forms.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DateText o
                && order.equals(o.order)
                && undecided == o.undecided
                && epochs == o.epochs
                && forms.equals(o.forms);
    }

    @Override
    public int hashCode() {
        return Objects.hash(order, undecided, epochs, forms);
    }

    public Reading read(String cell) {
        if (MissingWords.isMissingMeasure(cell)) return MISSING;
        DateCell parsed = DateCell.parse(cell, epochs);
        return switch (parsed.form()) {
            case NONE -> NOT_A_DATE;
            case EPOCH -> new Reading(Outcome.VALUE, parsed.epochSecond());
            case NUMBERS -> numbers(parsed);
            default -> date(parsed, parsed.first(), parsed.second(), parsed.third());
        };
    }

    private Reading numbers(DateCell cell) {
        if (order.equals(Optional.of(DateOrder.YMD)) && cell.third() <= 31) {
            return date(cell, century(cell.first()), cell.second(), cell.third());
        }
        int year = cell.third() < 100 ? century(cell.third()) : cell.third();
        if (cell.isOpen()) {
            if (order.isEmpty()) return AMBIGUOUS;
            return order.get() == DateOrder.MDY
                    ? date(cell, year, cell.first(), cell.second())
                    : date(cell, year, cell.second(), cell.first());
        }
        // Only one reading is possible, whatever the order of the others.
        return cell.second() > 12
                ? date(cell, year, cell.first(), cell.second())
                : date(cell, year, cell.second(), cell.first());
    }

    private static int century(int year) {
        return year >= 100 ? year : year < 69 ? 2000 + year : 1900 + year;
    }

    private static Reading date(DateCell cell, int year, int month, int day) {
        if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return IMPOSSIBLE;
        if (day < 1 || day > LocalDate.of(year, month, 1).lengthOfMonth()) return IMPOSSIBLE;
        LocalTime time = LocalTime.ofSecondOfDay(cell.secondOfDay());
        long second =
                LocalDateTime.of(LocalDate.of(year, month, day), time)
                        .toEpochSecond(ZoneOffset.UTC);
        return new Reading(Outcome.VALUE, second - cell.offsetSeconds());
    }
}
