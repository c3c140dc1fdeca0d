package dev.coterie.chat;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Writer;
import dev.coterie.embed.SentenceEncoder;
import dev.coterie.embed.TextLanguage;
import dev.coterie.error.CancelledException;
import dev.coterie.error.LlmException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.LanguageModel;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.tools.CustomerIds;
import dev.coterie.tools.Desk;
import dev.coterie.tools.FactBook;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Toolbox;
import dev.coterie.tools.Workbench;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions about finished runs, with a language model if one is configured and otherwise,
 * or when it fails, by matched intents and the built-in narrator. Every answer ends with {@link
 * ChatEvent.MessageEnd}. Thread-safe; answers in the calling thread.
 */
public final class ChatEngine {
    private static final Logger log = LoggerFactory.getLogger(ChatEngine.class);
    private static final int KEPT_RUNS = 4;
    private static final Duration TOOL_TIME = Duration.ofSeconds(10);

    /** An answer runs one tool at a time; the others are for tools that hang. */
    private static final int TOOLS_AT_ONCE = 16;

    private final Optional<LanguageModel> model;
    private final ChatEncoders encoders;
    private final int smallCount;
    private final BiFunction<LanguageModel, TurnWork, ChatAgent> agents;
    private final Map<Language, IntentMatcher> matchers = new EnumMap<>(Language.class);
    private final Deque<Known> runs = new ArrayDeque<>();

    /** What is worked out once a run. */
    private record Known(
            Analysis analysis, Fields fields, CustomerIds ids, Map<Language, LooseWords> loose) {
        Understanding understanding(Desk desk, IntentMatcher matcher, CustomerIds ids) {
            var words = loose.computeIfAbsent(desk.language(), l -> LooseWords.of(desk, matcher));
            return new Understanding(desk, matcher, words, ids);
        }

        CustomerIds ids(Optional<Workbench> workbench) {
            return workbench.map(bench -> ids.or(bench::customerRow)).orElse(ids);
        }
    }

    public ChatEngine(Optional<LanguageModel> model, ChatEncoders encoders) {
        this(model, encoders, Figures.SMALL_COUNT);
    }

    /**
     * @param smallCount counts from 1 to one below it are not shown
     */
    public ChatEngine(Optional<LanguageModel> model, ChatEncoders encoders, int smallCount) {
        this(model, encoders, smallCount, agents(new ToolThreads(TOOL_TIME, TOOLS_AT_ONCE)));
    }

    private static BiFunction<LanguageModel, TurnWork, ChatAgent> agents(ToolThreads threads) {
        return (model, turn) -> new ChatAgent(model, turn, threads);
    }

    /** As above, with agents whose tools may fail: for tests. */
    ChatEngine(
            Optional<LanguageModel> model,
            ChatEncoders encoders,
            int smallCount,
            BiFunction<LanguageModel, TurnWork, ChatAgent> agents) {
        this.model = model;
        this.encoders = encoders;
        this.smallCount = smallCount;
        this.agents = agents;
    }

    /**
     * @param history earlier turns of the conversation, oldest first
     * @param question its text must not be blank
     * @return if the listener stopped the answer, what was told until then
     */
    public Answer answer(
            Analysis analysis, List<Turn> history, Question question, ChatListener listener) {
        return answer(analysis, Optional.empty(), history, question, listener);
    }

    /**
     * As above, with what can be done with the run besides reading it: without it, forecasts,
     * scenarios and briefs are refused.
     */
    public Answer answer(
            Analysis analysis,
            Optional<Workbench> workbench,
            List<Turn> history,
            Question question,
            ChatListener listener) {
        return answer(analysis, workbench, history, question, Optional.empty(), listener);
    }

