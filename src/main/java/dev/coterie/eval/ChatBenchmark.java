package dev.coterie.eval;

import dev.coterie.chat.Answer;
import dev.coterie.chat.ChatEngine;
import dev.coterie.chat.ChatEvent;
import dev.coterie.chat.Question;
import dev.coterie.chat.Turn;
import dev.coterie.chat.WriterChoice;
import dev.coterie.eval.ChatOutcome.Verdict;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.tools.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Asks the gold questions and judges the answers: the tool, its arguments, the figures in the text.
 * An answer is right if all three are; to an unanswerable question, if it says that the data does
 * not hold it. A figure is wrong if it is not the run's, or if the answer gives figures and none of
 * them is what was asked for.
 */
public final class ChatBenchmark {
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}(?:[\\p{Nd}.,-]*\\p{Nd})?");

    private final ChatEngine engine;
    private final WriterChoice writer;
    private final Map<Language, GoldShop> shops;
    private final Map<String, GoldQuestion> byId = new LinkedHashMap<>();

    public ChatBenchmark(ChatEngine engine, WriterChoice writer, List<GoldShop> shops) {
        this.engine = engine;
        this.writer = writer;
        this.shops = new LinkedHashMap<>();
        for (GoldShop shop : shops) this.shops.put(shop.language(), shop);
    }

    /**
     * @param heard told each verdict as it is reached
     */
    public ChatOutcome evaluate(List<GoldQuestion> questions, Consumer<Verdict> heard) {
        questions.forEach(q -> byId.put(q.id(), q));
        var verdicts = new ArrayList<Verdict>();
        for (GoldQuestion question : questions) {
            Verdict verdict = judge(question);
            heard.accept(verdict);
            verdicts.add(verdict);
        }
        return new ChatOutcome(verdicts);
    }

    private record Said(Answer answer, List<ToolResult> calls) {}

    private Said ask(GoldQuestion gold, List<Turn> history) {
        GoldShop shop = shops.get(gold.language());
        var calls = new ArrayList<ToolResult>();
        var question = new Question(shop.asked(gold.text()), Optional.empty(), List.of(), writer);
        Answer answer =
                engine.answer(
                        shop.analysis(),
                        Optional.of(shop.workbench()),
                        history,
                        question,
                        event -> {
                            if (event instanceof ChatEvent.ToolDone done) calls.add(done.result());
                        });
        return new Said(answer, calls);
    }

    private List<Turn> history(GoldQuestion gold) {
        if (gold.after().isEmpty()) return List.of();
        GoldQuestion before = byId.get(gold.after().get());
        var turns = new ArrayList<>(history(before));
        var question = Question.of(shops.get(before.language()).asked(before.text()));
        turns.add(new Turn(question, ask(before, turns).answer()));
        return turns;
    }

    private Verdict judge(GoldQuestion gold) {
        Said said = ask(gold, history(gold));
        GoldShop shop = shops.get(gold.language());
        Answer answer = said.answer();
        List<Fact> stated =
                References.ids(answer.text()).stream()
                        .filter(answer.facts()::containsKey)
                        .map(answer.facts()::get)
                        .toList();
        boolean abstained = abstained(answer, stated);
        boolean unanswerable = gold.kind() == GoldQuestion.Kind.UNANSWERABLE;
        var arguments = new GoldArguments(shop);
        boolean tool =
                said.calls().stream()
                        .anyMatch(
                                c ->
                                        gold.tools().contains(c.tool())
                                                && arguments.hold(gold.arguments(), c.args()));
        var figures = new GoldFigures(shop);
        boolean all =
                gold.figures().stream()
                        .allMatch(
                                options ->
                                        options.stream()
                                                .anyMatch(o -> given(figures, o, stated, answer)));
        boolean right = unanswerable ? abstained : !abstained && tool && all;
        boolean besides =
                !abstained && !right && !stated.isEmpty() && (unanswerable || !(tool && all));
        return new Verdict(
                gold.id(),
                gold.language(),
                gold.kind(),
                shop.asked(gold.text()),
                right,
                abstained,
                besides || bare(answer, shop),
                answer.fallback().isPresent(),
                calls(said.calls()),
                References.render(
                        answer.text(), answer.facts(), gold.language(), Figures.SMALL_COUNT));
    }

    /** A figure marked {@code shown:} may stand in a table, any other in the text. */
    private static boolean given(
            GoldFigures figures, String figure, List<Fact> stated, Answer answer) {
        return figure.startsWith("shown:")
                ? figures.stated(figure.substring(6), List.copyOf(answer.facts().values()))
                : figures.stated(figure, stated);
    }

    /** A model that finds nothing to cite has not answered either. */
    private static boolean abstained(Answer answer, List<Fact> stated) {
        List<String> caveats = answer.check().caveats();
        return caveats.contains(Answer.Check.NOT_IN_DATA)
                || caveats.contains(Answer.Check.ASKS_BACK)
                || stated.isEmpty() && answer.quotes().isEmpty() && answer.tables().isEmpty();
    }

    /** True if a number stands in the text that no cited fact's label, name or quotation has. */
    private static boolean bare(Answer answer, GoldShop shop) {
        String rest = answer.text().replaceAll("\\{\\{[^}]*}}|[“\"「][^”\"」]*[”\"」]", " ");
        for (var segment : shop.analysis().description().segments()) {
            rest = rest.replace(segment.wording(shop.language()).name(), " ");
        }
        List<String> labels =
                answer.facts().values().stream().map(f -> f.label().in(answer.language())).toList();
        return NUMBER.matcher(rest)
                .results()
                .anyMatch(m -> labels.stream().noneMatch(l -> l.contains(m.group())));
    }

    private static String calls(List<ToolResult> calls) {
        return calls.stream()
                .map(c -> c.tool() + c.args())
                .reduce((a, b) -> a + " " + b)
                .orElse("-");
    }
}
