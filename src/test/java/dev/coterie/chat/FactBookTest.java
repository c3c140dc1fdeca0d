package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.References;
import dev.coterie.tools.FactBook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactBookTest {
    private final ChatEngine engine = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);
    private final Analysis before = ChatFixture.of(Language.ENGLISH);
    private final Question older = Question.of("How many customers are older than 45?");
    private final Answer counted = engine.answer(before, List.of(), older, ChatListener.NONE);

    /** The run after an edit that gave the size of segment 1 the first free id. */
    private Analysis edited() {
        Description was = before.description();
        var facts = new LinkedHashMap<String, Fact>(was.facts());
        Fact size =
                was.facts().values().stream()
                        .filter(f -> f.segment() == 1)
                        .filter(f -> f.label().key().equals("describe.fact.size"))
                        .findFirst()
                        .orElseThrow();
        facts.remove(size.id());
        String free = "f" + (was.facts().size() + 1);
        facts.put(free, size.called(free));
        return before.with(
                before.segmentation(),
                new Description(was.segments(), facts, was.textLanguage(), was.branches()));
    }

    @Test
    void aFactOfTheRunStandsBeforeOneOfAnEarlierAnswer() {
        String clashing = References.ids(counted.text()).get(0);
        Analysis edited = edited();
        assertEquals(
                "describe.fact.size", edited.description().facts().get(clashing).label().key());
        Answer size =
                engine.answer(
                        edited,
                        List.of(new Turn(older, counted)),
                        Question.of("How big is segment 1?"),
                        ChatListener.NONE);
        Fact shown = size.facts().get(References.ids(size.text()).get(0));
        assertEquals(before.segmentation().size(0), shown.value(), size.text());
        assertNotEquals(counted.facts().get(clashing).value(), shown.value());
    }

    @Test
    void anAnswerWhoseFiguresWereReplacedIsNotReadAgain() {
        var earlier = counted.facts().values();
        assertEquals(true, new FactBook(before, earlier).holds(earlier));
        assertEquals(false, new FactBook(edited(), earlier).holds(earlier));
        assertEquals(Map.of(), new FactBook(edited(), earlier).of(List.of("f9999")));
    }
}