    /**
     * As above, going on with an answer to the same question that was stopped. Without a language
     * model the question is answered anew.
     *
     * @param said what was answered until then; its text must not be blank
     */
    public Answer answer(
            Analysis analysis,
            Optional<Workbench> workbench,
            List<Turn> history,
            Question question,
            Optional<Answer> said,
            ChatListener listener) {
        long start = System.nanoTime();
        Language language = question.language().orElseGet(() -> languageOf(question.text()));
        Known known = known(analysis);
        Optional<SentenceEncoder> textEncoder =
                analysis.embeddings().flatMap(e -> encoders.named(e.encoder().name()));
        var desk =
                new Desk(
                        analysis,
                        known.fields(),
                        new FactBook(analysis, told(history, said)),
                        textEncoder,
                        language,
                        smallCount,
                        workbench);
        CustomerIds ids = known.ids(workbench);
        var turn =
                new TurnWork(
                        desk,
                        ids,
                        known.understanding(desk, matcher(language), ids),
                        history,
                        question,
                        said,
                        listener);
        try {
            Answer answer = write(turn);
            log.info(
                    "chat: {} by {} in {} ms",
                    answer.asked().map(Answer.Asked::intent).orElse("-"),
                    answer.writer().word(),
                    (System.nanoTime() - start) / 1_000_000);
            turn.end("stop", answer.writer(), start);
            return answer;
        } catch (CancelledException e) {
            Answer stopped = turn.stopped(model.map(LanguageModel::name));
            turn.end("stopped_by_user", Writer.LLM, start);
            return stopped;
        }
    }

    /** Everything that was told, for its facts to keep their ids. */
    private static List<Fact> told(List<Turn> history, Optional<Answer> said) {
        var all = new ArrayList<Fact>();
        for (Turn turn : history) all.addAll(turn.answer().facts().values());
        said.ifPresent(answer -> all.addAll(answer.facts().values()));
        return all;
    }

    /** The tools of a run, to be called one by one. */
    public Toolbox tools(Analysis analysis, Optional<Workbench> workbench, Language language) {
        Known known = known(analysis);
        var desk =
                new Desk(
                        analysis,
                        known.fields(),
                        new FactBook(analysis, List.of()),
                        analysis.embeddings().flatMap(e -> encoders.named(e.encoder().name())),
                        language,
                        smallCount,
                        workbench);
        return new Toolbox(desk, known.ids(workbench));
    }

    private Answer write(TurnWork turn) {
        WriterChoice choice = turn.question().writer();
        if (model.isPresent() && choice != WriterChoice.BUILTIN) {
            turn.listener()
                    .event(
                            new ChatEvent.MessageStart(
                                    Writer.LLM,
                                    Optional.of(model.get().name()),
                                    turn.desk().language()));
            try {
                return agents.apply(model.get(), turn).answer();
            } catch (LlmException e) {
                turn.listener().event(new ChatEvent.Warning(e.message()));
                return turn.builtIn(Optional.of(e.message()));
            }
        }
        turn.listener()
                .event(
                        new ChatEvent.MessageStart(
                                Writer.BUILTIN, Optional.empty(), turn.desk().language()));
        if (model.isEmpty() && choice == WriterChoice.LLM) {
            Message none = Message.of("chat.no_model");
            turn.listener().event(new ChatEvent.Warning(none));
            return turn.builtIn(Optional.of(none));
        }
        return turn.builtIn(Optional.empty());
    }

    /** The language a question is written in. */
    public static Language languageOf(String text) {
        return TextLanguage.isChinese(text) ? Language.CHINESE : Language.ENGLISH;
    }

    /** Makes ready for questions in a language, so that the first one need not wait. */
    public void warm(Language language) {
        matcher(language).warm();
    }

    /** Drops what was worked out of runs, such as one that is deleted; others are done again. */
    public synchronized void forget() {
        runs.clear();
    }

    private synchronized IntentMatcher matcher(Language language) {
        return matchers.computeIfAbsent(
                language, l -> new IntentMatcher(l, encoders.forQuestions(l)));
    }

    private synchronized Known known(Analysis analysis) {
        // By identity: comparing two runs by value would take longer than the question.
        for (Known known : runs) if (known.analysis() == analysis) return known;
        var known =
                new Known(
                        analysis,
                        new Fields(analysis),
                        CustomerIds.of(analysis.customers().ids()),
                        new ConcurrentHashMap<>());
        runs.addFirst(known);
        if (runs.size() > KEPT_RUNS) runs.removeLast();
        return known;
    }
}
