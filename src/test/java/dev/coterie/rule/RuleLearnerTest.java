package dev.coterie.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.DateOrder;
import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.language.Language;
import dev.coterie.words.Lexicon;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleLearnerTest {
    @TempDir Path folder;

    static RoleChoice role(String column, Role role) {
        return new RoleChoice(Optional.empty(), column, role, Optional.<DateOrder>empty());
    }

    /** Six hundred customers; who is new and on a monthly plan is segment 0, the rest 1 and 2. */
    static final class Plans {
        final List<String> rows = new ArrayList<>();
        final Map<String, Integer> segment = new HashMap<>();

        Plans(int customers, double noise, long seed) {
            var random = new Random(seed);
            rows.add("id,tenure_months,plan,paperless,height");
            for (int i = 0; i < customers; i++) {
                int tenure = 1 + random.nextInt(72);
                String plan = List.of("monthly", "yearly", "two years").get(random.nextInt(3));
                String id = "k%04d".formatted(i);
                rows.add(
                        RuleData.row(
                                id,
                                tenure,
                                plan,
                                random.nextBoolean() ? "yes" : "no",
                                150 + random.nextInt(50)));
                int planted = tenure <= 24 && plan.equals("monthly") ? 0 : tenure <= 40 ? 1 : 2;
                segment.put(id, random.nextDouble() < noise ? random.nextInt(3) : planted);
            }
        }

        RuleData data(Path folder) {
            return RuleData.of(
                    folder,
                    "plans.csv",
                    rows,
                    List.of(role("tenure_months", Role.NUMBER), role("height", Role.NUMBER)));
        }
    }

    @Nested
    class Planted {
        @Test
        void theRuleIsFoundWithItsFieldsAndLimits() {
            var plans = new Plans(1500, 0.03, 7);
            SegmentRule rule = plans.data(folder).rules(3, plans.segment::get).get(0);
            Set<String> fields = new HashSet<>();
            rule.conditions().forEach(c -> fields.add(c.field().key()));
            assertEquals(Set.of("tenure_months", "plan"), fields, rule.text(Language.ENGLISH));
            for (Condition c : rule.conditions()) {
                if (c instanceof Condition.AtMost at) assertEquals(24, at.limit(), 2);
                else assertEquals("monthly", c.value());
            }
            assertTrue(rule.heldOut().precision() > 0.9, rule.toString());
            assertTrue(rule.heldOut().coverage() > 0.9, rule.toString());
            assertEquals(SegmentRule.Verdict.CLOSE, rule.verdict());
        }

        @Test
        void theFiguresAreOfCustomersItWasNotLearnedOn() {
            var plans = new Plans(1000, 0.03, 7);
            RuleData data = plans.data(folder);
            var segmentation = data.segmented(3, plans.segment::get);
            RuleSplit split = RuleSplit.of(segmentation);
            var seen = new HashSet<Integer>();
            for (int[] part : List.of(split.grow(), split.choose(), split.heldOut())) {
                for (int row : part) assertTrue(seen.add(row), "in two parts: " + row);
            }
            assertEquals(1000, seen.size());
            SegmentRule rule = data.rules(segmentation).get(0);
            Set<String> chosen = data.fulfil(rule);
            int[] here =
                    IntStream.of(split.heldOut())
                            .filter(i -> chosen.contains(data.customers().ids().get(i)))
                            .toArray();
            assertEquals(here.length, rule.heldOut().selected());
            assertEquals(
                    IntStream.of(here).filter(i -> segmentation.labels()[i] == 0).count(),
                    rule.heldOut().right());
            assertEquals(split.heldOut().length, rule.heldOut().customers());
            assertEquals(600, rule.learnedOn());
        }

        @Test
        void outliersTeachNothingButAreMeasured() {
            var plans = new Plans(1000, 0, 7);
            RuleData data = plans.data(folder);
            SegmentRule rule =
                    data.rules(3, id -> id.endsWith("7") ? -1 : plans.segment.get(id)).get(0);
            assertEquals(540, rule.learnedOn(), 2);
            assertEquals(400, rule.heldOut().customers(), 4);
            assertEquals(1.0, rule.heldOut().precision(), 0.02);
            // Of 100 members 40 are held out and found; of as many outliers hardly any are new
            // customers on a monthly plan.
            assertEquals(44.0 / 80, rule.heldOut().coverage(), 0.1);
        }

        @Test
        void aPreferredFewOfManyLevelsBecomeOneCondition() {
            var random = new Random(5);
            var rows = new ArrayList<>(List.of("id,town"));
            var segment = new HashMap<String, Integer>();
            for (int i = 0; i < 1200; i++) {
                int town = random.nextInt(20);
                rows.add("k%04d,town%02d".formatted(i, town));
                segment.put("k%04d".formatted(i), town < 3 ? 0 : 1);
            }
            SegmentRule rule =
                    RuleData.of(folder, "c.csv", rows, List.of(role("town", Role.CATEGORY)))
                            .rules(2, segment::get)
                            .get(0);
            var town = (Condition.OneOf) rule.conditions().get(0);
            assertEquals(Set.of("town00", "town01", "town02"), Set.copyOf(town.levels()));
            assertEquals("in", rule.conditions().get(0).operator());
            assertEquals(1.0, rule.heldOut().precision());
        }
    }

    @Nested
    class Reading {
        private Conjunction on(int n, Condition... conditions) {
            return new Conjunction(List.of(conditions), Rows.where(n, i -> true), n, n);
        }

        @Test
        void bothLimitsOfAFieldStandTogether() {
            var age = field("age", RuleField.Kind.NUMBER);
            var vip = new Condition.Flag(field("vip", RuleField.Kind.YESNO), true);
            // Customer number i is i years old; those from 31 to 60 are members.
            Rows members = Rows.where(90, i -> i > 30 && i <= 60);
            var polish = new RulePolish(members, RuleLearnerTest::byNumber);
            assertEquals(
                    "age over 30 and age at most 60",
                    rule(polish.polished(
                                    List.of(
                                            new Condition.AtMost(age, 60),
                                            vip,
                                            new Condition.Above(age, 30))))
                            .text(Language.ENGLISH));
        }

        @Test
        void aWordIsAskedForOnce() {
            var text = RuleField.of("text", RuleField.Kind.TEXT, Lexicon.column("text"));
            Conjunction rule = on(20, new Condition.Mentions(text, List.of("late", "slow")));
            assertTrue(rule.repeats(new Condition.Mentions(text, List.of("slow", "coat"))));
            assertFalse(rule.repeats(new Condition.Mentions(text, List.of("coat"))));
        }

        @Test
        void latinNamesStandBetweenBlanksInChinese() {
            var plan = field("xq", RuleField.Kind.CATEGORY);
            var size = field("zw", RuleField.Kind.NUMBER);
            assertEquals(
                    "xq 为 b，且 zw 超过 3",
                    rule(List.of(
                                    new Condition.OneOf(plan, List.of("b")),
                                    new Condition.Above(size, 3)))
                            .text(Language.CHINESE));
            var flag = field("qx", RuleField.Kind.YESNO);
            assertEquals(
                    "qx：是，且 zw 超过 3",
                    rule(List.of(new Condition.Flag(flag, true), new Condition.Above(size, 3)))
                            .text(Language.CHINESE));
        }
    }

    @Nested
    class Honesty {
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void onPureNoiseNoRuleIsCalledUseful(long seed) {
            var random = new Random(seed);
            for (int n : new int[] {120, 800}) {
                var rows = new ArrayList<>(List.of("id,a,b,c,d,e,f,g,h"));
                var segment = new HashMap<String, Integer>();
                for (int i = 0; i < n; i++) {
                    var cells = new ArrayList<Object>(List.of("k%04d".formatted(i)));
                    for (int j = 0; j < 8; j++) cells.add(random.nextInt(1000));
                    rows.add(RuleData.row(cells.toArray()));
                    segment.put("k%04d".formatted(i), random.nextInt(4));
                }
                var roles = new ArrayList<RoleChoice>();
                for (String c : "abcdefgh".split("")) roles.add(role(c, Role.NUMBER));
                for (SegmentRule rule :
                        RuleData.of(folder, "n.csv", rows, roles).rules(4, segment::get)) {
                    SegmentRule.Measure m = rule.heldOut();
                    assertEquals(SegmentRule.Verdict.NONE, rule.verdict(), rule.toString());
                    assertTrue(m.precisionInterval().get(0) <= m.base(), rule.toString());
                    assertTrue(rule.judgement(Language.ENGLISH).startsWith("No short rule"));
                }
            }
        }

        @Test
        void noRuleSinglesOutAHandful() {
            // Eight customers are marked unmistakably; a rule on the mark would name them.
            var rows = new ArrayList<>(List.of("id,score,mark"));
            for (int i = 0; i < 400; i++) {
                rows.add(
                        "k%03d,%d,%s".formatted(i, i < 8 ? 999 : i % 90, i < 8 ? "rare" : "usual"));
            }
            RuleData data =
                    RuleData.of(
                            folder,
                            "few.csv",
                            rows,
                            List.of(role("score", Role.NUMBER), role("mark", Role.CATEGORY)));
            for (SegmentRule rule : data.rules(2, id -> id.compareTo("k008") < 0 ? 1 : 0)) {
                assertTrue(data.fulfil(rule).size() >= 11, rule.toString());
            }
        }

        @Test
        void intervalsAreWilsonsAndHoldTheShare() {
            var m = new SegmentRule.Measure(1000, 100, 90, 80);
            assertEquals(80 / 90.0, m.precision());
            assertEquals(0.8, m.coverage());
            // Wilson's interval of 80 out of 90, from a table of score intervals.
            assertEquals(0.807, m.precisionInterval().get(0), 0.001);
            assertEquals(0.939, m.precisionInterval().get(1), 0.001);
            assertEquals(80 / 90.0 / 0.1, m.lift(), 1e-12);
        }

        @Test
        void aHighLiftIsNothingWithoutTheSegment() {
            // Four times as often as by chance, and still wrong 24 times in 25.
            var rare = new SegmentRule.Measure(10_000, 100, 1000, 40);
            var condition = new Condition.Flag(field("x", RuleField.Kind.YESNO), true);
            assertEquals(4, rare.lift(), 1e-9);
            assertEquals(SegmentRule.Verdict.NONE, rule(condition, rare).verdict());
        }

        @Test
        void aSegmentTooLargeForALiftOfOneAndAHalfCanStillHaveARule() {
            var good = new SegmentRule.Measure(1000, 800, 790, 780);
            var poor = new SegmentRule.Measure(1000, 800, 900, 750);
            var condition = new Condition.Flag(field("x", RuleField.Kind.YESNO), true);
            assertEquals(SegmentRule.Verdict.CLOSE, rule(condition, good).verdict());
            assertEquals(SegmentRule.Verdict.NONE, rule(condition, poor).verdict());
        }
    }

    private static Rows byNumber(Condition condition) {
        return Rows.where(
                90,
                i -> {
                    if (condition instanceof Condition.AtMost c) return i <= c.limit();
                    return !(condition instanceof Condition.Above c) || i > c.limit();
                });
    }

    static RuleField field(String key, RuleField.Kind kind) {
        return RuleField.of(key, kind, Lexicon.column(key));
    }

    static SegmentRule rule(List<Condition> conditions) {
        return new SegmentRule(
                conditions,
                new SegmentRule.Measure(10, 5, 5, 5),
                10,
                SegmentRule.Method.BEAM,
                "SELECT 1");
    }

    static SegmentRule rule(Condition condition, SegmentRule.Measure measure) {
        return new SegmentRule(
                List.of(condition), measure, 100, SegmentRule.Method.BEAM, "SELECT 1");
    }

    @Nested
    class Sameness {
        @Test
        void shuffledFilesAndOneThreadGiveTheSameRules() throws Exception {
            var plans = new Plans(700, 0.1, 3);
            List<SegmentRule> rules = plans.data(folder).rules(3, plans.segment::get);
            var pool = new ForkJoinPool(1);
            assertEquals(
                    rules,
                    pool.submit(() -> plans.data(folder).rules(3, plans.segment::get)).get());
            pool.shutdown();
            Collections.shuffle(plans.rows.subList(1, plans.rows.size()), new Random(1));
            assertEquals(rules, plans.data(folder).rules(3, plans.segment::get));
        }
    }

    @Nested
    class Degenerate {
        @Test
        void aSingleSegmentHasNoRule() {
            var plans = new Plans(50, 0, 1);
            assertEquals(List.of(), plans.data(folder).rules(1, id -> 0));
        }

        @Test
        void constantColumnsGiveNoCondition() {
            var rows = new ArrayList<>(List.of("id,a,b"));
            for (int i = 0; i < 100; i++) rows.add("k%03d,5,same".formatted(i));
            RuleData data =
                    RuleData.of(
                            folder,
                            "c.csv",
                            rows,
                            List.of(role("a", Role.NUMBER), role("b", Role.CATEGORY)));
            for (SegmentRule rule : data.rules(2, id -> id.charAt(3) % 2)) {
                assertEquals(List.of(), rule.conditions());
                assertEquals(SegmentRule.Verdict.NONE, rule.verdict());
                assertEquals("", rule.text(Language.ENGLISH));
                assertEquals(100, data.query(rule.sql()).size());
            }
        }

        @Test
        void tooFewCustomersGiveNoCondition() {
            var plans = new Plans(8, 0, 1);
            for (SegmentRule rule : plans.data(folder).rules(2, id -> id.charAt(4) % 2)) {
                assertEquals(List.of(), rule.conditions());
                assertEquals(SegmentRule.Verdict.NONE, rule.verdict());
            }
        }

        @Test
        void anEmptySegmentHasNoUsefulRule() {
            var plans = new Plans(200, 0, 1);
            SegmentRule empty = plans.data(folder).rules(4, plans.segment::get).get(3);
            assertEquals(SegmentRule.Verdict.NONE, empty.verdict());
            assertFalse(Double.isNaN(empty.heldOut().lift()));
        }

        @Test
        void tenThousandCategoriesAreNoTrouble() {
            var rows = new ArrayList<>(List.of("id,code_name,tenure"));
            var random = new Random(2);
            for (int i = 0; i < 10_500; i++) {
                rows.add("k%05d,c%d,%d".formatted(i, i < 500 ? 0 : i, random.nextInt(60)));
            }
            RuleData data =
                    RuleData.of(
                            folder,
                            "many.csv",
                            rows,
                            List.of(role("code_name", Role.CATEGORY), role("tenure", Role.NUMBER)));
            SegmentRule rule = data.rules(2, id -> id.compareTo("k00500") < 0 ? 1 : 0).get(1);
            assertEquals("c0", rule.conditions().get(0).value());
            assertEquals(1.0, rule.heldOut().coverage());
        }

        @Test
        void textsAloneMakeARuleOfWords() {
            var rows = new ArrayList<>(List.of("id,review"));
            var random = new Random(4);
            List<String> late =
                    List.of(
                            "The parcel came late again",
                            "My delivery was late by a week",
                            "Late once more, and nobody said sorry");
            List<String> fine =
                    List.of(
                            "Warm coat with a soft lining",
                            "The coat keeps me warm on windy days",
                            "Soft wool and a good cut");
            for (int i = 0; i < 400; i++) {
                String text = (i % 2 == 0 ? late : fine).get(random.nextInt(3));
                rows.add(RuleData.row("k%03d".formatted(i), text + " (" + i + ")"));
            }
            RuleData data = RuleData.of(folder, "r.csv", rows, List.of(role("review", Role.TEXT)));
            SegmentRule rule = data.rules(2, id -> id.charAt(3) % 2).get(0);
            assertTrue(rule.conditions().get(0) instanceof Condition.Mentions, rule.toString());
            assertTrue(rule.text(Language.ENGLISH).contains("late"), rule.text(Language.ENGLISH));
            assertEquals(1.0, rule.heldOut().precision());
            assertEquals(data.fulfil(rule), data.query(rule.sql()));
        }
    }
}
