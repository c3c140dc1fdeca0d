package dev.coterie.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GramsTest {
    @Test
    void areWordsAndPairsOfWords() {
        assertEquals(
                List.of("i", "don't", "i don't", "like", "don't like", "it", "like it"),
                grams("I DON\u2019T like... it'"));
    }

    @Test
    void areRunsOfOneToThreeCharactersInChinese() {
        assertEquals(List.of("很", "很好", "很好吃", "好", "好吃", "吃", "ok", "了"), grams("很好吃，OK了"));
    }

    @Test
    void areNoneForPunctuationAndEmoji() {
        assertEquals(List.of(), grams(" ... \uD83D\uDE00 ''' "));
    }

    @Test
    void stopAfterALimitSoThatOneHugeTextCannotFillMemory() {
        // 20,000 characters are 6,667 words and the 6,666 pairs between them.
        assertEquals(13_333, grams("ab ".repeat(100_000)).size());
    }

    private static List<String> grams(String text) {
        var grams = new ArrayList<String>();
        Grams.each(text, grams::add);
        return grams;
    }
}
