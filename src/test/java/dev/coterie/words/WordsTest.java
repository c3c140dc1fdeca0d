package dev.coterie.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of columns, their values and things bought, as people say them. */
class WordsTest {
    @Test
    void namesComeFromNounsThatAreNoBrands() {
        assertTrue(Lexicon.find("shorts").isPresent());
        assertTrue(Lexicon.find("short").isEmpty());
        assertTrue(Words.brand("Pilcro"));
        assertTrue(Words.brand("京东"));
        assertFalse(Words.brand("DSL"));
        assertFalse(Words.brand("dress"));
    }

    @ParameterizedTest
    @CsvSource({
        "'I topped up my phone', top-up",
        "'TOP UP failed', top-up",
        "'topping-up is slow', top-up",
        "'a top for my pup', pup",
        "'the top upset me', upset"
    })
    void onePhrasalVerbIsOneWord(String text, String word) {
        var words = Words.of(text).stream().map(w -> w.toLowerCase(Locale.ROOT)).toList();
        assertTrue(words.contains(word), words.toString());
    }

    @Test
    void levelsTakeTheWordsOfTheirColumn() {
        assertEquals("basic-tier", English.grade("basic", "membership tier"));
        assertEquals("two-year contract", English.grade("two year", "contract"));
        assertEquals("the basic membership tier", English.on("basic membership tier"));
        assertEquals("an annual plan", English.on("annual plan"));
        assertEquals("基础会员", Humanise.grade("基础", "会员等级"));
        assertEquals("普通会员", Humanise.grade("普通会员", "会员等级"));
        assertEquals("store purchases", Humanise.column("NumStorePurchases"));
        assertEquals("spending on wines", Humanise.column("MntWines"));
        assertEquals("the fabric", English.the("fabric"));
        assertEquals("delivery", English.the("delivery"));
    }

    @ParameterizedTest
    @CsvSource({
        "NumWebVisitsMonth, web visits a month",
        "NumDealsPurchases, deal purchases",
        "Account closed on, account closed",
        "MntMeatProducts, spending on meat products",
        "Status updates, status updates"
    })
    void columnsReadLikeWords(String column, String words) {
        assertEquals(words, Humanise.column(column));
    }

    @ParameterizedTest
    @CsvSource({
        "may, 五月",
        "Sep, 九月",
        "blue-collar, 蓝领",
        "admin., 行政人员",
        "self-employed, 自雇",
        "tertiary, 高等教育",
        "widowed, 丧偶"
    })
    void commonLevelsAreSaidInChineseAndNameNothingInATextThatUsesTheWord(
            String level, String chinese) {
        assertEquals(chinese, Lexicon.level(level, false).in(Language.CHINESE));
        assertTrue(Lexicon.find(level).isEmpty());
    }

    @Test
    void aLevelNobodyTranslatedStandsBetweenBlanksExceptBesidePunctuation() {
        var label =
                Message.of(
                        "describe.label.level",
                        "column",
                        Lexicon.column("zorb"),
                        "level",
                        Lexicon.level("quux", false));
        assertEquals("zorb（quux）", label.in(Language.CHINESE));
        assertEquals("zorb (quux)", label.in(Language.ENGLISH));
    }
}
