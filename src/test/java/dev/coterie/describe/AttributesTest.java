package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.language.Language;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Events;
import dev.coterie.proof.Fact;
import dev.coterie.words.Sense;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributesTest {
    /** What a category with these levels is read as: its key, and one key a level. */
    private static List<String> keys(List<String> levels) {
        int[] codes = IntStream.range(0, 4 * levels.size()).map(i -> i % levels.size()).toArray();
        var customers =
                new CustomerTable(
                        IntStream.range(0, codes.length).mapToObj(i -> "c" + i).toList(),
                        IntStream.range(0, codes.length).toArray(),
                        List.of(),
                        List.of(new CategoryColumn("plan", levels, codes)),
                        List.of(),
                        Events.NONE,
                        List.of());
        return Attributes.of(customers).stream().map(Attribute::key).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,1,2,3 | plan=0,plan=1,plan=2,plan=3",
                "T,F,X | plan=T,plan=F,plan=X",
                "1,2 | plan=1,plan=2",
                "Yes,No,No internet service | plan,plan=No internet service",
                "y,n,unknown | plan",
                "是,否 | plan",
                "有,没有 | plan"
            })
    void levelsAreYesAndNoOnlyWhereNoneIsAnotherCode(String levels, String keys) {
        assertEquals(List.of(keys.split(",")), keys(List.of(levels.split(","))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "newsletter_since | TENURE | time since newsletter | 距订阅日期",
                "signup_date | TENURE | time since signup | 距注册",
                "Account closed on | SINCE | time since account closed | 距销户日期"
            })
    void datesAreCalledByWhatHappenedOnThem(
            String column, Sense sense, String english, String chinese) {
        var attribute =
                new Attribute(
                        column,
                        sense,
                        Difference.Kind.MEAN,
                        Fact.Unit.DAYS,
                        column,
                        "",
                        new double[0]);
        assertEquals(english, attribute.label().in(Language.ENGLISH));
        assertEquals(chinese, attribute.label().in(Language.CHINESE));
    }

    @ParameterizedTest
    @CsvSource({
        "true, bought “Kneeler”, 买过“Kneeler”",
        "false, had to do with “Kneeler”, 涉及“Kneeler”"
    })
    void whatEventsWereAboutWasBoughtWhereTheyHaveValues(
            boolean buys, String english, String chinese) {
        var attribute =
                new Attribute(
                        "item:Kneeler",
                        Sense.ITEM,
                        Difference.Kind.SHARE,
                        Fact.Unit.SHARE,
                        "item",
                        "Kneeler",
                        buys,
                        new double[0]);
        assertEquals(english, attribute.label().in(Language.ENGLISH));
        assertEquals(chinese, attribute.label().in(Language.CHINESE));
    }
}
