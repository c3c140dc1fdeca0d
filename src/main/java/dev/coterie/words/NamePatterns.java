package dev.coterie.words;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Names of people and postal addresses in free text, English, Chinese and common European forms, by
 * the words that stand around them: titles, greetings, relations, given names and surnames, kinds
 * of streets. A name without any of these is not found.
 */
final class NamePatterns {
    /**
     * One way in which a name or an address stands in a text.
     *
     * @param pattern whose first group, where it has one, is what is found
     * @param sure what the find must pass besides
     * @param worth a cheap look at the whole text: false if the pattern cannot be in it
     */
    record Way(Pattern pattern, Predicate<String> sure, Predicate<String> worth) {}

    private static final String CAPITAL = "\\p{Lu}[\\p{L}'’-]+";
    private static final Set<String> GIVEN = WordList.words("given-names.txt");
    private static final Set<String> BRANDS = Set.of("Mary Jane", "Peter Pan", "Michael Kors");

    /** A surname and a second name behind it, as far as they stand. */
    private static final String FULL = "(?:\\p{Lu}\\.\\s?)?" + CAPITAL + "(?:\\s" + CAPITAL + ")?";

    private static final String SURNAME = surname();

    /** Titles behind a Chinese name. */
    private static final String TITLE = "(?:先生|女士|小姐|老师|经理|师傅|阿姨|叔叔|大哥|大姐|店长|医生)";

    /** Second characters that make another word of a surname: 黄色, 高级, 任何, 谢谢. */
    private static final String NO_NAME = "(?![色级牌款何便常到是于谢])";

    private static final String UNIT = "(?:期|座|栋|幢|号楼|号院|号|楼|单元|室)";

    private static final String STREET =
            "(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Way"
                    + "|Close|Crescent|Gardens|Grove|Hill|Mews|Parade|Parkway|Place|Row|Terrace|Walk)";

    /** Names, surest first. */
    static final List<Way> NAMES =
            List.of(
                    way(
                            "\\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\\b\\.?\\s"
                                    + CAPITAL
                                    + "(?:\\s"
                                    + CAPITAL
                                    + ")?"),
                    way(
                            "\\b(?:[Mm]y name is|[Nn]amed|[Cc]all me|[Aa]sk for|[Aa]sked for|[Aa]sk"
                                    + "|[Ss]poke with|[Ss]poke to|[Ss]poken to|[Tt]alked to|[Ss]igned"
                                    + "|[Uu]nder the name),?\\s"
                                    + "(?!Customer|Support|Service|Sales|The)("
                                    + FULL
                                    + ")"),
                    way("\\b(?:[Rr]egards|[Ww]ishes|[Ss]incerely|[Cc]heers),\\s(" + FULL + ")"),
                    way(
                            "\\b(?:husband|wife|son|daughter|sister|brother|mother|father|mum|mom|dad"
                                    + "|friend|colleague|nephew|niece|neighbour|neighbor|manager|driver)"
                                    + ",?\\s("
                                    + FULL
                                    + ")"),
                    new Way(
                            Pattern.compile("\\b" + CAPITAL + "(?:\\s" + CAPITAL + ")?"),
                            NamePatterns::given,
                            text -> true),
                    titled(SURNAME + NO_NAME + "[\\p{IsHan}]{0,2}?" + TITLE),
                    chinese(
                            "(?:我叫|名叫|叫做|收件人|收货人|联系人|姓名|填的是|下单人|客服|专员|店长|快递员|师傅|儿子|女儿"
                                    + "|妈妈|爸爸|先生|老公|老婆|同事|朋友|送给|转交|买给|找)[：:是]{0,2}"
                                    + "(小"
                                    + SURNAME
                                    + "|"
                                    + SURNAME
                                    + NO_NAME
                                    + "[\\p{IsHan}]{1,2})"
                                    + "(?=[的，,。！？、 ]|处理|帮|给|态度|也|很|说|电话|买|是|下|和|了|在|$)"),
                    chinese("我姓(" + SURNAME + ")"));

