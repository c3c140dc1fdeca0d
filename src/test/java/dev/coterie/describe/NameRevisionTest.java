package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.ModelWordingsTest.Scripted;
import dev.coterie.embed.Embeddings;
import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.progress.Progress;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.words.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What happens to a model's words after the blind check, and what is never asked again. */
class NameRevisionTest {
    private static final CustomerTable CUSTOMERS = SampleCustomers.english(400, 7);
    private static final Function<List<String>, Embeddings> NO_VECTORS =
            sentences -> {
                throw new AssertionError("nothing to compare sentences with");
            };
    private static final List<String> FIRST =
            List.of("Quiet delivery people", "Steady coat lovers", "Fresh app seekers");
    private static final String SECOND = "Patient delivery watchers";

    /** Remembers in memory. */
    private static final class Memory implements WordingCache {
        final Map<String, Words> words = new HashMap<>();

        @Override
        public Optional<Words> find(String fingerprint) {
            return Optional.ofNullable(words.get(fingerprint));
        }

        @Override
        public void keep(String fingerprint, Words kept) {
            words.put(fingerprint, kept);
        }
    }

    private static Description describe(Scripted model, WordingCache cache, int[] labels) {
        return new SegmentDescriber(
                        Optional.of(model), Language.ENGLISH, cache, Optional.of(NO_VECTORS))
                .describe(
                        CUSTOMERS,
                        Optional.empty(),
                        SampleCustomers.labelled(labels, 3),
                        SampleCustomers.sources(CUSTOMERS),
                        Progress.NONE);
    }

    private static int[] planted() {
        return IntStream.range(0, CUSTOMERS.customers()).map(i -> i % 3).toArray();
    }

