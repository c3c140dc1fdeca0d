package dev.coterie.describe;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of people and postal addresses in free text, English, Chinese and common European forms, by
 * the words that stand around them: titles, greetings, relations, given names and surnames, kinds
 * of streets. A name without any of these is not found.
 */
final class NamePatterns {
    private static final String CAPITAL = "\\p{Lu}[\\p{L}'’-]+";
    private static final String GIVEN =
            "\\b(?:"
                    + String.join("|", sorted("given-names.txt"))
                    + ")\\b(?! (?:Jane|Pan|Kors)\\b)";

    /** A surname and a second name behind it, as far as they stand. */
    private static final String FULL = "(?:\\p{Lu}\\.\\s?)?" + CAPITAL + "(?:\\s" + CAPITAL + ")?";

    private static final String SURNAME = "(?:" + String.join("|", sorted("surnames-zh.txt")) + ")";

    /** Titles behind a Chinese name. */
    private static final String TITLE = "(?:先生|女士|小姐|老师|经理|师傅|阿姨|叔叔|大哥|大姐|店长|医生)";

    /** Second characters that make another word of a surname: 黄色, 高级, 任何, 方便. */
    private static final String NO_NAME = "(?![色级牌款何便常到是于])";

    private static final String UNIT = "(?:期|座|栋|幢|号楼|号院|号|楼|单元|室)";

    private static final String STREET =
            "(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Way"
                    + "|Close|Crescent|Gardens|Grove|Hill|Mews|Parade|Parkway|Place|Row|Terrace|Walk)";

    /** Names, surest first. */
    static final List<Pattern> NAMES =
            List.of(
                    Pattern.compile(
                            "\\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\\b\\.?\\s"
                                    + CAPITAL
                                    + "(?:\\s"
                                    + CAPITAL
                                    + ")?"),
                    Pattern.compile(
                            "(?<=\\b(?:[Mm]y name is|[Nn]amed|[Cc]all me|[Aa]sk for|[Aa]sked for|[Aa]sk"
                                    + "|[Ss]poke with|[Ss]poke to|[Ss]igned|[Uu]nder the name"
                                    + "|[Ss]poken to|[Tt]alked to),?\\s)"
                                    + "(?!Customer|Support|Service|Sales|The)"
                                    + FULL),
                    Pattern.compile(
                            "(?<=\\b(?:[Rr]egards|[Ww]ishes|[Ss]incerely|[Cc]heers),\\s)" + FULL),
                    Pattern.compile(
                            "(?<=\\b(?:husband|wife|son|daughter|sister|brother|mother|father|mum|mom|dad"
                                    + "|friend|colleague|nephew|niece|neighbour|neighbor|manager|driver),?\\s)"
                                    + FULL),
                    Pattern.compile(GIVEN + "(?:\\s" + CAPITAL + ")?"),
                    Pattern.compile(SURNAME + NO_NAME + "[\\p{IsHan}]{0,2}?" + TITLE),
                    Pattern.compile(
                            "(?<=(?:我叫|名叫|叫做|收件人|收货人|联系人|姓名|下单人|客服|专员|店长|快递员|师傅|儿子"
                                    + "|女儿|妈妈|爸爸|先生|老公|老婆|同事|朋友|送给|转交|买给|找)[：:是]{0,2})"
                                    + "(?:小"
                                    + SURNAME
                                    + "|"
                                    + SURNAME
                                    + NO_NAME
                                    + "[\\p{IsHan}]{1,2})"
                                    + "(?=[的，,。！？、 ]|处理|帮|给|态度|也|很|说|电话|买|是|下|和|了|在|$)"),
                    Pattern.compile("(?<=我姓)" + SURNAME));

    /** Addresses. */
    static final List<Pattern> ADDRESSES =
            List.of(
                    Pattern.compile(
                            "(?:\\b(?:Flat|Apt|Unit)\\.?\\s\\w{1,4},\\s)?(?<!\\d)\\d{1,5}[a-zA-Z]?\\s"
                                    + "(?:[NSEW]\\.?\\s)?(?:\\p{Lu}[\\p{L}'’]+\\s){1,3}"
                                    + STREET
                                    + "\\b\\.?(?:\\s(?:Apt|Flat|Unit)\\s\\w{1,4})?"),
                    Pattern.compile("(?i)\\bP\\.?\\s?O\\.?\\s?Box\\s\\d{1,6}"),
                    Pattern.compile("\\b[A-Z]{1,2}\\d[A-Z\\d]?\\s\\d[A-Z]{2}\\b"),
                    Pattern.compile(FULL + ",\\s[A-Z]{2}\\s\\d{5}(?:-\\d{4})?\\b"),
                    Pattern.compile(
                            "(?:\\b(?:Am|Im|An der|Auf dem)\\s)?\\p{Lu}[\\p{L}-]*"
                                    + "(?:straße|strasse|str\\.|weg|platz|allee|gasse)\\s\\d{1,4}[a-z]?\\b"),
                    Pattern.compile(
                            "(?<!\\d)\\d{1,4}(?:\\sbis)?,?\\s(?:rue|avenue|boulevard|place|chemin|impasse)\\s"
                                    + "(?:(?:de|du|des|la)\\s|l['’]){0,3}"
                                    + CAPITAL),
                    Pattern.compile(
                            "[\\p{IsHan}]{1,8}(?:路|街|大道|巷|弄|胡同)\\s?\\d{1,5}\\s?(?:号院|号|弄)"
                                    + "(?:[\\p{IsHan}\\d]{0,12}(?:室|楼|栋|单元|幢|号))?"),
                    Pattern.compile(
                            "[\\p{IsHan}]{2,8}(?:花园|小区|公寓|大厦|苑|山庄|城|家园|新村|[一二三四五六]区)"
                                    + "(?:[A-Za-z\\d]{1,4}"
                                    + UNIT
                                    + "){1,3}\\d{0,4}室?"),
                    Pattern.compile(
                            "(?<=(?:寄到|送到|发到|地址|住在|搬到|请寄)[：:是写]{0,2})"
                                    + "(?:[\\p{IsHan}]{2,3}省)?[\\p{IsHan}]{2,3}市[\\p{IsHan}]{2,4}(?:区|县)"));

    private NamePatterns() {}

    /** Longest first, so that a longer name is not cut short by one that it begins with. */
    private static List<String> sorted(String file) {
        return WordList.words(file).stream()
                .sorted(
                        (a, b) ->
                                a.length() != b.length() ? b.length() - a.length() : a.compareTo(b))
                .collect(Collectors.toList());
    }
}