    /** Addresses. */
    static final List<Way> ADDRESSES =
            List.of(
                    numbered(
                            "(?:\\b(?:Flat|Apt|Unit)\\.?\\s\\w{1,4},\\s)?(?<!\\d)\\d{1,5}[a-zA-Z]?\\s"
                                    + "(?:[NSEW]\\.?\\s)?(?:\\p{Lu}[\\p{L}'’]+\\s){1,3}"
                                    + STREET
                                    + "\\b\\.?(?:\\s(?:Apt|Flat|Unit)\\s\\w{1,4})?"),
                    numbered("(?i)\\bP\\.?\\s?O\\.?\\s?Box\\s\\d{1,6}"),
                    numbered("\\b[A-Z]{1,2}\\d[A-Z\\d]?\\s\\d[A-Z]{2}\\b"),
                    numbered(FULL + ",\\s[A-Z]{2}\\s\\d{5}(?:-\\d{4})?\\b"),
                    numbered(
                            "(?:\\b(?:Am|Im|An der|Auf dem)\\s)?\\p{Lu}[\\p{L}-]*"
                                    + "(?:straße|strasse|str\\.|weg|platz|allee|gasse)\\s\\d{1,4}[a-z]?\\b"),
                    numbered(
                            "(?<!\\d)\\d{1,4}(?:\\sbis)?,?\\s(?:rue|avenue|boulevard|place|chemin|impasse)\\s"
                                    + "(?:(?:de|du|des|la)\\s|l['’]){0,3}"
                                    + CAPITAL),
                    chinese(
                            "[\\p{IsHan}]{1,8}(?:路|街|大道|巷|弄|胡同)\\s?\\d{1,5}\\s?(?:号院|号|弄)"
                                    + "(?:[\\p{IsHan}\\d]{0,12}(?:室|楼|栋|单元|幢|号))?"),
                    chinese(
                            "[\\p{IsHan}]{2,8}(?:花园|小区|公寓|大厦|苑|山庄|城|家园|新村|[一二三四五六]区)"
                                    + "(?:[A-Za-z\\d]{1,4}"
                                    + UNIT
                                    + "){1,3}\\d{0,4}室?"),
                    chinese(
                            "(?:寄到|送到|发到|地址|住在|搬到|请寄)[：:是写]{0,2}("
                                    + "(?:[\\p{IsHan}]{2,3}省)?[\\p{IsHan}]{2,3}市[\\p{IsHan}]{2,4}(?:区|县))"));

    private NamePatterns() {}

    private static Way way(String pattern) {
        return new Way(Pattern.compile(pattern), find -> true, text -> true);
    }

    private static Way numbered(String pattern) {
        return new Way(Pattern.compile(pattern), find -> true, NamePatterns::hasDigit);
    }

    private static Way chinese(String pattern) {
        return new Way(Pattern.compile(pattern), find -> true, NamePatterns::hasHan);
    }

    private static Way titled(String pattern) {
        Pattern title = Pattern.compile(TITLE);
        return new Way(
                Pattern.compile(pattern),
                find -> true,
                text -> hasHan(text) && title.matcher(text).find());
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean hasHan(String text) {
        return text.chars().anyMatch(c -> c >= '一' && c <= '龥');
    }

    /** True if a given name stands first, alone or before a surname. */
    private static boolean given(String find) {
        int space = find.indexOf(' ');
        return GIVEN.contains(space < 0 ? find : find.substring(0, space))
                && !BRANDS.contains(find);
    }

    private static String surname() {
        var single = new StringBuilder();
        var longer = new TreeSet<String>();
        for (String name : new TreeSet<>(WordList.words("surnames-zh.txt"))) {
            if (name.length() == 1) single.append(name);
            else longer.add(name);
        }
        return "(?:" + String.join("|", longer) + "|[" + single + "])";
    }
}
