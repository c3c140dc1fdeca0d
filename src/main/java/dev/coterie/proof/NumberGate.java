package dev.coterie.proof;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.words.English;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds numbers that a writer stated in its own words: digits in any script, number words and
 * quantity words of English and Chinese. Only references to facts and verified quotations may carry
 * a number.
 */
public final class NumberGate {
    private static final Pattern DIGIT = Pattern.compile("[\\p{Nd}\\p{No}\\p{Nl}%‰％]");
    private static final String SMALL =
            "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
                    + "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
                    + "|eighty|ninety";
    private static final Pattern ENGLISH =
            Pattern.compile(
                    "(?i)(?<![\\p{L}])(?:(?:"
                            + SMALL
                            + ")(?:[- ]?(?:one|"
                            + SMALL
                            + "))?(?:s|fold|th)?"
                            + "|hundreds?|thousands?|millions?|billions?|dozens?|zero|percent|per cent"
                            + "|percentages? points?|half|halves|halved|halving|thirds?|fourths?|fifths?|sixths?"
                            + "|quarters?|tenths?|twice|thrice|doubl(?:e|es|ed|ing)"
                            + "|tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)|majority|minority"
                            + "|both|a pair of|a couple of"
                            + "|one (?:in|out of|of (?:every|each)|third|quarter|half|fifth|tenth"
                            + "|hundred|thousand|million|customers?|buyers?|percent)"
                            + "|second[- ](?:largest|highest|biggest|most|lowest|smallest)"
                            + "|most (?:of|customers|people|members|buyers|users|shoppers|reviewers"
                            + "|respondents|them|are|have|reviews|texts|orders))(?![\\p{L}])");
    private static final String HAN = "零〇一二两三四五六七八九十百千万亿";

    /** Everyday compounds whose character for a number counts nothing. */
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "第一时间|最近一次|这一次|上一次|下一次|每一次|又一次|再一次|头一次|一份|一阵子|一段时间|一些|一样|一直|一起|一般|一定|一旦|一致|一并|一方面|另一|一种|一类|一批|一群|一个(?!客户|月|星期|季度|小时|买家|用户|订单|成员|百分点)|一下|一点"
                            + "|一边|一面|一贯|一向|一律|一切|一共|一流|一如|一味|一概|一系列|一次性|进一步|这一|那一|某一"
                            + "|唯一|统一|单一|万一|之一|同一|专一|一线|一经|一站式|一款|一句|一例|一词|逐一|一一"
                            + "|十分|千万|百货|百度|万能|万达|千禧|百合|四季|四川|五金|五官|三星|三明治|三文鱼|三方|三角"
                            + "|七夕|八卦|八角|九寨沟|二手|二维码|六神|九阳|七匹狼|双十一|双十二|亿万|周[一二三四五六日末天]|星期[一二三四五六日天]"
                            + "|礼拜[一二三四五六日天]|半身裙|半成品|半袖|百分百好评|千篇一律|一五一十|乱七八糟|三心二意|五花八门|四周|四处"
                            + "|二次元|三国|百搭|百科|千寻|万象|万科|一体|一体机|两侧|两边|两者");

    private static final Pattern CHINESE =
            Pattern.compile(
                    "百分之|分之["
                            + HAN
                            + "]|["
                            + HAN
                            + "几近]成(?![为功员本分长熟就立交品果套衣人年])|["
                            + HAN
                            + "]+(?:[个位名家次年月天日周倍成人件条单元块笔类种份组层级点星折批项款台部只岁余多来几]|分之|多[个位名家次])"
                            + "|第["
                            + HAN
                            + "]|[二两三四五六七八九十百千万亿]|一半|半数|大半|多半|过半|近半|对半|减半|半年|半价|半月|半天|半个"
                            + "|翻倍|翻番|翻了|加倍|成倍|数倍|倍|大多数|绝大多数|多数|大部分|少数|小部分");

    private NumberGate() {}

    /**
     * True if a sentence states no number of its own, outside references and verified passages.
     *
     * @param verified quotations that were checked against their source, and labels of cited facts
     */
    public static boolean clean(String sentence, Collection<String> verified) {
        String rest = References.REFERENCE.matcher(sentence).replaceAll(" ");
        // Longest first, so that a quotation inside another leaves nothing of it behind.
        for (String passage : longestFirst(verified)) rest = rest.replace(passage, " ");
        rest = Normalizer.normalize(rest, Normalizer.Form.NFKC);
        if (DIGIT.matcher(rest).find() || ENGLISH.matcher(rest).find()) return false;
        return !CHINESE.matcher(HARMLESS.matcher(rest).replaceAll(" ")).find();
    }

    static List<String> longestFirst(Collection<String> passages) {
        return passages.stream()
                .filter(p -> !p.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** What a sentence that cites a fact may say: its label, and the names and values in it. */
    public static List<String> phrases(Fact fact, Language language) {
        var out = new ArrayList<String>();
        out.add(fact.label().in(language));
        fact.label()
                .arguments()
                .values()
                .forEach(v -> out.add(v instanceof Message m ? m.in(language) : v.toString()));
        // A label that opens a sentence is written with a capital.
        return out.stream()
                .map(String::strip)
                .filter(p -> p.length() > 1)
                .flatMap(p -> Stream.of(p, English.capital(p)))
                .distinct()
                .toList();
    }

    /**
     * Cuts a text at sentence ends of either language; quotation marks stay with their sentence.
     */
    public static List<String> sentences(String text) {
        var out = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean wide = "。！？\n".indexOf(c) >= 0;
            boolean narrow =
                    ".!?".indexOf(c) >= 0
                            && (i + 1 == text.length()
                                    || Character.isWhitespace(text.charAt(i + 1))
                                    || "”\"')".indexOf(text.charAt(i + 1)) >= 0);
            if (!wide && !narrow) continue;
            int end = i + 1;
            while (end < text.length() && "”\"'’」』)）".indexOf(text.charAt(end)) >= 0) end++;
            add(out, text.substring(start, end));
            start = end;
            i = end - 1;
        }
        add(out, text.substring(start));
        return out;
    }

    private static void add(List<String> out, String sentence) {
        if (!sentence.isBlank()) out.add(sentence.strip());
    }
}
