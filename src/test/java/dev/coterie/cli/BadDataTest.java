package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.segment.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Data with little or nothing in it leads with every algorithm to words or to a sensible result.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadDataTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir static Path folder;

    private Terminal terminal;

    /**
     * @param said parts of what the command says where it is refused, or else of segments.json
     */
    record Case(String name, int exit, List<String> said, String csv, List<String> more) {
        static Case of(String columns, int exit, int n, IntFunction<String> row) {
            var rows = IntStream.rangeClosed(1, n).mapToObj(i -> "c" + i + "," + row.apply(i));
            String csv = "customer_id," + columns + "\n" + String.join("\n", rows.toList()) + "\n";
            return new Case("", exit, List.of(), csv, List.of());
        }

        Case named(String name, String... said) {
            return new Case(name, exit, List.of(said), csv, more);
        }

        Case with(String... arguments) {
            return new Case(name, exit, said, csv, List.of(arguments));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static String spread(int i) {
        return (20 + i * 7 % 41) + "," + (100 + i * i % 97 * 3);
    }

    private static Stream<Case> nothingToSegment() {
        int refused = ExitCode.INPUT_REFUSED;
        return Stream.of(
                Case.of("age,income", refused, 1, i -> spread(i)).named("one", "at least 4"),
                Case.of("age,income", refused, 2, i -> spread(i)).named("two", "at least 4"),
                Case.of("age,income", refused, 6, i -> spread(i))
                        .named("fewer than k", "6 customers")
                        .with("--k", "9"),
                Case.of("age,income", refused, 30, i -> spread(i))
                        .named("nothing left", "switches off every block", "(profile)")
                        .with("--balance", "profile=0"),
                Case.of("age,income", refused, 30, i -> spread(i))
                        .named("nothing left, in Chinese", "权重关闭了所有有数据的块（profile）")
                        .with("--balance", "profile=0,text=1", "--lang", "zh-CN"));
    }

    private static Stream<Case> littleInIt() {
        List<String> endless = List.of("inf", "NaN", "-Infinity", "1e999");
        return Stream.of(
                Case.of("age,income", ExitCode.DONE, 30, i -> "41,3000")
                        .named("all the same", "identical", "age, income"),
                Case.of(
                                "age,income,plan,fax,town,score,review",
                                ExitCode.DONE,
                                40,
                                i ->
                                        String.join(
                                                ",",
                                                spread(i),
                                                "basic,",
                                                "t" + i,
                                                i < 30 ? "" + i : endless.get(i % 4),
                                                i == 7 ? "It came late and does not fit me." : ""))
                        .named(
                                "much left out",
                                "left out of the segments: plan",
                                "fax has no value at all",
                                "town: each value belongs to one customer or very few",
                                "numbers are infinite or too large",
                                "a single customer wrote")
                        .with("--role", "town=category"));
    }

    private static Stream<Arguments> littleWithEveryAlgorithm() {
        return littleInIt()
                .flatMap(c -> Stream.of(Algorithm.values()).map(a -> Arguments.of(c, a)));
    }

    @BeforeAll
    void openTerminal() {
        terminal = new Terminal(folder.resolve("data"));
    }

    @AfterAll
    void closeTerminal() {
        terminal.close();
    }

    @ParameterizedTest
    @MethodSource("nothingToSegment")
    void whatLeavesNothingToSegmentIsRefusedInWords(Case bad) throws IOException {
        var outcome = segment(bad, Algorithm.AUTO, folder.resolve(bad.name()));
        assertEquals(bad.exit(), outcome.exit(), outcome.said());
        for (String part : bad.said()) assertTrue(outcome.said().contains(part), outcome.said());
        assertFalse(outcome.said().contains("Exception"), outcome.said());
    }

    @ParameterizedTest
    @MethodSource("littleWithEveryAlgorithm")
    void everyAlgorithmSaysWhatIsLeftOutAndHasARowForEveryone(Case bad, Algorithm algorithm)
            throws IOException {
        Path out = folder.resolve(bad.name() + algorithm.word());
        var outcome = segment(bad, algorithm, out);
        assertEquals(bad.exit(), outcome.exit(), outcome.said());
        String json = Files.readString(out.resolve("segments.json"));
        for (String part : bad.said()) assertTrue(json.contains(part), part + " in " + json);
        String assignments = Files.readString(out.resolve("assignments.csv"));
        for (String text : List.of(json, assignments, Files.readString(out.resolve("report.html"))))
            assertFinite(text);
        assertEquals(bad.csv().lines().count(), assignments.lines().count());
        assertEquals(bad.csv().lines().count() - 1, sizes(JSON.readTree(json)));
    }

    private Terminal.Outcome segment(Case bad, Algorithm algorithm, Path out) throws IOException {
        Path file = Files.writeString(folder.resolve("customers.csv"), bad.csv());
        var arguments = new ArrayList<>(List.of("segment", file.toString(), "--quiet"));
        arguments.addAll(List.of("--out", out.toString(), "--algorithm", algorithm.word()));
        arguments.addAll(bad.more());
        return terminal.run("en", arguments);
    }

    private static void assertFinite(String text) {
        String own = text.replaceAll("(?s)\"sample.*?\\]", "");
        assertFalse(own.matches("(?s).*\\b(NaN|Infinity)\\b.*"), text);
    }

    private static long sizes(JsonNode json) {
        long sum = 0;
        for (JsonNode segment : json.path("segments")) sum += segment.path("size").asLong();
        return sum;
    }
}
