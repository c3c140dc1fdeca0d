package dev.coterie.collect;

import java.util.Locale;

/**
 * One cell taken apart as a date.
 *
 * @param first the year where the form settles the order, else the first number
 * @param second the month, else the second number
 * @param third the day, else the third number
 * @param epochSecond for {@link Form#EPOCH}
 */
record DateCell(
        Form form,
        int first,
        int second,
        int third,
        int secondOfDay,
        int offsetSeconds,
        long epochSecond) {
    /** Ways of writing a date. */
    enum Form {
        NONE,
        /** {@code 2024-03-04}, {@code 2024/3/4} */
        YEAR_FIRST,
        /** {@code 20240304} */
        COMPACT,
        /** {@code 03/04/2024}: the order is not in the cell. */
        NUMBERS,
        /** {@code 4-Mar-24} */
        MONTH_NAME,
        /** {@code 2024年3月4日} */
        CHINESE,
        /** Seconds or milliseconds since 1970. */
        EPOCH
    }

    private static final int LONGEST = 48;
    private static final DateCell NO_DATE = new DateCell(Form.NONE, 0, 0, 0, 0, 0, 0);
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    /** True if day and month can change places and give another date. */
    boolean isOpen() {
        return form == Form.NUMBERS
                && first >= 1
                && first <= 12
                && second >= 1
                && second <= 12
                && first != second;
    }

    static DateCell parse(String cell, boolean epochs) {
        if (cell.length() > LONGEST || cell.length() < 6) return NO_DATE;
        String text = FullWidth.plain(cell);
        if (text.isEmpty()) return NO_DATE;
        return new Scanner(text).date(epochs);
    }

    /** Walks over the cell once. */
    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        DateCell date(boolean epochs) {
            if (Character.isLetter(peek())) return monthFirst();
            int start = at;
            long number = number();
            int digits = at - start;
            if (digits == 0) return NO_DATE;
            if (at == text.length() && digits > 4) return epochs ? bare(digits, number) : NO_DATE;
            if (digits > 4) return NO_DATE;
            char separator = peek();
            if (separator == '\u5E74') return chinese((int) number);
            boolean spaced = separator == ' ';
            if (!spaced && separator != '-' && separator != '/' && separator != '.') return NO_DATE;
            at++;
            if (Character.isLetter(peek())) return digits <= 2 ? dayMonth((int) number) : NO_DATE;
            if (spaced) return NO_DATE;
            return numbers((int) number, digits, separator);
        }

        private DateCell numbers(int first, int digits, char separator) {
            int second = shortNumber(2);
            if (second < 0 || peek() != separator) return NO_DATE;
            at++;
            int start = at;
            int third = shortNumber(4);
            if (third < 0) return NO_DATE;
            int length = at - start;
            if (digits == 4) {
                return length <= 2 ? timed(Form.YEAR_FIRST, first, second, third) : NO_DATE;
            }
            boolean sound = digits <= 2 && (length == 4 || length == 2);
            return sound ? timed(Form.NUMBERS, first, second, third) : NO_DATE;
        }

        private DateCell bare(int digits, long number) {
            if (digits == 8) {
                int year = (int) (number / 10000);
                return year >= 1900 && year <= 2100
                        ? new DateCell(
                                Form.COMPACT,
                                year,
                                (int) (number / 100 % 100),
                                (int) (number % 100),
                                0,
                                0,
                                0)
                        : NO_DATE;
            }
            // 10 digits reach from 2001 to 2286.
            if (digits == 10) return new DateCell(Form.EPOCH, 0, 0, 0, 0, 0, number);
            if (digits == 13) return new DateCell(Form.EPOCH, 0, 0, 0, 0, 0, number / 1000);
            return NO_DATE;
        }

        private DateCell chinese(int year) {
            at++;
            int month = shortNumber(2);
            if (month < 0 || peek() != '\u6708') return NO_DATE;
            at++;
            int day = shortNumber(2);
            if (day < 0 || peek() != '\u65E5' && peek() != '\u53F7') return NO_DATE;
            at++;
            return timed(Form.CHINESE, year, month, day);
        }

        /** {@code 4-Mar-24}, {@code 4 March 2024}. */
        private DateCell dayMonth(int day) {
            int month = month();
            if (month == 0) return NO_DATE;
            skip("- /.,");
            return named(year(), month, day);
        }

        /** {@code March 4, 2024}. */
        private DateCell monthFirst() {
            int month = month();
            if (month == 0) return NO_DATE;
            skip("- .");
            int day = shortNumber(2);
            if (day < 0) return NO_DATE;
            skip(", -");
            return named(year(), month, day);
        }

        private DateCell named(int year, int month, int day) {
            return year < 0 ? NO_DATE : timed(Form.MONTH_NAME, year, month, day);
        }

        private int year() {
            int start = at;
            int year = shortNumber(4);
            int length = at - start;
            if (length == 4) return year;
            return length == 2 ? (year < 69 ? 2000 : 1900) + year : -1;
        }

        private int month() {
            int start = at;
            while (at < text.length() && Character.isLetter(text.charAt(at))) at++;
            if (at - start < 3) return 0;
            String word = text.substring(start, start + 3).toLowerCase(Locale.ROOT);
            int index = MONTHS.indexOf(word);
            return index >= 0 && index % 3 == 0 ? index / 3 + 1 : 0;
        }

        private DateCell timed(Form form, int first, int second, int third) {
            if (at == text.length()) return new DateCell(form, first, second, third, 0, 0, 0);
            if (peek() == 'T' || peek() == 't') at++;
            else if (peek() == ' ' || peek() == ',') skip(" ,");
            else if (form != Form.CHINESE) return NO_DATE;
            int hour = shortNumber(2);
            if (hour < 0 || hour > 24 || peek() != ':') return NO_DATE;
            at++;
            int minute = shortNumber(2);
            if (minute < 0 || minute > 59) return NO_DATE;
            int secondOfMinute = 0;
            if (peek() == ':') {
                at++;
                secondOfMinute = shortNumber(2);
                if (secondOfMinute < 0 || secondOfMinute > 60) return NO_DATE;
                if (peek() == '.' || peek() == ',') {
                    at++;
                    number();
                }
            }
            hour = halfDay(hour);
            int offset = offset();
            if (hour < 0 || at != text.length()) return NO_DATE;
            int seconds = Math.min(86_399, hour * 3600 + minute * 60 + secondOfMinute);
            return new DateCell(form, first, second, third, seconds, offset, 0);
        }

        /** The hour with AM or PM taken into account. */
        private int halfDay(int hour) {
            skip(" ");
            if (text.regionMatches(true, at, "PM", 0, 2)) {
                at += 2;
                return hour > 12 ? -1 : hour == 12 ? 12 : hour + 12;
            }
            if (text.regionMatches(true, at, "AM", 0, 2)) {
                at += 2;
                return hour > 12 ? -1 : hour % 12;
            }
            return hour;
        }

        /** Seconds east of UTC. */
        private int offset() {
            if (text.regionMatches(true, at, "UTC", 0, 3)) at += 3;
            if (peek() == 'Z' || peek() == 'z') {
                at++;
                return 0;
            }
            if (peek() != '+' && peek() != '-') return 0;
            int sign = peek() == '+' ? 1 : -1;
            at++;
            int hours = shortNumber(2);
            if (peek() == ':') at++;
            int minutes = at < text.length() ? shortNumber(2) : 0;
            return sign * (Math.max(0, hours) * 3600 + Math.max(0, minutes) * 60);
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) at++;
        }

        /** At most so many digits, or -1 if there is none. */
        private int shortNumber(int most) {
            int start = at;
            int value = 0;
            while (at < text.length() && at - start < most && isDigit(text.charAt(at))) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            return at == start ? -1 : value;
        }

        private long number() {
            long value = 0;
            while (at < text.length() && isDigit(text.charAt(at))) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            return value;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
