package dev.coterie.proof;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberGateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "They buy 3 times a year.",
                "They buy three times a year.",
                "About half of them left.",
                "One in four came back.",
                "Spending doubled last year.",
                "Most customers are women.",
                "Twenty-five of them wrote.",
                "A third of the orders were returned.",
                "Churn rose by ten percent.",
                "Both channels are used.",
                "They spend twice as much.",
                "Sales rose ２０ points.",
                "约有三成客户流失。",
                "近一半的客户来自北京。",
                "花费翻倍。",
                "有两位客户提到物流。",
                "百分之二十的人给了低分。",
                "四分之一的人不满意。",
                "大多数客户喜欢它。",
                "他们买了十二次。",
                "排名第一。",
                "花费是别人的三倍。",
                "复购率高出１２％。"
            })
    void findsNumbers(String sentence) {
        assertFalse(NumberGate.clean(sentence, List.of()), sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "They buy {{f3}} times a year, against {{f4}} elsewhere.",
                "No one else writes about delivery as often.",
                "What sets them apart is the most telling word of all.",
                "Someone often asks someone else.",
                "The weight of tennis shoes is a quartering matter.",
                "他们一直关注物流，一般在周末下单。",
                "{{f3}} 的人完成了购买，成为老客户。",
                "他们十分在意做工，也一定会再来。",
                "唯一的共同点是喜欢半身裙。",
                "其中一些人统一用邮件联系。"
            })
    void passesCleanSentences(String sentence) {
        assertTrue(NumberGate.clean(sentence, List.of()), sentence);
    }

    @Test
    void verifiedQuotationsMayHoldNumbers() {
        String sentence = "They say “waited 3 weeks” and mean it.";
        assertFalse(NumberGate.clean(sentence, List.of()));
        assertTrue(NumberGate.clean(sentence, List.of("waited 3 weeks")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"describe.en", "describe.zh-CN", "brief.en", "brief.zh-CN"})
    void theNarratorsOwnPhrasesHoldNoNumber(String bundle) throws Exception {
        var phrases = new Properties();
        try (var in =
                        NumberGateTest.class.getResourceAsStream(
                                "/messages/" + bundle + ".properties");
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            phrases.load(reader);
        }
        String spoken =
                "describe\\.(say|clause|versus|join|form|theme|who)\\..*|brief\\.(offer|message|do|dont|who|when|where|pain|kpi)\\..*";
        for (String key : phrases.stringPropertyNames()) {
            if (!key.matches(spoken)) continue;
            String phrase = phrases.getProperty(key).replaceAll("\\{\\w+}", " ");
            assertTrue(NumberGate.clean(phrase, List.of()), key + "=" + phrase);
        }
    }
}
