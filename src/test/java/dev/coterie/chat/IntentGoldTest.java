package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Questions of our own with the intent and slots a person would see in them. */
class IntentGoldTest {
    private final ChatEngine engine = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);

    private record Gold(
            Language language,
            String question,
            String intent,
            List<Integer> segments,
            String extra) {}

    private static List<Gold> read(String file) throws IOException {
        try (var in = IntentGoldTest.class.getResourceAsStream("/chat/" + file);
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(IntentGoldTest::gold)
                    .toList();
        }
    }

    private static Gold gold(String line) {
        String[] f = line.split("\t", -1);
        Language language = Language.of(f[0]);
        Analysis analysis = ChatFixture.of(language);
        String question = f[1];
        for (char g : ChatFixture.GROUPS.toCharArray()) {
            int number = ChatFixture.number(analysis, g);
            String word = language == Language.CHINESE ? "客群" : "segment ";
            question = question.replace("segment #" + g, "#" + g);
            question = question.replace("#" + g, word + number);
            question = question.replace("@" + g, ChatFixture.name(analysis, g, language));
        }
        var segments = new ArrayList<Integer>();
        for (String g : f[3].split(",")) {
            if (!g.isBlank()) segments.add(ChatFixture.number(analysis, g.charAt(0)));
        }
        return new Gold(language, question, f[2], segments, f[4]);
    }

    @Test
    void mostQuestionsAreUnderstoodAndTheUnanswerableAreRefused() throws IOException {
        check("gold.tsv", 0.95, 0.9);
    }

    /** Written after tuning and never tuned on. */
    @Test
    void questionsNeverTunedOnAreMostlyUnderstoodToo() throws IOException {
        check("heldout.tsv", 0.75, 0.6);
    }

    private void check(String file, double leastRight, double leastRefused) throws IOException {
        var wrong = new ArrayList<String>();
        int[] count = new int[4];
        int[] right = new int[4];
        for (Gold gold : read(file)) {
            Analysis analysis = ChatFixture.of(gold.language());
            Answer answer =
                    engine.answer(
                            analysis, List.of(), Question.of(gold.question()), ChatListener.NONE);
            Answer.Asked asked = answer.asked().orElseThrow();
            boolean refused = gold.intent().equals("unknown");
            boolean good = asked.intent().equals(gold.intent());
            if (good && !refused) {
                good = asked.segments().equals(gold.segments()) && extra(analysis, gold, asked);
            }
            int kind = (gold.language() == Language.CHINESE ? 2 : 0) + (refused ? 1 : 0);
            count[kind]++;
            if (good) right[kind]++;
            else wrong.add(gold.question() + " -> " + asked + ", not " + gold.intent());
        }
        String report =
                "en %d/%d, en refused %d/%d, zh %d/%d, zh refused %d/%d%n%s"
                        .formatted(
                                right[0],
                                count[0],
                                right[1],
                                count[1],
                                right[2],
                                count[2],
                                right[3],
                                count[3],
                                String.join("\n", wrong));
        System.out.println(report);
        for (int kind = 0; kind < 4; kind++) {
            double least = kind % 2 == 0 ? leastRight : leastRefused;
            assertTrue(right[kind] >= least * count[kind], report);
        }
    }

    private static boolean extra(Analysis analysis, Gold gold, Answer.Asked asked) {
        if (gold.extra().isEmpty()) return true;
        if (asked.customer() >= 0) {
            return analysis.customers().ids().get(asked.customer()).equals(gold.extra());
        }
        return asked.topic().toLowerCase(java.util.Locale.ROOT).contains(gold.extra());
    }
}
