package dev.coterie.brief;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.Brief.Source;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.proof.ClaimGate;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real briefs of the built-in writer, each with one statement made false: the check must find it,
 * and must leave the right ones alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedBriefsTest {
    /** Another seed is another shop: {@code -Dbriefs.seed=77}. */
    private static final long SEED = Long.getLong("briefs.seed", 20);

    private static final int PER_KIND = 65;
    private static final int RIGHT = 500;
    private static final List<List<String>> CHANNELS =
            List.of(
                    List.of(),
                    List.of("App"),
                    List.of("SMS"),
                    List.of("Store", "Email"),
                    List.of("小程序"),
                    List.of("Fax"));
    private static final List<String> GOALS = List.of("retain", "grow", "win_back", "acquire");

    /** A brief with all facts and the description's sentences as statements of their own. */
    private record Written(
            Brief brief, BriefCheck check, Map<String, Fact> facts, List<Item> items) {}

    private final List<Written> written = new ArrayList<>();

    @BeforeAll
    void write(@TempDir Path folder) throws IOException {
        var writer = new BriefWriter(Optional.empty());
        for (Language shop : Language.values()) {
            Analysis analysis = DemoAnalyses.of(shop, SEED, folder);
            for (Language language : Language.values()) {
                for (int s = 1; s <= analysis.segmentation().k(); s++) {
                    for (String goal : GOALS) {
                        for (List<String> channels : CHANNELS) {
                            var request =
                                    new BriefRequest(goal, channels, language, Writer.BUILTIN);
                            written.add(of(analysis, writer.write(analysis, s, request)));
                        }
                    }
                }
            }
        }
    }

    private static Written of(Analysis analysis, Brief brief) {
        Map<String, Fact> facts = new LinkedHashMap<>(analysis.description().facts());
        facts.putAll(brief.facts());
        var items = new ArrayList<Item>();
        for (Brief.Section section : brief.sections()) {
            if (section.key() != Key.EVIDENCE) items.addAll(section.items());
        }
        var profile = analysis.description().segment(brief.segment()).orElseThrow();
        for (String sentence : profile.wording(brief.language()).sentences()) {
            items.add(new Item(sentence, Source.DATA, profile.quotes(), References.ids(sentence)));
        }
        return new Written(brief, new BriefCheck(analysis.description(), brief), facts, items);
    }

    private List<Written> in(Language language) {
        return written.stream().filter(w -> w.brief.language() == language).toList();
    }

    @Test
    void leavesRightBriefsAlone() {
        var random = new Random(SEED);
        var right = new ArrayList<>(written);
        Collections.shuffle(right, random);
        var alarms = new ArrayList<String>();
        int flagged = 0;
        for (int i = 0; i < RIGHT; i++) {
            Written w = right.get(i);
            Language language = w.brief.language();
            boolean shown = random.nextBoolean();
            int before = alarms.size();
            for (Item item : w.items) {
                String text =
                        shown
                                ? References.render(
                                        item.text(), w.facts, language, Figures.SMALL_COUNT)
                                : item.text();
                w.check.check(item, text).forEach(f -> alarms.add(f.fault() + ": " + f.sentence()));
            }
            if (alarms.size() > before) flagged++;
        }
        System.out.printf(
                "right briefs: seed %d, n = %d, flagged %d (%.1f %%)%n",
                SEED, RIGHT, flagged, 100.0 * flagged / RIGHT);
        alarms.stream().distinct().limit(20).forEach(System.out::println);
        assertTrue(flagged <= 0.02 * RIGHT, flagged + " right briefs flagged");
    }

    @Test
    void findsChangedFiguresAndClaims() {
        var random = new Random(SEED);
        Map<Mutations.Kind, int[]> counts = new EnumMap<>(Mutations.Kind.class);
        var missed = new ArrayList<String>();
        for (Mutations.Kind kind : Mutations.Kind.values()) {
            counts.put(kind, new int[4]);
            for (Language language : Language.values()) {
                change(kind, language, random, counts.get(kind), missed);
            }
        }
        int all = 0;
        for (var entry : counts.entrySet()) {
            int[] c = entry.getValue();
            all += c[0] + c[2];
            System.out.printf(
                    "changed briefs: %-10s English %d of %d, Chinese %d of %d caught%n",
                    entry.getKey(), c[1], c[0], c[3], c[2]);
        }
        System.out.printf("changed briefs: seed %d, n = %d%n", SEED, all);
        missed.stream().limit(30).forEach(System.out::println);
        assertTrue(all >= 1000, "only " + all + " changed");
        double numbers =
                rate(
                        counts,
                        Mutations.Kind.DIGIT,
                        Mutations.Kind.UNIT,
                        Mutations.Kind.PERCENT,
                        Mutations.Kind.SEGMENT,
                        Mutations.Kind.PERIOD);
        double claims =
                rate(
                        counts,
                        Mutations.Kind.DIRECTION,
                        Mutations.Kind.COMPARISON,
                        Mutations.Kind.RANK);
        assertTrue(numbers >= 0.995, "numbers: " + numbers);
        assertTrue(claims >= 0.95, "directions, comparisons and ranks: " + claims);
    }

    private void change(
            Mutations.Kind kind,
            Language language,
            Random random,
            int[] count,
            List<String> missed) {
        var mutations = new Mutations(random, language);
        int at = language == Language.ENGLISH ? 0 : 2;
        List<Written> of = in(language);
        for (int tries = 0; count[at] < PER_KIND && tries < 40_000; tries++) {
            Written w = any(of, random);
            Item item = any(w.items, random);
            Optional<String> changed =
                    mutations.apply(kind, item.text(), w.facts, w.brief.segment());
            if (changed.isEmpty()) continue;
            count[at]++;
            List<ClaimGate.Finding> found = w.check.check(item, changed.get());
            if (found.isEmpty()) missed.add("missed " + kind + ": " + changed.get());
            else count[at + 1]++;
        }
    }

    private static double rate(Map<Mutations.Kind, int[]> counts, Mutations.Kind... kinds) {
        int caught = 0;
        int all = 0;
        for (Mutations.Kind kind : kinds) {
            int[] c = counts.get(kind);
            all += c[0] + c[2];
            caught += c[1] + c[3];
        }
        return (double) caught / all;
    }

    private static <T> T any(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    @Test
    void withoutFactsNothingPasses() {
        // The test of the test: a check that lets everything pass would fail here and above.
        Written w = written.get(0);
        Item item = w.items.stream().filter(i -> !i.facts().isEmpty()).findFirst().orElseThrow();
        var bare = new Item(item.text(), item.source(), List.of(), List.of());
        String shown =
                References.render(item.text(), w.facts, w.brief.language(), Figures.SMALL_COUNT);
        assertEquals(1, w.check.check(bare, shown).size());
        assertEquals(ClaimGate.Fault.NUMBER, w.check.check(bare, shown).get(0).fault());
    }
}
