package dev.coterie.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource({
        "'fr, zh-CN;q=0.8', CHINESE",
        "'en;q=0.3, zh;q=0.9', CHINESE",
        "'zh-TW', CHINESE",
        "'zh;q=0, en', ENGLISH",
        "'de-AT, en-GB;q=0.7, zh;q=0.3', ENGLISH",
        "'fr', ENGLISH",
        "'*', ENGLISH",
        "';;;', ENGLISH",
        "'', ENGLISH"
    })
    void ofAHeaderIsTheOneLikedBestThatIsSpoken(String header, Language language) {
        assertEquals(language, Language.ofHeader(header));
    }

    @Test
    void othersAreNotSpoken() {
        assertEquals(Optional.of(Language.CHINESE), Language.spoken("zh_CN"));
        assertEquals(Optional.of(Language.ENGLISH), Language.spoken(" EN-us "));
        assertEquals(Optional.empty(), Language.spoken("fr"));
        assertEquals(Optional.empty(), Language.spoken("english"));
    }

    @Test
    void manyThreadsSayTheSameSentenceEachWithItsOwnFigures() {
        List<String> said =
                IntStream.range(0, 2000)
                        .parallel()
                        .mapToObj(i -> Message.of("cli.count", "done", i, "unit", "x"))
                        .map(m -> m.in(Language.ENGLISH))
                        .toList();
        for (int i = 0; i < said.size(); i++) {
            String figure = String.format(Locale.ROOT, "%,d", i);
            assertTrue(said.get(i).contains(figure), said.get(i));
        }
    }
}
