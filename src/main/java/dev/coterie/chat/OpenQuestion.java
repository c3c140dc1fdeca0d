package dev.coterie.chat;

import dev.coterie.language.Language;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells a question that names nothing to look up, such as "and why?" or "哪个最好？". */
final class OpenQuestion {
    /** Words that judge, point or ask for something to be done, but not what. */
    private static final Set<String> VAGUE =
            Set.of(
                    ("good bad fine best better worst worse great nice important interesting other another"
                                    + " same thing things stuff happen happens happened going compare comparison"
                                    + " write make explain mean means matter matters first second last next go on"
                                    + " too again number")
                            .split(" "));

    private static final Pattern CHINESE =
            Pattern.compile(
                    "怎么样|怎么回事|怎么|如何|为什么|为何|什么|多少|几个|哪一个|哪个|哪些|哪里|这样|那样|这个|那个|这些|那些"
                            + "|另一个|另外|其他|其它|它们|他们|她们|客户|顾客|客群|给我|帮我|请|看看|看|说说|说|讲讲|讲|告诉"
                            + "|对比|比较|区别|一下|一份|一个|写|做|来|最|更|很|好不好|好|坏|差|重要|有意思|对不对|行不行"
                            + "|是不是|有没有|它|他|她|我|你|您|这|那|哪|谁|个|份|位|人|的|了|呢|吗|吧|啊|是|有|在|和|跟|与");

    private OpenQuestion() {}

    /**
     * @param text the question in plain words, names and numbers replaced
     */
    static boolean is(String text, Language language) {
        int least = language == Language.CHINESE ? 2 : 1;
        return subject(text, language).length() < least;
    }

    /** The words that say what it is about; may be empty. */
    static String subject(String text, Language language) {
        if (language == Language.CHINESE) {
            return CHINESE.matcher(text).replaceAll("").replaceAll("[^\\p{L}\\p{Nd}]+", "");
        }
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+"))
                .filter(w -> !w.isEmpty() && !IntentMatcher.plain(w) && !VAGUE.contains(w))
                .collect(Collectors.joining(" "));
    }
}
