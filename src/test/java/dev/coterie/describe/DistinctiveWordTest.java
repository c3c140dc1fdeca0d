package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistinctiveWordTest {
    @ParameterizedTest
    @CsvSource({
        "date, 'A date was named.', true",
        "date, 'It needs an update.', false",
        "date, 'Two dates, both wrong', true",
        "date, DATES, true",
        "dress, 'Both dresses fit', true",
        "date, 'It was dated', false",
        "date, 'An update on the date', true",
        "date, dat, false",
        "café, 'Their CAFÉS are full', true",
        "caf, 'the café', false",
        "late again, 'Late again today', true",
        "整整, 放得整整齐齐, false",
        "衣服, 这件衣服很好看, true"
    })
    void aWordIsFoundAsAWord(String word, String sentence, boolean found) {
        assertEquals(found, new DistinctiveWord(word, 1, 20, 2, 5).in(sentence));
    }
}
