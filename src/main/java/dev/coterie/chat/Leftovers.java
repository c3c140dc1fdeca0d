package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Language;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Filter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a question that nothing in the data has been found for. */
final class Leftovers {
    private static final Pattern FILL =
            Pattern.compile(
                    "有多大|多大|规模|大小|哪些|哪几|哪位|哪个|哪一个|什么样|谁|每个|各个|各|最多|最少|最高|最低|有多少|多少|百分之|几个|几位|几人|有没有|我们|一共|总共|全部|所有|客户群|客户|顾客|用户|会员|客群|人数|人群|的人|来自|属于|使用|选择|用|住在|住|在|里面|里|中|当中|其中|的|是|了|过|呢|吗|有|占比|占|比例|数量|个|位|人|岁|并且|而且|且|和|与|还|她们|他们|请问|告诉我|一下|付款|支付|订阅|满|等级");
    private static final Pattern SPEAKING =
            Pattern.compile(
                    "最讨厌|讨厌|最不喜欢|不喜欢|最不满|有没有人|有没有|来几句|来几条|来几段|几句|几段|有什么|有哪些|哪些|怎么样|怎么|如何|什么|说过|说了|说|讲|谈|提到|提|写|看法|看看|看|意见|评价|评论|反馈|原话|原声|引用|例子|几条|给我|找|客户|顾客|大家|他们|她们|人|客群 1|客群|里面|里|中|的|都|对|在|关于|抱怨|吐槽|嫌|夸|骂|吗|呢|了|是|有|列出|想|听|前一个|后一个|前者|后者|这个|那个|这些|那些|第一个|第二个|一些|一下|请|帮|我");
    private static final Pattern SIZE =
            Pattern.compile("客群|最大|最小|最多|最少|大部分|绝大多数|多数|主要|排名|排第一|第一|规模|人数|数量|群体|分群|一群|一类|群|占");

    /** A character that is a condition by itself: 老客户, 新客户. */
    private static final Set<String> ONE_CHARACTER = Set.of("老", "新", "女", "男");

    private static final Set<String> PLAIN =
            Set.of(
                    ("many number count share percentage percent proportion live lives living lived come comes coming"
                                    + " pay pays paying use uses using old years year age aged total altogether"
                                    + " there subscribed subscribe subscribes get gets receive bought buy buys"
                                    + " belong belongs prefer prefers signed based located among euros dollars"
                                    + " days times rate rates wrote written member members account accounts"
                                    + " shop shops instead head overall whole base per each every which across"
                                    + " highest lowest fewest often")
                            .split(" "));
    private static final Set<String> SPOKEN =
            Set.of(
                    ("about say says said saying write writes wrote quote quotes comment comments review reviews text texts"
                                    + " word words original example examples complain complains complaint"
                                    + " complaints anything something talk talks mention mentions opinion"
                                    + " opinions feedback think thinks feel feels hear voice speak speaks read"
                                    + " customer first second former latter both ones their customers'"
                                    + " problem problems issue issues happy unhappy like dislike love hate")
                            .split(" "));

    private final Desk desk;
    private final IntentMatcher matcher;

    Leftovers(Desk desk, IntentMatcher matcher) {
        this.desk = desk;
        this.matcher = matcher;
    }

    Fields fields() {
        return desk.fields();
    }

    /** What a counting question asks for beyond its conditions: the data has nothing on it. */
    String of(FieldReader.Reading filters) {
        String rest = filters.rest().replaceAll("segment 1|客群 1", " ");
        if (desk.language() == Language.CHINESE) {
            String left = SegmentMentions.withoutSuperlative(rest, "");
            left = FILL.matcher(left).replaceAll("");
            left = left.replaceAll("[^\\p{IsHan}\\p{L}\\p{Nd}]+", "");
            boolean said = left.length() >= 2 || ONE_CHARACTER.contains(left);
            return said && !left.isEmpty() ? left : Denial.left(filters);
        }
        Set<String> columns = columns(filters);
        var left = new ArrayList<String>();
        for (String word : matcher.strange(rest, Set.of())) {
            if (!known(word, columns)) left.add(word);
        }
        // What other examples speak of is still not a condition here, and neither is a number.
        for (String word : rest.split("[^\\p{L}\\p{Nd}]+")) {
            boolean number = word.matches("\\d+");
            boolean open = word.length() > 2 && !IntentMatcher.plain(word) && !known(word, columns);
            if ((number || open) && !left.contains(word)) left.add(word);
        }
        return left.isEmpty() ? Denial.left(filters) : String.join(" ", left);
    }

    /**
     * What a question for the largest or smallest segment speaks of besides sizes; empty if of
     * nothing.
     */
    String ofSize(String masked) {
        String text = masked.toLowerCase(Locale.ROOT).replaceAll("segment 1|客群 1", " ");
        if (desk.language() == Language.CHINESE) {
            String left = FILL.matcher(SIZE.matcher(text).replaceAll("")).replaceAll("");
            left = OpenQuestion.subject(left, Language.CHINESE);
            return left.length() >= 2 ? left : "";
        }
        var left = new ArrayList<String>();
        for (String word : text.split("[^\\p{L}\\p{Nd}]+")) {
            boolean said = word.length() < 3 || QuestionForm.ofSize(word) || PLAIN.contains(word);
            if (!said) left.add(word);
        }
        return String.join(" ", left);
    }

    private static boolean known(String word, Set<String> columns) {
        return PLAIN.contains(word) || columns.contains(Fields.stem(word));
    }

    /** Stems of the words in the names of the columns that the conditions are on. */
    private Set<String> columns(FieldReader.Reading filters) {
        var stems = new HashSet<String>();
        for (Filter f : filters.filters()) {
            desk.fields().get(f.field()).map(Leftovers::words).ifPresent(stems::addAll);
        }
        return stems;
    }

    private static Set<String> words(Attribute attribute) {
        var stems = new HashSet<String>();
        String names = attribute.column() + " " + Fields.column(attribute, Language.ENGLISH);
        for (String word : names.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            stems.add(Fields.stem(word));
        }
        return stems;
    }

    /** What a question for quotes is about, where no set phrase says it; empty if nothing. */
    String topic(Slots slots) {
        String text = slots.masked().toLowerCase(Locale.ROOT).replaceAll("segment 1|客群 1", " ");
        if (desk.language() == Language.CHINESE) {
            String left = SPEAKING.matcher(text).replaceAll(" ");
            for (String part : left.split("[^\\p{IsHan}\\p{L}]+")) {
                if (part.length() >= 2 && part.length() <= 6) return part;
            }
            return "";
        }
        var words = new ArrayList<String>();
        for (String word : text.split("[^\\p{L}]+")) {
            if (word.length() < 3 || IntentMatcher.plain(word) || SPOKEN.contains(word)) continue;
            words.add(word);
        }
        return words.size() > 3 ? "" : String.join(" ", words);
    }
}
