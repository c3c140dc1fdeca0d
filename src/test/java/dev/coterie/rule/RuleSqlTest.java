package dev.coterie.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.Role;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.words.Lexicon;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQL of a rule runs in a real database and selects exactly whom the rule selects. */
class RuleSqlTest {
    @TempDir Path folder;

    /** A shop in three files, with customers that never bought and never wrote. */
    private static final class Shop {
        final List<String> customers = new ArrayList<>(List.of("customer_id,age,plan,vip,joined"));
        final List<String> reviews = new ArrayList<>(List.of("customer_id,stars,comment"));
        final List<String> orders = new ArrayList<>(List.of("customer_id,order_date,amount"));
        final Map<String, Integer> segment = new HashMap<>();

        Shop(int n, long seed) {
            var random = new Random(seed);
            for (int i = 0; i < n; i++) {
                String id = "%05d".formatted(i);
                int group = i % 4;
                segment.put(id, group);
                customers.add(
                        RuleData.row(
                                id,
                                random.nextInt(10) == 0 ? "" : 20 + random.nextInt(50),
                                random.nextInt(5) == 0 ? "NA" : group == 1 ? "gold" : "basic",
                                random.nextBoolean() ? "Y" : "N",
                                "202%d-0%d-1%d".formatted(group, 1 + random.nextInt(9), i % 10)));
                for (int r = random.nextInt(3); r > 0; r--) {
                    String said = group == 2 ? "the FABRIC is soft" : "arrived on time";
                    int stars = group == 2 ? 4 + random.nextInt(2) : 1 + random.nextInt(4);
                    reviews.add(RuleData.row(id, stars, said + " " + i + " " + r));
                }
                int bought = group == 3 ? 6 + random.nextInt(6) : random.nextInt(4);
                for (int o = 0; o < bought; o++) {
                    orders.add(
                            RuleData.row(
                                    id,
                                    "2026-%02d-%02d"
                                            .formatted(
                                                    group == 0 ? 1 + random.nextInt(3) : 8,
                                                    1 + random.nextInt(28)),
                                    random.nextInt(6) == 0 ? -5 : 10 + random.nextInt(90)));
                }
            }
            orders.add(RuleData.row("", "2026-08-30", 10));
        }

        Map<String, List<String>> files() {
            return RuleData.files(
                    "customers.csv", customers, "reviews.csv", reviews, "orders.csv", orders);
        }
    }

