package dev.coterie.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellParsersTest {
    @Nested
    class Numbers {
        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                value = {
                    "12~12",
                    "-12.5~-12.5",
                    "+3~3",
                    "0012~12",
                    "1e3~1000",
                    "1.5E-2~0.015",
                    "1,234.56~1234.56",
                    "1.234,56~1234.56",
                    "1,23,456.00~123456",
                    "1,234,567~1234567",
                    "1.234.567~1234567",
                    "1 234,5~1234.5",
                    "1'234.50~1234.5",
                    "12,5~12.5",
                    "0,125~0.125",
                    "$99~99",
                    "99 \u20AC~99",
                    "-$5~-5",
                    "$-5~-5",
                    "(45.00)~-45",
                    "CHF 1'200~1200",
                    "45k~45000",
                    "1.2M~1200000",
                    "1.2\u4E07~12000",
                    "3\u4EBF~300000000",
                    "\uFFE5500~500",
                    "\uFF11\uFF12\uFF13~123",
                    "\uFF0D5~-5",
                    "\u22127~-7",
                    "1.2\u4E07\u5143~12000",
                    "12%~12",
                    "29.850~29.85",
                    "-0.0~0"
                })
        void areRead(String cell, double expected) {
            var reading = NumberText.of(List.of(cell)).read(cell);
            assertEquals(NumberText.Outcome.VALUE, reading.outcome(), cell);
            assertEquals(expected, reading.value() + 0.0, 1e-9);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                value = {
                    "''~MISSING",
                    "N/A~MISSING",
                    "#N/A~MISSING",
                    "NULL~MISSING",
                    "None~MISSING",
                    "nan~MISSING",
                    "NaN~MISSING",
                    "\u672A\u77E5~MISSING",
                    "inf~NOT_FINITE",
                    "-Infinity~NOT_FINITE",
                    "1e309~NOT_FINITE",
                    "1,234~AMBIGUOUS",
                    "\u00A312,000~AMBIGUOUS",
                    "thirty~NOT_A_NUMBER",
                    "1.2.3~NOT_A_NUMBER",
                    "12-5~NOT_A_NUMBER",
                    "1,2,3~NOT_A_NUMBER",
                    "3 apples~NOT_A_NUMBER",
                    "e5~NOT_A_NUMBER",
                    "5e~NOT_A_NUMBER",
                    "1.5d~NOT_A_NUMBER",
                    "0x1F~NOT_A_NUMBER",
                    "2024-03-04~NOT_A_NUMBER",
                    "-~MISSING",
                    "$~NOT_A_NUMBER",
                    "k~NOT_A_NUMBER",
                    "12,34.5~NOT_A_NUMBER",
                    "1234,567.8~NOT_A_NUMBER"
                })
        void areNotGuessed(String cell, NumberText.Outcome expected) {
            assertEquals(expected, NumberText.of(List.of(cell)).read(cell).outcome(), cell);
        }

        @Test
        void theColumnSettlesTheSeparator() {
            assertEquals(1234, NumberText.of(List.of("1,234", "9.5")).read("1,234").value());
            assertEquals(1.234, NumberText.of(List.of("1,234", "9,5")).read("1,234").value());
            assertEquals(1234, NumberText.of(List.of("1.234", "9,5")).read("1.234").value());
            var mixed = NumberText.of(List.of("1.234", "9,5", "7.25"));
            assertEquals(NumberText.Outcome.AMBIGUOUS, mixed.read("1.234").outcome());
        }

        @Test
        void aPercentAmongPlainNumbersIsNotUnderstood() {
            var format = NumberText.of(List.of("12%", "30"));
            assertEquals(NumberText.Outcome.NOT_A_NUMBER, format.read("12%").outcome());
        }

        @Test
        void severalCurrenciesAreTold() {
            assertEquals(2, NumberText.of(List.of("$5", "5 \u20AC", "7")).currencies().size());
        }
    }

    @Nested
    class Dates {
        @ParameterizedTest
        @CsvSource({
            "2024-03-04, 2024-03-04T00:00",
            "2024/3/4, 2024-03-04T00:00",
            "2024-03-04T05:06:07Z, 2024-03-04T05:06:07",
            "2024-03-04T05:06:07.123+02:00, 2024-03-04T03:06:07",
            "2024-03-04 17:30, 2024-03-04T17:30",
            "4-Mar-24, 2024-03-04T00:00",
            "4 March 2024, 2024-03-04T00:00",
            "'March 4, 2024', 2024-03-04T00:00",
            "31/12/2023, 2023-12-31T00:00",
            "12/31/2023 1:05 PM, 2023-12-31T13:05",
            "31.12.1999, 1999-12-31T00:00",
            "05/05/2024, 2024-05-05T00:00",
            "20240304, 2024-03-04T00:00",
            "1709510400, 2024-03-04T00:00",
            "1709510400000, 2024-03-04T00:00",
            "2024\u5E743\u67084\u65E5, 2024-03-04T00:00",
            "\uFF12\uFF10\uFF12\uFF14-03-04, 2024-03-04T00:00",
            "2024-02-29, 2024-02-29T00:00"
        })
        void areRead(String cell, LocalDateTime expected) {
            var reading = DateText.of(List.of(cell), Optional.empty(), true).read(cell);
            assertEquals(DateText.Outcome.VALUE, reading.outcome(), cell);
            assertEquals(expected.toEpochSecond(ZoneOffset.UTC), reading.epochSecond());
        }

        @ParameterizedTest
        @CsvSource({
            "03/04/2024, AMBIGUOUS",
            "3.4.24, AMBIGUOUS",
            "2024-02-30, IMPOSSIBLE",
            "0000-00-00, IMPOSSIBLE",
            "2023-02-29, IMPOSSIBLE",
            "31/31/2024, IMPOSSIBLE",
            "9999-12-31, IMPOSSIBLE",
            "12.5, NOT_A_DATE",
            "hello, NOT_A_DATE",
            "may be later, NOT_A_DATE",
            "123456, NOT_A_DATE",
            "1-2-3-4, NOT_A_DATE",
            "555-123-4567, NOT_A_DATE",
            "N/A, MISSING"
        })
        void areNotGuessed(String cell, DateText.Outcome expected) {
            var format = DateText.of(List.of(cell), Optional.empty(), true);
            assertEquals(expected, format.read(cell).outcome(), cell);
        }

        @Test
        void theColumnSettlesTheOrder() {
            var dayFirst =
                    DateText.of(List.of("03/04/2024", "31/12/2023"), Optional.empty(), false);
            assertEquals(Optional.of(DateOrder.DMY), dayFirst.order());
            assertEquals(day("2024-04-03"), dayFirst.read("03/04/2024").epochSecond());
            var both =
                    DateText.of(
                            List.of("03/04/2024", "31/12/2023", "12/31/2023"),
                            Optional.empty(),
                            false);
            assertTrue(both.undecided());
        }

        @Test
        void aPersonSettlesTheOrder() {
            var format = DateText.of(List.of("03/04/2024"), Optional.of(DateOrder.MDY), false);
            assertEquals(day("2024-03-04"), format.read("03/04/2024").epochSecond());
            var year = DateText.of(List.of("24/03/04"), Optional.of(DateOrder.YMD), false);
            assertEquals(day("2024-03-04"), year.read("24/03/04").epochSecond());
        }

        private static long day(String iso) {
            return LocalDateTime.parse(iso + "T00:00").toEpochSecond(ZoneOffset.UTC);
        }
    }

    @Nested
    class Guard {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "=1+1",
                    "+1+1",
                    "-2+3",
                    "@SUM(A1)",
                    "\tx",
                    "\rx",
                    "\nx",
                    "\0x",
                    "\uFF1DA1",
                    "-",
                    "'=1",
                    "''@x",
                    "-1.2.3",
                    "+44 20",
                    "-e5"
                })
        void formulasAreGuardedAndComeBack(String cell) {
            String guarded = CsvGuard.guard(cell);
            assertEquals("'" + cell, guarded);
            assertEquals(cell, CsvGuard.unguard(guarded));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "plain", "-500", "+1e3", "-.5", "'tis", "a=b", "\u4E2D"})
        void harmlessCellsStay(String cell) {
            assertEquals(cell, CsvGuard.guard(cell));
            assertEquals(cell, CsvGuard.unguard(cell));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1,", "a@", "0 ", "-", "(", "1.", "\u4E2D", "a.", "=", "2024-"})
    void hostileRepetitionIsReadAtOnce(String part) {
        String cell = part.repeat(100_000 / part.length());
        var column = new RawColumn.Builder();
        column.add(cell);
        column.add(cell + "!");
        column.add(part.repeat(20));
        assertTimeout(
                Duration.ofMillis(500),
                () -> {
                    ColumnFacts.of(column.build("x" + part.repeat(3)), 0);
                    CsvGuard.cell(cell);
                    MissingWords.isMissing(cell);
                });
    }
}
