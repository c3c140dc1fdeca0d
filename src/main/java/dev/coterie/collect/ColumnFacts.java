package dev.coterie.collect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Figures of one column from all its rows.
 *
 * @param filled rows with a value
 * @param distinct different values, missing ones left out
 * @param numeric filled rows that are numbers
 * @param whole filled rows that are whole numbers
 * @param numbered true if every row has a whole number of its own, as row numbers are; rows may
 *     have been shuffled since, so their order is nothing
 * @param digits filled rows with a digit
 * @param dates filled rows that are dates
 * @param undecidedDates true if the order of day and month is not settled
 * @param yesNo filled rows that say yes or no
 * @param bothYesNo true if both are said
 * @param characters mean length of a value
 * @param words mean number of words; two Chinese characters count as one
 * @param spaced filled rows with a space between words, or with four Chinese characters
 * @param personal filled rows that hold a mail address, a telephone or a card number
 * @param low lowest number
 * @param high highest number
 * @param samples up to 3 distinct values as in the file
 */
record ColumnFacts(
        String name,
        int position,
        long rows,
        long filled,
        long distinct,
        long numeric,
        long whole,
        boolean numbered,
        long digits,
        long dates,
        boolean undecidedDates,
        long yesNo,
        boolean bothYesNo,
        double characters,
        double words,
        long spaced,
        long personal,
        double low,
        double high,
        List<String> samples) {
    private static final Pattern MAIL =
            Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(\\.[\\w-]{1,63}){1,4}");
    private static final Pattern PHONE =
            Pattern.compile("(\\+|00)\\d[\\d ()./-]{6,20}|1[3-9]\\d{9}|0\\d[\\d ()./-]{7,16}");

    long missing() {
        return rows - filled;
    }

    boolean unique() {
        return filled > 0 && distinct == filled;
    }

    double share(long count) {
        return filled == 0 ? 0 : (double) count / filled;
    }

    static ColumnFacts of(RawColumn column, int position) {
        return new Counter(column, position).count();
    }

    private static final class Counter {
        private final RawColumn column;
        private final int position;
        private final List<String> cells;
        private final long[] times;
        private final NumberText numbers;
        private final DateText dateText;
        private long filled;
        private long distinct;
        private long numeric;
        private long whole;
        private long digits;
        private long dates;
        private long yes;
        private long no;
        private long characters;
        private double words;
        private long spaced;
        private long personal;
        private double low = Double.POSITIVE_INFINITY;
        private double high = Double.NEGATIVE_INFINITY;
        private final List<String> samples = new ArrayList<>();

        Counter(RawColumn column, int position) {
            this.column = column;
            this.position = position;
            this.cells = column.values();
            this.times = new long[cells.size()];
            for (int row = 0; row < column.rows(); row++) times[column.code(row)]++;
            this.numbers = NumberText.of(cells);
            boolean dated = NameHints.of(column.name()).date();
            this.dateText = DateText.of(cells, Optional.empty(), dated);
        }

        ColumnFacts count() {
            for (int code = 0; code < times.length; code++) {
                if (times[code] > 0) look(cells.get(code), times[code]);
            }
            return new ColumnFacts(
                    column.name(),
                    position,
                    column.rows(),
                    filled,
                    distinct,
                    numeric,
                    whole,
                    whole == column.rows() && column.rows() > 1 && distinct == whole,
                    digits,
                    dates,
                    dateText.undecided(),
                    yes + no,
                    yes > 0 && no > 0,
                    filled == 0 ? 0 : (double) characters / filled,
                    filled == 0 ? 0 : words / filled,
                    spaced,
                    personal,
                    low,
                    high,
                    Collections.unmodifiableList(samples));
        }

        private void look(String cell, long n) {
            if (MissingWords.isMissing(cell)) return;
            filled += n;
            distinct++;
            if (samples.size() < 3) samples.add(TableBuilder.cut(cell));
            NumberText.Reading number = numbers.read(cell);
            if (number.isNumeric()) numeric += n;
            if (number.outcome() == NumberText.Outcome.VALUE) {
                low = Math.min(low, number.value());
                high = Math.max(high, number.value());
                if (number.value() == Math.rint(number.value())) whole += n;
            }
            if (dateText.read(cell).isDateShaped()) dates += n;
            if (cell.chars().anyMatch(Character::isDigit)) digits += n;
            int said = MissingWords.yesNo(cell).orElse(-1);
            if (said == 1) yes += n;
            else if (said == 0) no += n;
            characters += n * cell.length();
            double units = units(cell);
            words += n * units;
            if (units >= 2) spaced += n;
            if (cell.length() <= 80 && isPersonal(cell.strip())) personal += n;
        }

        private static double units(String cell) {
            int count = 0;
            int han = 0;
            boolean inWord = false;
            for (int i = 0; i < cell.length(); i++) {
                char c = cell.charAt(i);
                if (c >= '\u4E00' && c <= '\u9FFF' || c >= '\u3400' && c <= '\u4DBF') {
                    han++;
                    inWord = false;
                } else if (Character.isLetterOrDigit(c)) {
                    if (!inWord) count++;
                    inWord = true;
                } else if (c != '\'' && c != '-' && c != '_' && c != '.') {
                    inWord = false;
                }
            }
            return count + han / 2.0;
        }

        private static boolean isPersonal(String cell) {
            if (cell.indexOf('@') > 0) return MAIL.matcher(cell).matches();
            return PHONE.matcher(cell).matches() || isCard(cell);
        }

        /** 13 to 19 digits that pass the check sum of card numbers. */
        private static boolean isCard(String cell) {
            int digits = 0;
            int sum = 0;
            boolean twice = false;
            for (int i = cell.length() - 1; i >= 0; i--) {
                char c = cell.charAt(i);
                if (c == ' ' || c == '-') continue;
                if (c < '0' || c > '9') return false;
                int value = (c - '0') * (twice ? 2 : 1);
                sum += value > 9 ? value - 9 : value;
                twice = !twice;
                digits++;
            }
            return digits >= 13 && digits <= 19 && sum % 10 == 0 && sum > 0;
        }
    }
}