    private RuleData shop(Map<String, List<String>> files) {
        return RuleData.of(
                folder,
                files,
                List.of(
                        RuleLearnerTest.role("vip", Role.YESNO),
                        RuleLearnerTest.role("age", Role.NUMBER),
                        RuleLearnerTest.role("stars", Role.RATING),
                        RuleLearnerTest.role("comment", Role.TEXT),
                        RuleLearnerTest.role("amount", Role.VALUE)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void selectsExactlyWhomTheRuleSelects(long seed) {
        var shop = new Shop(800, seed);
        RuleData data = shop(shop.files());
        for (SegmentRule rule : data.rules(4, shop.segment::get)) {
            assertEquals(data.fulfil(rule), data.query(rule.sql()), rule.sql());
            assertFalse(rule.conditions().isEmpty());
        }
    }

    /** Minus one says that there was no contact: neither few days nor a number at all. */
    @Test
    void aCodeForNoValueIsNoNumber() {
        var rows = new ArrayList<>(List.of("customer_id,pdays,visits"));
        var segment = new HashMap<String, Integer>();
        for (int i = 0; i < 600; i++) {
            String id = "%05d".formatted(i);
            int days = i % 3 == 0 ? i / 3 : -1;
            rows.add(RuleData.row(id, days, i % 11));
            segment.put(id, days < 0 ? 0 : days <= 100 ? 1 : 2);
        }
        RuleData data = RuleData.of(folder, Map.of("contacts.csv", rows), List.of());
        List<SegmentRule> rules = data.rules(3, segment::get);
        for (int s = 0; s < 3; s++) {
            SegmentRule rule = rules.get(s);
            Set<String> members = new TreeSet<>();
            int number = s;
            segment.forEach(
                    (id, of) -> {
                        if (of == number) members.add(id);
                    });
            assertEquals(data.fulfil(rule), data.query(rule.sql()), rule.sql());
            assertEquals(members, new TreeSet<>(data.query(rule.sql())), rule.sql());
        }
        assertTrue(rules.get(0).sql().contains("NULLIF"), rules.get(0).sql());
        assertTrue(rules.get(0).json().toString().contains("op=given, value=false, missing=-1"));
        assertTrue(rules.get(1).json().toString().contains("missing=-1"));
    }

    @Test
    void everyFieldAndKindOfConditionRuns() {
        var shop = new Shop(600, 5);
        RuleData data = shop(shop.files());
        var columns = new ArrayList<>(RuleColumns.of(data.customers(), data.sources()));
        columns.add(
                new Writings(data.customers().texts(), 600, new int[0])
                        .asking(List.of("fabric", "time")));
        var all = new int[600];
        for (int i = 0; i < all.length; i++) all[i] = i;
        Set<String> fields = new TreeSet<>();
        var kinds = new HashSet<Class<?>>();
        for (RuleColumn column : columns) {
            var splits = new ArrayList<>(column.splits(all));
            splits.addAll(column.splits(all, Rows.where(600, i -> i % 4 == 2)));
            for (RuleSample.Split split : splits) {
                split.tests()
                        .forEach(
                                test -> {
                                    var rule = only(data, test.condition());
                                    assertEquals(
                                            data.fulfil(rule), data.query(rule.sql()), rule.sql());
                                    fields.add(test.condition().field().key());
                                    kinds.add(test.condition().getClass());
                                });
            }
        }
        assertEquals(
                Set.of(
                        "age",
                        "plan",
                        "vip",
                        "joined",
                        "stars",
                        "text",
                        "events",
                        "recency_days",
                        "total_value",
                        "average_value",
                        "return_share"),
                fields);
        assertEquals(5, kinds.size());
    }

    private static SegmentRule only(RuleData data, Condition condition) {
        return new SegmentRule(
                List.of(condition),
                new SegmentRule.Measure(0, 0, 0, 0),
                0,
                SegmentRule.Method.BEAM,
                RuleSql.of(data.sources(), List.of(condition)));
    }

    @Test
    void customersWithoutATableOfTheirOwnAreTheIdsOfAll() {
        var shop = new Shop(600, 6);
        RuleData data =
                RuleData.of(
                        folder,
                        "orders.csv",
                        shop.orders,
                        List.of(RuleLearnerTest.role("amount", Role.VALUE)));
        for (SegmentRule rule : data.rules(4, shop.segment::get)) {
            assertEquals(data.fulfil(rule), data.query(rule.sql()), rule.sql());
        }
    }

    @Test
    void tablesNamedLikeTheFiguresAreNotHidden() {
        var shop = new Shop(600, 7);
        var files =
                RuleData.files(
                        "figures_2.csv",
                        shop.customers,
                        "c.csv",
                        shop.reviews,
                        "event_figures.csv",
                        shop.orders);
        RuleData data = shop(files);
        for (SegmentRule rule : data.rules(4, shop.segment::get)) {
            assertEquals(data.fulfil(rule), data.query(rule.sql()), rule.sql());
        }
    }

    @Nested
    class Hostile {
        static final String COLUMN = "a\"; DROP TABLE x; -- 价格 '😀";
        static final String LEVEL = "O'Brien'); DELETE FROM t; --\" \\ 100% 中文";

        RuleData data(List<String> rows) {
            return RuleData.of(
                    folder,
                    "my \"best\"; ta'ble.csv",
                    rows,
                    List.of(
                            RuleLearnerTest.role("id", Role.ID),
                            RuleLearnerTest.role("note", Role.TEXT)));
        }

        @Test
        void namesAndValuesStayWithinTheirQuotes() {
            var random = new Random(3);
            var rows = new ArrayList<>(List.of(RuleData.row("id", COLUMN, "note")));
            for (int i = 0; i < 300; i++) {
                boolean odd = i % 2 == 1;
                rows.add(
                        RuleData.row(
                                "k%03d".formatted(i),
                                odd ? LEVEL : "plain" + random.nextInt(3),
                                "note " + i));
            }
            RuleData data = data(rows);
            SegmentRule rule = data.rules(2, id -> id.charAt(3) % 2).get(1);
            assertEquals(150, data.query(rule.sql()).size());
            assertEquals(data.fulfil(rule), data.query(rule.sql()), rule.sql());
            assertTrue(rule.json().toString().contains(LEVEL), rule.json().toString());
        }

        @Test
        void wildcardsInAWordAreNone() {
            assertEquals("'%100!%%' ESCAPE '!'", Literals.like("100%"));
            assertEquals("'%a!_b!!%' ESCAPE '!'", Literals.like("a_b!"));
            assertEquals("'%it''s%'", Literals.like("it's"));
        }

        @Test
        void numbersHaveNoExponent() {
            var field = RuleLearnerTest.field("x", RuleField.Kind.NUMBER);
            assertEquals("x <= 12000000", new Condition.AtMost(field, 1.2e7).sql("x", null));
            assertEquals("x > 0.00001", new Condition.Above(field, 1e-5).sql("x", null));
            assertEquals("x > -3", new Condition.Above(field, -3).sql("x", null));
        }
    }

    @Nested
    class Chinese {
        @Test
        void wordsInChineseTextsAreFoundAndQueried() {
            List<String> slow = List.of("物流太慢了，等了很久", "这次物流又晚了", "物流信息不更新，让人着急");
            List<String> warm = List.of("外套的面料很柔软", "面料厚实，上班穿正好", "面料摸起来很舒服");
            List<String> when =
                    List.of(
                            "昨天收到", "上周下单", "周末买的", "给妈妈买的", "第一次来", "朋友推荐", "双十一抢的", "出差前买的",
                            "搬家后买的", "换季时买的");
            List<String> end =
                    List.of(
                            "请改进", "再看看吧", "先这样", "谢谢店家", "会再来", "考虑一下", "如实评价", "仅供参考", "说说感受",
                            "写给别人看");
            var random = new Random(6);
            var rows = new ArrayList<>(List.of("编号,城市,评价"));
            for (int i = 0; i < 400; i++) {
                String text =
                        String.join(
                                "，",
                                when.get(random.nextInt(10)),
                                (i % 2 == 0 ? slow : warm).get(random.nextInt(3)),
                                end.get(random.nextInt(10)));
                rows.add(
                        RuleData.row(
                                "k%03d".formatted(i), List.of("北京", "上海").get(i / 2 % 2), text));
            }
            RuleData data =
                    RuleData.of(
                            folder,
                            "评价.csv",
                            rows,
                            List.of(
                                    RuleLearnerTest.role("编号", Role.ID),
                                    RuleLearnerTest.role("评价", Role.TEXT)));
            SegmentRule rule = data.rules(2, id -> id.charAt(3) % 2).get(0);
            assertTrue(rule.text(Language.CHINESE).contains("物流"), rule.text(Language.CHINESE));
            assertTrue(rule.text(Language.CHINESE).startsWith("文本包含"));
            assertEquals(data.fulfil(rule), data.query(rule.sql()), rule.sql());
            assertEquals(200, data.query(rule.sql()).size());
        }
    }

    @Test
    void theFilterComparesDatesWithDates() {
        var asOf = Optional.of(LocalDate.of(2026, 11, 1));
        var last =
                new RuleField(
                        "recency_days",
                        RuleField.Kind.DAYS_SINCE,
                        Message.of("describe.rule.field.recency_days"),
                        asOf);
        var joined = new RuleField("joined", RuleField.Kind.DATE, Lexicon.column("joined"), asOf);
        assertEquals(
                "\"last_event\" < '2026-08-03' AND \"joined\" >= '2026-10-02'",
                RuleSql.filter(
                        List.of(new Condition.Above(last, 90), new Condition.AtMost(joined, 30))));
        assertEquals(90L, new Condition.Above(last, 90).value());
    }

    @Nested
    class Json {
        @Test
        void hasFieldOperatorAndValue() {
            var plan = RuleLearnerTest.field("plan", RuleField.Kind.CATEGORY);
            var age = RuleLearnerTest.field("age", RuleField.Kind.NUMBER);
            var rule =
                    new SegmentRule(
                            List.of(
                                    new Condition.Above(age, 40),
                                    new Condition.AtMost(age, 52.5),
                                    new Condition.OneOf(plan, List.of("gold", "basic"))),
                            new SegmentRule.Measure(10, 5, 5, 5),
                            10,
                            SegmentRule.Method.TREE,
                            "");
            assertEquals(
                    "{all=[{field=age, op=>, value=40}, {field=age, op=<=, value=52.5},"
                            + " {field=plan, op=in, value=[gold, basic]}]}",
                    rule.json().toString());
            assertEquals(
                    "\"age\" > 40 AND \"age\" <= 52.5 AND \"plan\" IN ('gold', 'basic')",
                    rule.filter());
            assertEquals(
                    "age over 40 and age at most 52.5 and plan is gold or basic",
                    rule.text(Language.ENGLISH).toLowerCase(Locale.ROOT));
        }
    }
}
