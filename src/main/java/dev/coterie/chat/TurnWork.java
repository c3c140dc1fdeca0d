package dev.coterie.chat;

import dev.coterie.describe.Writer;
import dev.coterie.language.Message;
import dev.coterie.llm.CallRecord;
import dev.coterie.proof.Fact;
import dev.coterie.proof.References;
import dev.coterie.tools.CustomerIds;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Quotation;
import dev.coterie.tools.ToolResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One question on its way to its answer: tells the listener and gathers what was found. */
final class TurnWork {
    private final Desk desk;
    private final CustomerIds ids;
    private final Understanding understanding;
    private final List<Turn> history;
    private final Question question;
    private final Optional<Answer> said;
    private final ChatListener listener;
    private final List<ToolResult> results = new ArrayList<>();
    private List<Understood> understood = List.of();
    private final StringBuilder told = new StringBuilder();
    private final Set<String> toldFacts = new HashSet<>();
    private int calls;
    private int inputTokens;
    private int outputTokens;

    TurnWork(
            Desk desk,
            CustomerIds ids,
            Understanding understanding,
            List<Turn> history,
            Question question,
            Optional<Answer> said,
            ChatListener listener) {
        this.desk = desk;
        this.ids = ids;
        this.understanding = understanding;
        this.history = List.copyOf(history);
        this.question = question;
        this.said = said;
        this.listener = listener;
    }

    Desk desk() {
        return desk;
    }

    CustomerIds ids() {
        return ids;
    }

    List<Turn> history() {
        return history;
    }

    Question question() {
        return question;
    }

    /** What was answered before somebody stopped it, if this goes on with it. */
    Optional<Answer> said() {
        return said;
    }

    ChatListener listener() {
        return listener;
    }

    List<ToolResult> results() {
        return results;
    }

    /** What the question wants; of two in one, the latter. */
    Understood understood() {
        List<Understood> all = parts();
        return all.get(all.size() - 1);
    }

    private List<Understood> parts() {
        if (understood.isEmpty()) {
            understood = understanding.read(question, history);
        }
        return understood;
    }

    /** Tells a piece of the answer. */
    void delta(String text) {
        told.append(text);
        listener.event(new ChatEvent.AnswerDelta(text, untold(text)));
    }

    /** The facts of a text that neither a result nor an earlier piece has told. */
    private List<Fact> untold(String text) {
        var ids = new LinkedHashSet<>(References.ids(text));
        for (ToolResult r : results) r.facts().forEach(f -> ids.remove(f.id()));
        ids.removeAll(toldFacts);
        Map<String, Fact> facts = desk.book().of(ids);
        toldFacts.addAll(facts.keySet());
        return List.copyOf(facts.values());
    }

    /** Takes back what was told of the answer so far. */
    void restart(Message reason) {
        if (!told.isEmpty()) listener.event(new ChatEvent.Restart(reason));
        told.setLength(0);
    }

    String nextCall() {
        return "t" + (++calls);
    }

    /** Counts what a call used, also one that failed. */
    void called(CallRecord call) {
        inputTokens += call.inputTokens();
        outputTokens += call.outputTokens();
        listener.called(call);
    }

    /**
     * @param writer who wrote what was told
     */
    void end(String finish, Writer writer, long startNanos) {
        long millis = (System.nanoTime() - startNanos) / 1_000_000;
        listener.event(new ChatEvent.MessageEnd(finish, writer, inputTokens, outputTokens, millis));
    }

    /**
     * The built-in answer.
     *
     * @param fallback why it stands in for a model, if it does
     */
    Answer builtIn(Optional<Message> fallback) {
        results.clear();
        List<Understood> parts = parts();
        BuiltInChat.Tools tools =
                (tool, label, args, work) -> {
                    String call = nextCall();
                    listener.event(new ChatEvent.ToolStart(call, tool, label, args));
                    ToolResult result = work.get();
                    listener.event(new ChatEvent.ToolDone(call, result));
                    return result;
                };
        var sentences = new ArrayList<String>();
        boolean answered = true;
        for (Understood asked : parts) {
            BuiltInChat.Reply reply = new BuiltInChat(desk, asked, tools).reply();
            results.addAll(reply.results());
            sentences.addAll(reply.sentences());
            answered &= reply.answered();
        }
        String text = joined(sentences);
        fallback.ifPresent(this::restart);
        delta(text);
        return finish(
                text,
                List.of(),
                Writer.BUILTIN,
                Optional.empty(),
                Optional.empty(),
                fallback,
                answered);
    }

