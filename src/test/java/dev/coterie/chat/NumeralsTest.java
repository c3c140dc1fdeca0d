package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import dev.coterie.tools.CustomerIds;
import dev.coterie.tools.Desk;
import dev.coterie.tools.FactBook;
import dev.coterie.tools.Fields;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralsTest {
    private final ChatEngine engine = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);

    private Answer ask(String question) {
        Analysis analysis = ChatFixture.of(ChatEngine.languageOf(question));
        return engine.answer(
                analysis,
                Optional.of(ChatFixture.workbench(analysis)),
                List.of(),
                Question.of(question),
                ChatListener.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "three, 3",
        "Nineteen, 19",
        "twenty, 20",
        "twenty-one, 21",
        "ninety nine, 99",
        "三, 3",
        "两, 2",
        "十, 10",
        "十二, 12",
        "二十, 20",
        "二十三, 23",
        "九十九, 99",
        "twenty ten, -1",
        "十十, -1",
        "一二三, -1",
        "many, -1"
    })
    void numbersAreReadInDigitsAndWords(String word, int number) {
        assertEquals(number, Numerals.value(word).orElse(-1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"客群二十有多少人？", "How big is segment twenty?", "segment twenty-one"})
    void aSegmentBeyondTheLastIsMissing(String question) {
        String text = ask(question).text();
        boolean zh = ChatEngine.languageOf(question) == Language.CHINESE;
        assertEquals(true, text.contains(zh ? "没有这个编号的客群" : "no segment with that number"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "如果分成二十个客群会怎样？, 20",
        "What if there were fourteen segments?, 14",
        "如果第3个客群的订单翻倍会怎样？, 0"
    })
    void segmentsAreCountedWhereTheyAreCounted(String question, int segments) {
        Analysis analysis = ChatFixture.of(ChatEngine.languageOf(question));
        Language language = ChatEngine.languageOf(question);
        var desk =
                new Desk(
                        analysis,
                        new Fields(analysis),
                        new FactBook(analysis, List.of()),
                        Optional.empty(),
                        language,
                        10,
                        Optional.empty());
        Slots slots =
                new SlotReader(desk, CustomerIds.of(analysis.customers().ids())).read(question);
        var wish = new WishReader(desk).read(question, question, slots);
        assertEquals(segments, wish.map(Wish::segments).orElse(0));
    }
}
