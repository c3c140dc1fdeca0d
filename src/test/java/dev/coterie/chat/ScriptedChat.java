package dev.coterie.chat;

import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A chat over the English fixture with a language model that says what it was told to. */
abstract class ScriptedChat {
    @RegisterExtension static final ScriptedModel SERVER = new ScriptedModel();

    final Analysis analysis = ChatFixture.of(Language.ENGLISH);
    final ChatEngine engine = new ChatEngine(Optional.of(SERVER.model()), ChatFixture.ENCODERS);
    final Recorder heard = new Recorder();

    final String fact(int segment, String what) {
        return ScriptedModel.fact(analysis, segment, what);
    }

    final Answer ask(String question) {
        return engine.answer(analysis, List.of(), Question.of(question), heard);
    }

    final String warning() {
        return heard.all(ChatEvent.Warning.class).get(0).message().key();
    }
}
