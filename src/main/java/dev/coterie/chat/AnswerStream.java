package dev.coterie.chat;

import dev.coterie.error.CoterieException;
import dev.coterie.error.LlmException;
import dev.coterie.language.Message;
import dev.coterie.llm.AnswerHandler;
import dev.coterie.proof.ReplyGate;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Turns a model's pieces of text into checked sentences, and tells them as soon as they are whole.
 */
final class AnswerStream {
    /** Characters beyond which a sentence is hardly one. */
    private static final int LONG = 2_000;

    private final TurnWork turn;
    private final AnswerGate gate;
    private final Set<String> earlier = new LinkedHashSet<>();
    private final Set<String> kept = new LinkedHashSet<>();
    private final List<String> removed = new ArrayList<>();
    private final Map<AnswerGate.Fault, Integer> faults = new EnumMap<>(AnswerGate.Fault.class);
    private final StringBuilder buffer = new StringBuilder();

    /** Length from which the buffer is worth reading again. */
    private int worthALook;

    AnswerStream(TurnWork turn) {
        this.turn = turn;
        this.gate = new AnswerGate(turn.desk(), turn.question().text(), turn::results);
    }

    /** Begins with what was told before somebody stopped it: it was judged then. */
    void goOnFrom(String text) {
        ReplyGate.sentences(text).stream().map(String::strip).forEach(kept::add);
        earlier.addAll(kept);
        turn.delta(turn.joined(kept()));
    }

    /** Sentences that may stay, in order. */
    List<String> kept() {
        return new ArrayList<>(kept);
    }

    /** Every sentence that was taken out. */
    List<String> removed() {
        return removed;
    }

    /** How many of them said something that is not in the data; the others only had no proof. */
    int untrue() {
        return removed.size() - faults.getOrDefault(AnswerGate.Fault.UNFOUNDED, 0);
    }

    /** What most sentences lacked, as a word for the next request. */
    String problem() {
        return faults.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(e -> e.getKey().name().toLowerCase(Locale.ROOT))
                .orElse("unfounded");
    }

    private void hear(String piece) {
        buffer.append(piece);
        if (buffer.length() < worthALook) return;
        // A sentence that does not end is read again each time it has grown by a part, not a
        // letter.
        worthALook = buffer.length() < LONG ? 0 : buffer.length() + buffer.length() / 16;
        String text = buffer.toString();
        // An unfinished thought, tag or reference may still change what came before.
        if (text.contains("<think>") && !text.contains("</think>")) return;
        List<String> sentences = ReplyGate.sentences(AnswerGate.cleaned(text));
        if (sentences.size() < 2) return;
        sentences.subList(0, sentences.size() - 1).forEach(this::judge);
        clear();
        // The last one may go on; a space at its end must not be lost.
        String last = sentences.get(sentences.size() - 1);
        buffer.append(last);
        if (Character.isWhitespace(text.charAt(text.length() - 1))) buffer.append(' ');
    }

    /** The end of what the model says in one reply. */
    void endRound() {
        ReplyGate.sentences(AnswerGate.cleaned(buffer.toString())).forEach(this::judge);
        clear();
        earlier.addAll(kept);
    }

    private void clear() {
        buffer.setLength(0);
        worthALook = 0;
    }

    private void judge(String raw) {
        String sentence = raw.strip();
        if (sentence.isEmpty() || sentence.matches("[-*•]?\\s*\\d{0,2}[.)、]?")) return;
        var fault = gate.fault(sentence);
        if (fault.isPresent()) {
            faults.merge(fault.get(), 1, Integer::sum);
            removed.add(sentence);
            return;
        }
        String before = turn.joined(kept());
        if (!kept.add(sentence)) return;
        turn.delta(turn.joined(kept()).substring(before.length()));
    }

    /** What was said in this reply does not count; what was said before it does. */
    void startOver(Message reason) {
        clear();
        faults.clear();
        removed.clear();
        if (kept.equals(earlier)) return;
        kept.retainAll(earlier);
        turn.restart(reason);
        if (!kept.isEmpty()) turn.delta(turn.joined(kept()));
    }

    Reader reader() {
        return new Reader();
    }

    /** Hears one reply. */
    final class Reader implements AnswerHandler {
        private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String text) {
            hear(text);
        }

        @Override
        public void onRestart(Message reason) {
            startOver(reason);
        }

        @Override
        public boolean cancelled() {
            return turn.listener().cancelled();
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            end.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }

        /**
         * @throws CoterieException what ended the reply
         */
        ChatResponse await() {
            try {
                return end.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof CoterieException known) throw known;
                throw new LlmException(Message.of("llm.invalid_answer"), e.getCause());
            }
        }
    }
}