    /** The facts that a prompt shows of one segment, as id to label. */
    private static Map<String, String> facts(String prompt, int number) {
        String own = prompt.substring(prompt.indexOf("Segment seg_" + number + "\n"));
        int end = own.indexOf("\n\n");
        return Pattern.compile("(?m)^(f\\d+) \\| ([^|]+) \\|")
                .matcher(own.substring(0, end))
                .results()
                .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2), (a, b) -> a));
    }

    private static String fact(String prompt, int number, String label) {
        return facts(prompt, number).entrySet().stream()
                .filter(e -> e.getValue().equals(label))
                .map(Map.Entry::getKey)
                .min(java.util.Comparator.comparingInt(id -> Integer.parseInt(id.substring(1))))
                .orElseThrow(() -> new AssertionError(label + " in " + facts(prompt, number)));
    }

    private static String words(int number, String name, Stream<String> facts) {
        return "{\"id\":\"seg_"
                + number
                + "\",\"name\":\""
                + name
                + "\",\"who\":\"People who like coats.\",\"sentences\":["
                + facts.map(f -> "\"They are {{" + f + "}}.\"").collect(Collectors.joining(","))
                + "]}";
    }

    private static String reply(Stream<String> segments) {
        return "{\"segments\":[" + segments.collect(Collectors.joining(",")) + "]}";
    }

    private static boolean askedAgain(String prompt) {
        return prompt.contains("would be taken for customers of");
    }

    /** The first segment is described by its size alone, the third by an age that both share. */
    private static String vague(String prompt) {
        return reply(
                Stream.of(
                        words(1, FIRST.get(0), Stream.of(fact(prompt, 1, "customers"))),
                        words(2, FIRST.get(1), Stream.of(fact(prompt, 2, "age"))),
                        words(3, FIRST.get(2), Stream.of(fact(prompt, 3, "age")))));
    }

    @Nested
    class AWeakName {
        @Test
        void isAskedAgainWithTheSiblingItIsMistakenForAndTheBetterOneStays() {
            var model =
                    new Scripted(
                            p -> {
                                if (!askedAgain(p)) return vague(p);
                                Matcher best =
                                        Pattern.compile("apart best: (.*?)\\. Build").matcher(p);
                                assertTrue(best.find(), p);
                                return reply(
                                        Stream.of(
                                                words(
                                                        1,
                                                        SECOND,
                                                        Pattern.compile("(f\\d+) \\(")
                                                                .matcher(best.group(1))
                                                                .results()
                                                                .map(m -> m.group(1)))));
                            });
            Description d = describe(model, WordingCache.NONE, planted());
            assertEquals(2, model.prompts.size());
            String again = model.prompts.get(1);
            assertTrue(again.contains("\"" + FIRST.get(2) + "\""), "the sibling is named");
            assertFalse(again.contains("Segment seg_2\n"), "only what is weak");
            SegmentProfile first = d.segments().get(0);
            assertEquals(SECOND, first.wording(Language.ENGLISH).name());
            assertFalse(first.tried().orElseThrow().weak(), first.tried().toString());
            assertEquals(
                    Optional.of(NamingPrompt.told(Language.ENGLISH).version()),
                    first.wording(Language.ENGLISH).prompt());
        }

        @Test
        void isFlaggedWhenTheSecondIsNoBetter() {
            var model =
                    new Scripted(
                            p ->
                                    askedAgain(p)
                                            ? reply(
                                                    Stream.of(
                                                            words(
                                                                    1,
                                                                    SECOND,
                                                                    Stream.of(
                                                                            fact(
                                                                                    p,
                                                                                    1,
                                                                                    "customers")))))
                                            : vague(p));
            Description d = describe(model, WordingCache.NONE, planted());
            assertEquals(2, model.prompts.size(), "once, and no more");
            SegmentProfile first = d.segments().get(0);
            assertTrue(first.tried().orElseThrow().weak());
            assertEquals(Optional.of(3), first.tried().orElseThrow().confusedWith());
            assertEquals(FIRST.get(0), first.wording(Language.ENGLISH).name());
        }

        @Test
        void isNoneWhereTheModelWritesInAnotherLanguageThanTheTexts() {
            Description d =
                    describe(
                            new Scripted(p -> p.contains("Segment seg_2\n") ? vague(p) : "no JSON"),
                            WordingCache.NONE,
                            planted());
            SegmentProfile first = d.segments().get(0);
            assertTrue(d.tried(1, Language.ENGLISH).orElseThrow().weak(), "it was read");
            assertEquals(first.tried(), d.tried(1, Language.CHINESE), "the narrator says the same");
            var chinese = first.worded(Language.CHINESE, first.wording(Language.ENGLISH));
            Description other = d.with(List.of(chinese));
            assertEquals(Optional.empty(), other.tried(1, Language.CHINESE));
            assertEquals(
                    "describe.untried.other_language",
                    other.untried(1, Language.CHINESE).orElseThrow().key());
        }
    }

    @Nested
    class SegmentsWithTheSameFacts {
        private String told(Description d, int number) {
            Wording w = d.segments().get(number - 1).wording(Language.ENGLISH);
            assertEquals(Writer.LLM, w.writer());
            return w.name()
                    + w.sentences().stream()
                            .map(
                                    s ->
                                            References.render(
                                                    s,
                                                    d.facts(),
                                                    Language.ENGLISH,
                                                    Figures.SMALL_COUNT))
                            .toList();
        }

        private String plain(String prompt) {
            return reply(
                    IntStream.rangeClosed(1, 3)
                            .filter(n -> prompt.contains("Segment seg_" + n + "\n"))
                            .mapToObj(
                                    n ->
                                            words(
                                                    n,
                                                    n == 1 ? SECOND : FIRST.get(n - 1),
                                                    facts(prompt, n).keySet().stream().limit(6))));
        }

        @Test
        void areNotAskedForASecondTime() {
            var cache = new Memory();
            var model = new Scripted(this::plain);
            Description before = describe(model, cache, planted());
            int calls = model.prompts.size();
            assertTrue(calls >= 1);
            Description after = describe(model, cache, planted());
            assertEquals(calls, model.prompts.size(), "no call");
            for (int s = 1; s <= 3; s++) assertEquals(told(before, s), told(after, s));
        }

        @Test
        void areLeftOutWhenOthersChangedAndKeepWordsThatAreTrueUnderTheNewNumbers() {
            var cache = new Memory();
            var model = new Scripted(this::plain);
            Description before = describe(model, cache, planted());
            model.prompts.clear();
            // The first segment becomes the second; some of that go to the third.
            int[] labels = new int[CUSTOMERS.customers()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i % 3 == 0 ? 1 : i % 3 == 1 && i % 5 != 0 ? 0 : 2;
            }
            Description after = describe(model, cache, labels);
            assertFalse(model.prompts.isEmpty());
            for (String prompt : model.prompts) {
                assertFalse(prompt.contains("Segment seg_2\n"), "it is what it was");
            }
            assertEquals(told(before, 1), told(after, 2));
            assertNotEquals(told(before, 2), told(after, 1));
        }

        @Test
        void areAskedAgainUnderAnotherModel() {
            var cache = new Memory();
            describe(new Scripted(this::plain), cache, planted());
            var other =
                    new Scripted(this::plain) {
                        @Override
                        public String name() {
                            return "another";
                        }
                    };
            describe(other, cache, planted());
            assertFalse(other.prompts.isEmpty());
        }
    }
}
