package dev.coterie.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Disclosure;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact.Unit;
import dev.coterie.words.PersonalData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    static final Message NONE = Message.of("describe.fact.size");

    static Fact fact(String id, double value, Unit unit) {
        return new Fact(id, NONE, value, unit, 100, 1, NONE, NONE);
    }

    @Test
    void aBoundOpensASentenceWithACapitalAndFollowsAChineseWordWithoutABlank() {
        var share = Message.of("describe.formula.share");
        var most = new Fact("f1", NONE, 0.995, Unit.SHARE, 400, 1, NONE, share);
        var facts = Map.of("f1", most, "f2", fact("f2", 0.5, Unit.SHARE));
        assertEquals(
                "Over 97.5% pay. Of them over 97.5% came. Over 97.5% left.",
                References.shared(
                        "{{f1}} pay. Of them {{f1}} came. {{f1}} left.",
                        facts,
                        Language.ENGLISH,
                        10));
        assertEquals(
                "付款的人占超过 97.5%，其余占 50%。",
                References.shared("付款的人占 {{f1}}，其余占 {{f2}}。", facts, Language.CHINESE, 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234 | COUNT | 1,234 | 1,234",
                "7 | COUNT | < 10 | 少于 10",
                "0 | COUNT | 0 | 0",
                "0.123 | SHARE | 12.3% | 12.3%",
                "0.5 | SHARE | 50% | 50%",
                "0.00047 | SHARE | 0.05% | 0.05%",
                "0.000004 | SHARE | 0.0004% | 0.0004%",
                "0.9998 | SHARE | 99.98% | 99.98%",
                "1 | SHARE | 100% | 100%",
                "0 | SHARE | 0% | 0%",
                "2.1 | LIFT | ×2.1 | ×2.1",
                "1 | DAYS | 1 day | 1 天",
                "45.4 | DAYS | 45 days | 45 天",
                "12.5 | MONEY | 12.50 | 12.50",
                "1456.4 | MONEY | 1,456 | 1,456",
                "3.456 | NUMBER | 3.46 | 3.46",
                "-0.001 | NUMBER | 0.00 | 0.00"
            })
    void showsAFactInBothLanguages(double value, Unit unit, String english, String chinese) {
        assertEquals(
                english,
                Figures.show(fact("f1", value, unit), Language.ENGLISH, Figures.SMALL_COUNT));
        assertEquals(
                chinese,
                Figures.show(fact("f1", value, unit), Language.CHINESE, Figures.SMALL_COUNT));
    }

    @Test
    void referencesAreFilledAndUnknownOnesBecomeADash() {
        var facts = Map.of("f1", fact("f1", 0.25, Unit.SHARE));
        assertEquals(
                "25% 的人，–。",
                References.render(
                        "{{f1}} 的人，{{f9}}。", facts, Language.CHINESE, Figures.SMALL_COUNT));
        assertEquals(List.of("f1", "f9"), References.ids("{{f1}} and {{ f9 }}"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.8, SHARE, 80%", "5, 0.8, SHARE, a withheld share", "11, 0.8, SHARE, 80%"})
    void onlyAFigureOfAFewRowsIsWithheldFromAReport(long n, double value, Unit unit, String shown) {
        var fact = new Fact("f1", NONE, value, unit, n, 1, NONE, NONE);
        assertEquals(shown, Figures.shared(fact, Language.ENGLISH, Disclosure.FEWEST));
    }

    @Test
    void masksStructuredPersonalData() {
        assertTrue(PersonalData.found("call +44 20 7946 0958 please"));
        assertTrue(PersonalData.found("我的手机１３８１２３４５６７８"));
        assertTrue(PersonalData.found("jo.doe@example.org"));
        assertTrue(!PersonalData.found("waited 14 days for 2 parcels, size 10 in 2019"));
        assertEquals("write to [mail] now", PersonalData.mask("write to jo@example.org now"));
    }

    @ParameterizedTest
    @CsvSource({
        "' times', true",
        "' purchases', true",
        "' times as often', false",
        "' customers', false"
    })
    void howOftenIsSaidInTimesAndPurchases(String after, boolean fits) {
        Fact often =
                new Fact(
                        "f1",
                        Message.of("describe.label.frequency"),
                        9.6,
                        Unit.NUMBER,
                        40,
                        1,
                        Ledger.ofSegment(1),
                        Message.of("describe.formula.mean"));
        assertEquals(fits, UnitWords.fit(often, "They order ", after));
        assertEquals("9.6", Figures.show(often, Language.ENGLISH, Figures.SMALL_COUNT));
    }
}
