package dev.coterie.brief;

import java.util.regex.Pattern;

/**
 * Traits that must not decide who is written to or who gets a better price: age, sex, health,
 * origin, belief. A product for somebody, such as women's clothing, is none.
 */
final class SensitiveTraits {
    private static final Pattern TRAITS =
            Pattern.compile(
                    "(?i)\\b(?:age|ages|aged|gender|sex|religio\\w*|ethnic\\w*|race|nationality|origin|health|disab\\w+|pregnan\\w*|sexual\\w*|political)\\b"
                            + "|年龄|岁|性别|宗教|信仰|民族|种族|国籍|籍贯|健康|残疾|怀孕|孕妇|性取向|政治");

    /** People called by such a trait. */
    private static final Pattern GROUPS =
            Pattern.compile(
                    "(?i)\\b(?:(?:wom[ae]n|m[ae]n|girls?|boys?|ladies|gentlemen|females?|males?|mothers?|fathers?)\\b(?!['’]s? )"
                            + "|(?:elderly|pensioners?|retirees?|seniors?|teenagers?|teens|millennials|boomers|gen z)\\b"
                            + "|(?:old|older|young|younger|middle-aged) (?:people|customers|buyers|members|shoppers|adults|ones)\\b"
                            + "|(?:under|over)[- ]?\\d{2}s?\\b(?! (?:days?|orders?|euros?|%|percent))|\\d{2}[- ]?year[- ]?olds?\\b"
                            + "|(?:foreigners?|immigrants?|migrants?|refugees?|muslims?|christians?|jews|jewish|hindus?|buddhists?|catholics?|gays?|lesbians?|homosexuals?|transgender|blacks|asians?|patients?|diabetics?|the (?:sick|blind|deaf|poor))\\b)"
                            + "|(?:女性|男性|女士|男士|女生|男生|女人|男人|女孩|男孩|妇女)(?!服|装|鞋|用品|香)|(?:女|男)(?:客户|顾客|用户|会员)"
                            + "|老年|老人|年长者|中年|青年|青少年|年轻(?:人|客户|顾客|用户|会员|一代|群体)|[0-9〇零一二三四五六七八九]0后|退休"
                            + "|外国人|外籍|移民|少数民族|汉族|回族|藏族|维吾尔|穆斯林|基督徒|佛教徒|信徒|残障|残疾人|病人|患者|同性恋|宝妈|孕妈");

    /** Says whom to write to, or whom not. */
    private static final Pattern CHOOSING =
            Pattern.compile(
                    "(?i)\\b(?:target\\w*|only|solely|exclusively|just|exclud\\w+|leave out|skip|restrict\\w*|limit\\w*|reserved?|never (?:send|offer|write)|no (?:offers?|discounts?) (?:for|to))\\b"
                            + "|只|仅|专门|专供|限|针对|面向|排除|剔除|不给|不发|除外|优先");

    private SensitiveTraits() {}

    /**
     * @param targeting true where every sentence decides who is written to
     */
    static boolean decide(String sentence, boolean targeting) {
        boolean named = TRAITS.matcher(sentence).find();
        boolean group = GROUPS.matcher(sentence).find();
        return targeting && (named || group)
                || (named || group) && CHOOSING.matcher(sentence).find();
    }
}