    /** Sentences as one text; Chinese needs no space between them. */
    String joined(List<String> sentences) {
        var text = new StringBuilder();
        for (String sentence : sentences) {
            boolean wide = text.length() > 0 && "。！？”".indexOf(text.charAt(text.length() - 1)) >= 0;
            if (text.length() > 0 && !wide) text.append(' ');
            text.append(sentence);
        }
        return text.toString();
    }

    /** What was told before someone stopped the answer. */
    Answer stopped(Optional<String> model) {
        return finish(
                told.toString(),
                List.of(),
                Writer.LLM,
                model,
                model.map(m -> new ChatPrompts(this).version()),
                Optional.empty(),
                true);
    }

    /** Citations, check and suggestions of a finished text, told and gathered. */
    Answer finish(
            String text,
            List<String> removed,
            Writer writer,
            Optional<String> model,
            Optional<String> prompt,
            Optional<Message> fallback,
            boolean answered) {
        List<String> references = References.ids(text);
        Set<String> shown = new LinkedHashSet<>(references);
        for (ToolResult r : results) r.facts().forEach(f -> shown.add(f.id()));
        // What the answer goes on from shows its tables and quotes here too.
        Optional<Answer> before = writer == Writer.LLM ? said : Optional.empty();
        List<Quotation> quotes =
                Stream.concat(
                                before.stream().flatMap(a -> a.quotes().stream()),
                                results.stream().flatMap(r -> r.quotes().stream()))
                        .distinct()
                        .toList();
        before.ifPresent(a -> shown.addAll(a.facts().keySet()));
        Map<String, Fact> facts = new LinkedHashMap<>(desk.book().of(shown));
        List<Answer.Citation> citations = citations(references, facts, quotes, text);
        citations.forEach(c -> listener.event(new ChatEvent.Cited(c)));
        long matched = references.stream().filter(facts::containsKey).count();
        var check = new Answer.Check(references.size(), (int) matched, removed, caveats(answered));
        listener.event(new ChatEvent.Checked(check));
        Understood asked = understood();
        var next = new Suggestions(desk);
        var suggestions =
                answered
                        ? next.after(
                                asked.intent(),
                                asked.segments(),
                                asked.wish().map(Wish::next).orElse(List.of()))
                        : asked.choices().isEmpty()
                                ? next.nearest(asked)
                                : next.choices(asked.intent(), asked.choices());
        listener.event(new ChatEvent.Suggested(suggestions));
        return new Answer(
                text,
                facts,
                Stream.concat(
                                before.stream().flatMap(a -> a.tables().stream()),
                                results.stream().flatMap(r -> r.table().stream()))
                        .distinct()
                        .toList(),
                quotes,
                citations,
                check,
                suggestions,
                writer,
                model,
                prompt,
                fallback,
                Optional.of(
                        new Answer.Asked(
                                asked.intent().map(Intent::word).orElse("unknown"),
                                asked.segments(),
                                asked.topic(),
                                asked.customer())),
                desk.language());
    }

    private static List<Answer.Citation> citations(
            List<String> references, Map<String, Fact> facts, List<Quotation> quotes, String text) {
        var citations = new ArrayList<Answer.Citation>();
        for (String id : new LinkedHashSet<>(references)) {
            if (!facts.containsKey(id)) continue;
            citations.add(
                    new Answer.Citation(
                            citations.size() + 1,
                            id,
                            Answer.Citation.Kind.TABLE,
                            facts.get(id).n()));
        }
        for (Quotation quote : quotes) {
            citations.add(
                    new Answer.Citation(
                            citations.size() + 1, quote.id(), Answer.Citation.Kind.QUOTE, 1));
        }
        return citations;
    }

    /** What a reader must keep in mind. */
    private List<String> caveats(boolean answered) {
        boolean why =
                question.text()
                        .toLowerCase(java.util.Locale.ROOT)
                        .matches("(?s).*\\bwhy\\b.*|.*(为什么|为何|原因).*");
        if (!answered) {
            boolean open = !understood().choices().isEmpty();
            return List.of(open ? Answer.Check.ASKS_BACK : Answer.Check.NOT_IN_DATA);
        }
        return why ? List.of("association_not_cause") : List.of();
    }
}
