package dev.coterie.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.language.Language;
import org.junit.jupiter.api.Test;

class LineNumbersTest {
    @Test
    void aLineWithSeveralFindingsIsNamedOnce() {
        var lines = new LineNumbers();
        for (int line : new int[] {3, 9, 3, 3}) lines.add(line);
        assertEquals(4, lines.count());
        assertEquals("第 3 行、第 9 行", lines.message().in(Language.CHINESE));
    }

    @Test
    void theLowestAreNamedAndTheOthersCounted() {
        var lines = new LineNumbers();
        for (int line = 12; line > 0; line--) lines.add(line);
        assertEquals(
                "line 1, line 2, line 3, line 4, line 5, line 6, line 7, line 8 and 4 more",
                lines.message().in(Language.ENGLISH));
    }
}
