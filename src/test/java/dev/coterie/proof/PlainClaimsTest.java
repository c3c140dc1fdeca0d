package dev.coterie.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.words.Lexicon;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims that a person types without a reference, against what is known of segment 1. */
class PlainClaimsTest {
    private static final Map<String, Fact> FACTS = facts();

    private static Map<String, Fact> facts() {
        var ledger = new Ledger();
        var count = Message.of("describe.formula.count");
        for (int s = 1; s <= 2; s++) {
            ledger.add(
                    Message.of("describe.fact.size"),
                    s == 1 ? 375 : 1625,
                    Fact.Unit.COUNT,
                    s == 1 ? 375 : 1625,
                    s,
                    Ledger.ofSegment(s),
                    count);
        }
        share(ledger, Message.of("describe.fact.share"), 0.1875);
        share(ledger, Message.of("describe.fact.value_share"), 0.282);
        var events = Message.of("describe.label.frequency");
        pair(ledger, events, 8.69, 6.38, Fact.Unit.NUMBER);
        pair(ledger, Message.of("describe.label.total"), 850, 501, Fact.Unit.MONEY);
        var tier = Lexicon.column("membership_tier");
        var gold = Message.of("describe.label.level", "column", tier, "level", "Gold");
        pair(ledger, gold, 0.53, 0.2, Fact.Unit.SHARE);
        var newsletter = Message.of("describe.label.flag", "column", Lexicon.column("newsletter"));
        pair(ledger, newsletter, 0.22, 0.41, Fact.Unit.SHARE);
        pair(
                ledger,
                Message.of("describe.label.word", "word", "delivery"),
                0.28,
                0.12,
                Fact.Unit.SHARE);
        return ledger.facts();
    }

    private static void share(Ledger ledger, Message label, double share) {
        var of = Message.of("describe.formula.of_all");
        ledger.add(label, share, Fact.Unit.SHARE, 2000, 1, Ledger.ofSegment(1), of);
    }

    private static void pair(
            Ledger ledger, Message label, double here, double other, Fact.Unit unit) {
        var mean = Message.of("describe.formula.mean");
        ledger.add(label, here, unit, 375, 1, Ledger.ofSegment(1), mean);
        ledger.add(label, other, unit, 1625, 1, Ledger.notOfSegment(1), mean);
    }

    private static String faults(String text, Language language) {
        return new ClaimGate(FACTS, 1, List.of(), language)
                .check(text, FACTS.keySet(), List.of()).stream()
                        .map(f -> f.fault().name())
                        .findFirst()
                        .orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    They buy less often than everyone else.     | DIRECTION
                    They buy more often than everyone else.     |
                    They do not buy less often than others.     |
                    They buy very often.                        |
                    They rarely buy.                            | DIRECTION
                    Compared with others they order less.       | DIRECTION
                    They spend less than others.                | DIRECTION
                    They spend little.                          | DIRECTION
                    They spend far more than others.            |
                    Few of them hold the Gold tier.             | QUANTITY
                    Hardly any of them hold the Gold tier.      | QUANTITY
                    Most of them hold the Gold tier.            |
                    More than half hold the Gold tier.          |
                    Most of them get the newsletter.            | QUANTITY
                    Few of them get the newsletter.             |
                    Few customers mention delivery.             |
                    Most customers mention delivery.            | QUANTITY
                    They get the newsletter more often than others.| DIRECTION
                    They mention delivery less than others.     | DIRECTION
                    They live closer to the shop than others.   | UNPROVEN
                    They return more parcels than everyone else.| UNPROVEN
                    Few of them like the sea.                   | UNPROVEN
                    375 customers, 28.2% of all.                | QUANTITY
                    375 customers, 18.8% of all.                |
                    375 customers, 28.2% of all value.          |
                    A small reward so that they buy less often than others.|
                    Help them to spend less on postage.         |
                    A few words are enough.                     |
                    """)
    void englishClaimsAreHeldAgainstTheFacts(String text, String fault) {
        assertEquals(fault == null ? "" : fault, faults(text, Language.ENGLISH), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    他们的购买次数比其他客户少。      | DIRECTION
                    他们的购买次数比其他客户多。      |
                    他们很少购买。                    | DIRECTION
                    他们经常购买。                    |
                    他们买得比别人少。                | DIRECTION
                    他们花费比其他客户少。            | DIRECTION
                    他们的花费低于其他客户。          | DIRECTION
                    他们的花费高于其他客户。          |
                    很少有人的会员等级是 Gold。       | QUANTITY
                    不到一半的人会员等级是 Gold。     | QUANTITY
                    大多数人的会员等级是 Gold。       |
                    大多数人提到 delivery。           | QUANTITY
                    他们比其他客户更喜欢大海。        | UNPROVEN
                    375 位客户，占全部的 28.2%。      | QUANTITY
                    375 位客户，占全部的 18.8%。      |
                    375 位客户，占全部金额的 28.2%。  |
                    用小礼物鼓励他们更常购买。        |
                    """)
    void chineseClaimsAreHeldAgainstTheFacts(String text, String fault) {
        assertEquals(fault == null ? "" : fault, faults(text, Language.CHINESE), text);
    }
}
