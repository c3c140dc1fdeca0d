package dev.coterie.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.chat.ChatEncoders;
import dev.coterie.chat.ChatEngine;
import dev.coterie.chat.WriterChoice;
import dev.coterie.error.InvalidInputException;
import dev.coterie.eval.ChatBenchmark;
import dev.coterie.eval.ChatOutcome;
import dev.coterie.eval.ChatOutcome.Verdict;
import dev.coterie.eval.GoldQuestion;
import dev.coterie.eval.GoldShop;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.CallRecord;
import dev.coterie.llm.LanguageModel;
import dev.coterie.llm.Usage;
import dev.coterie.run.Scoring;
import dev.coterie.run.SourceFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "chat", mixinStandardHelpOptions = true, resourceBundle = "messages.help")
final class EvalChatCommand implements Callable<Integer> {
    private final Supplier<Services> services;
    private final Language terminal;

    @Parameters(paramLabel = "FILE", arity = "0..*", descriptionKey = "chat-files")
    private List<Path> files;

    @Option(names = "--set", paramLabel = "heldout|tuning|all", descriptionKey = "chat-set")
    private String set;

    @Option(
            names = "--writer",
            paramLabel = "auto|builtin|llm",
            defaultValue = "auto",
            descriptionKey = "chat-writer")
    private String writer;

    @Option(names = "--out", paramLabel = "FILE.json", descriptionKey = "chat-out")
    private Path out;

    @Option(names = "--quiet")
    private boolean quiet;

    private Usage usage = Usage.NONE;

    EvalChatCommand(Supplier<Services> services, Language terminal) {
        this.services = services;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, List<GoldQuestion>> sets = sets();
        WriterChoice choice = writer();
        var progress = new TerminalProgress(new PrintStream(System.err, true), terminal, quiet);
        try (Services all = services.get()) {
            Optional<LanguageModel> model = all.languageModel();
            if (choice == WriterChoice.LLM && model.isEmpty()) {
                throw new InvalidInputException(Message.of("eval.chat_no_model"));
            }
            List<GoldShop> shops = shops(all, progress);
            progress.closeLine();
            boolean llm = choice != WriterChoice.BUILTIN && model.isPresent();
            System.out.println(
                    say(
                            llm ? "eval.chat_by_model" : "eval.chat_by_narrator",
                            "model",
                            model.map(LanguageModel::name).orElse("")));
            System.out.println(table().header());
            var verdicts = new ArrayList<Verdict>();
            for (var questions : sets.entrySet()) {
                var engine =
                        new ChatEngine(
                                model.map(m -> m.metered(this::used)),
                                ChatEncoders.of(all.encoders()),
                                all.config().privacy().smallCount());
                var benchmark = new ChatBenchmark(engine, choice, shops);
                ChatOutcome outcome =
                        benchmark.evaluate(questions.getValue(), v -> told(v, progress));
                progress.closeLine();
                rows(questions.getKey(), outcome);
                verdicts.addAll(outcome.verdicts());
            }
            if (llm) {
                long stoodIn = verdicts.stream().filter(Verdict::stoodIn).count();
                System.out.println(say("eval.chat_stood_in", "count", stoodIn));
                System.out.println(usage());
            }
            if (out != null) {
                byte[] json = json(verdicts);
                WholeFile.write(out, to -> to.write(json));
            }
            return ExitCode.DONE;
        } finally {
            progress.closeLine();
        }
    }

    private synchronized void used(CallRecord call) {
        usage = usage.plus(Usage.of(call));
    }

    private String usage() {
        String tokens =
                say(
                        "eval.chat_usage",
                        "calls",
                        usage.calls(),
                        "input",
                        usage.inputTokens(),
                        "output",
                        usage.outputTokens());
        if (usage.costs().isEmpty()) return say("eval.chat_no_price", "tokens", tokens);
        String costs =
                usage.costs().entrySet().stream()
                        .map(c -> c.getKey() + " " + c.getValue().toPlainString())
                        .collect(Collectors.joining(", "));
        return say("eval.chat_cost", "tokens", tokens, "costs", costs);
    }

    private List<GoldShop> shops(Services all, TerminalProgress progress) throws IOException {
        var scoring = new Scoring(all.encoders(), all.embedder());
        if (files == null) {
            return GoldShop.analysed(
                    all.segmentationRun(),
                    scoring,
                    TemporaryFolder.create("coterie-eval"),
                    progress);
        }
        List<SourceFile> sources =
                files.stream().map(f -> new SourceFile(f, f.getFileName().toString())).toList();
        return GoldShop.composed(all.segmentationRun(), scoring, sources, progress);
    }

    /** The questions by the name of their set. */
    private Map<String, List<GoldQuestion>> sets() {
        var sets = new LinkedHashMap<String, List<GoldQuestion>>();
        if (files != null) {
            if (set != null) throw new InvalidInputException(Message.of("eval.chat_set_of_files"));
            sets.put("composed", GoldQuestion.composed());
            return sets;
        }
        for (GoldQuestion.Half half : GoldQuestion.Half.values()) {
            boolean wanted = set == null || set.equals("all") || set.equals(half.word());
            if (wanted) sets.put(half.word(), GoldQuestion.of(half));
        }
        if (sets.isEmpty()) {
            throw new InvalidInputException(Message.of("eval.chat_set", "set", set));
        }
        return sets;
    }

    private WriterChoice writer() {
        for (WriterChoice choice : WriterChoice.values()) {
            if (choice.word().equals(writer)) return choice;
        }
        throw new InvalidInputException(Message.of("eval.chat_writer", "writer", writer));
    }

    /** A failed question at once: with a model, the whole set takes a while. */
    private void told(Verdict verdict, TerminalProgress progress) {
        progress.benchmark(Message.of("eval.chat_asked", "id", verdict.id()));
        if (verdict.right() && !verdict.wrongFigure() || quiet) return;
        progress.closeLine();
        System.err.println(
                say("eval.chat_wrong", "id", verdict.id(), "question", verdict.question()));
        System.err.println("  " + verdict.calls());
        System.err.println("  " + verdict.answer());
    }

    private TextTable table() {
        return new TextTable()
                .column(say("eval.column_set"), 10)
                .column(say("eval.column_language"), 9)
                .column(say("eval.column_kind"), 13)
                .column(say("eval.column_right"), 7)
                .column(say("eval.column_share"), 6)
                .column(say("eval.column_wrong_figures"), 13);
    }

    private void rows(String set, ChatOutcome outcome) {
        for (Language language : Language.values()) {
            for (GoldQuestion.Kind kind : GoldQuestion.Kind.values()) {
                row(
                        set,
                        language.tag(),
                        kind.word(),
                        outcome,
                        v -> v.language() == language && v.kind() == kind);
            }
        }
        row(set, "", say("eval.chat_answerable"), outcome, Verdict::answerable);
        row(set, "", say("eval.chat_unanswerable"), outcome, v -> !v.answerable());
    }

    private void row(
            String set,
            String language,
            String kind,
            ChatOutcome outcome,
            Predicate<Verdict> which) {
        long right = outcome.count(which.and(Verdict::right));
        System.out.println(
                table().row(
                                List.of(
                                        set,
                                        language,
                                        kind,
                                        right + "/" + outcome.count(which),
                                        String.format(Locale.ROOT, "%.2f", outcome.right(which)),
                                        String.valueOf(
                                                outcome.count(which.and(Verdict::wrongFigure))))));
    }

    private static byte[] json(List<Verdict> verdicts) throws IOException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(verdicts);
    }

    private String say(String key, Object... pairs) {
        return Message.of(key, pairs).in(terminal);
    }
}
