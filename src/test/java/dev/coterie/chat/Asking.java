package dev.coterie.chat;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Attributes;
import dev.coterie.proof.References;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Asks the built-in chat of the fixture. */
final class Asking {
    static final ChatEngine ENGINE = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);

    private Asking() {}

    /** The fixture in the language of a question. */
    static Analysis of(String question) {
        return ChatFixture.of(ChatEngine.languageOf(question));
    }

    static Answer ask(String question, Turn... history) {
        return ENGINE.answer(
                of(question), List.of(history), Question.of(question), ChatListener.NONE);
    }

    /** The answer to the last of some questions asked one after the other. */
    static Answer ask(Analysis analysis, String... questions) {
        var turns = new ArrayList<Turn>();
        Answer answer = null;
        for (String text : questions) {
            Question question = Question.of(text);
            answer = ENGINE.answer(analysis, turns, question, ChatListener.NONE);
            turns.add(new Turn(question, answer));
        }
        return answer;
    }

    /** The answer as it is read. */
    static String shown(Answer answer) {
        return References.render(
                answer.text(),
                answer.facts(),
                answer.language(),
                dev.coterie.proof.Figures.SMALL_COUNT);
    }

    /** The figure an answer names first. */
    static double count(Answer answer) {
        String id = References.ids(answer.text()).get(0);
        return answer.facts().get(id).value();
    }

    /** How many customers of a fixture have a level of a column. */
    static double customers(Analysis analysis, String column, String level) {
        return Attributes.of(analysis.customers()).stream()
                .filter(a -> a.key().equals(column + "=" + level))
                .flatMapToDouble(a -> Arrays.stream(a.values()))
                .filter(v -> v == 1)
                .count();
    }
}
