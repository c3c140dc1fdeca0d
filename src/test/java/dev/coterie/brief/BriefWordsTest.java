package dev.coterie.brief;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a sentence of a brief picks out, and whether it claims something of the customers. */
class BriefWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    true  | Target women only.
                    true  | Reserve the discount for the under-30s.
                    true  | Exclude pensioners from the list.
                    true  | Only write to Muslims in this city.
                    true  | 只针对女性。
                    true  | 仅面向年轻人投放。
                    true  | 优惠不发给老年人。
                    false | Target those with three late deliveries only.
                    false | Only show women's clothing.
                    false | Send the new catalogue by post.
                    false | 只给老客户发券。
                    false | 针对女装的买家写一封信。
                    """)
    void aSensitiveGroupMustNotBePickedOut(boolean sensitive, String sentence) {
        assertEquals(sensitive, SensitiveTraits.decide(sentence, false));
    }

    @ParameterizedTest
    @CsvSource({
        "'A voucher for women.', true",
        "'A voucher for gold members.', false",
        "给男性的优惠。, true",
        "给金卡会员的优惠。, false"
    })
    void whereOffersAreMadeAnySuchGroupIsFound(String sentence, boolean sensitive) {
        assertEquals(sensitive, SensitiveTraits.decide(sentence, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    true  | Deliveries reach them on time.
                    true  | These customers love our app.
                    true  | 快递都能准时送到他们手里。
                    true  | 客户对物流很满意。
                    false | Send them a voucher.
                    false | Please thank these customers for their patience.
                    false | A reminder could bring them back.
                    false | They spend {{f3}} on average.
                    false | A visit to the garden.
                    false | 给他们发一张优惠券。
                    false | 这可能让客户回来。
                    false | 他们的平均评分为 {{f3}}。
                    """)
    void aClaimOfCustomersWithoutASourceIsTold(boolean claim, String sentence) {
        assertEquals(claim, BareClaims.in(sentence));
    }
}
