package dev.coterie.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a column's name suggests. Latin names are cut into words at signs and capitals ({@code
 * unitPrice}, {@code unit_price}); Chinese ones are searched.
 */
public final class NameHints {
    private static final Set<String> CUSTOMER =
            words("customer cust client user member account shopper buyer subscriber person guest");
    private static final Set<String> KEY = words("id ids no nr number num code key uuid guid ref");
    private static final Set<String> OTHER_THING =
            words(
                    "product item clothing cloth order invoice stock sku article transaction review"
                            + " ticket session event payment store shop campaign category sales"
                            + " department class brand message comment device page phone card");
    private static final Set<String> CODE =
            words("id no nr code key zip postcode postal sku uuid ref plz");
    private static final Set<String> TEXT =
            words(
                    "review reviews comment comments feedback text message messages title body note"
                            + " notes content opinion answer verbatim remark remarks complaint query"
                            + " utterance question description summary");
    private static final Set<String> ITEM =
            words("item product description sku article title page goods name");
    private static final Set<String> VALUE =
            words(
                    "amount total value revenue sales spend spent paid gmv sum turnover price cost"
                            + " payment");
    private static final Set<String> QUANTITY = words("quantity qty units pieces");
    private static final Set<String> PRICE = words("price unitprice");
    private static final Set<String> EVENT = words("event action activity eventname eventtype");
    private static final Set<String> RATING =
            words("rating ratings stars star satisfaction nps csat grade");
    private static final Set<String> TARGET =
            words("churn churned churner target outcome y exited attrition attrited left");
    private static final Set<String> CONSENT =
            words("consent optin optout gdpr permission contactable unsubscribed");
    private static final Set<String> DATE =
            words(
                    "date time timestamp datetime dt created updated joined signup registered since"
                            + " birthday");
    private static final Set<String> PERSONAL =
            words(
                    "email mail phone telephone mobile tel fax ssn passport address street surname"
                            + " iban birthname cellphone whatsapp wechat");
    private static final Set<String> NAMED_PERSON =
            words("first last full given family middle nick customer user client contact maiden");
    private static final Set<String> COUNTER =
            words("index row rownum rowid rownumber unnamed serial record");

    /** Between {@code unit} and {@code Price}, between {@code SKU} and {@code Name}. */
    private static final Pattern HUMP =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<String> words;
    private final String name;

    private NameHints(String name, List<String> words) {
        this.name = name;
        this.words = words;
    }

    public static NameHints of(String name) {
        String spaced = HUMP.matcher(name).replaceAll(" ");
        var words = new ArrayList<String>();
        for (String word : SIGNS.split(spaced.toLowerCase(Locale.ROOT))) {
            if (!word.isEmpty()) words.add(word);
        }
        return new NameHints(name.toLowerCase(Locale.ROOT), words);
    }

    boolean customerId() {
        boolean latin =
                any(CUSTOMER) && (lastIn(KEY) || glued(CUSTOMER, KEY)) && !any(OTHER_THING)
                        || glued(CUSTOMER, KEY);
        return latin || customerWord() && contains("编号", "号", "id", "代码", "码");
    }

    /** {@code customer} alone. */
    boolean customerOnly() {
        return words.size() == 1 && any(CUSTOMER)
                || Set.of("客户", "用户", "会员", "顾客", "买家").contains(name);
    }

    /** {@code id} alone. */
    boolean idOnly() {
        return words.size() == 1
                        && Set.of("id", "uid", "uuid", "guid", "pid").contains(words.get(0))
                || Set.of("编号", "id号").contains(name);
    }

    /** The id of something else: a product, an order. */
    boolean otherCode() {
        return lastIn(CODE) && !any(CUSTOMER) || contains("邮编", "商品编号", "订单号", "订单编号", "产品编号");
    }

    boolean text() {
        return any(TEXT) || contains("评论", "评价", "内容", "反馈", "留言", "文本", "标题", "意见", "描述", "备注");
    }

    boolean item() {
        return any(ITEM) || contains("商品", "产品", "品名", "货品");
    }

    boolean value() {
        return any(VALUE) || contains("金额", "消费", "支付", "总价", "销售额");
    }

    boolean quantity() {
        return any(QUANTITY) || contains("数量", "件数");
    }

    boolean price() {
        return any(PRICE) || contains("单价", "价格");
    }

    boolean event() {
        return any(EVENT) || contains("事件", "行为");
    }

    boolean rating() {
        return any(RATING) || contains("评分", "星级", "打分", "满意度");
    }

    boolean score() {
        return words.contains("score") || contains("得分", "分数");
    }

    boolean target() {
        return any(TARGET) && words.size() <= 3 || contains("流失", "目标变量");
    }

    boolean consent() {
        boolean twoWords = pair("opt", "in") || pair("opt", "out") || pair("may", "contact");
        return any(CONSENT) || twoWords || contains("同意", "授权");
    }

    boolean date() {
        boolean last = !words.isEmpty() && Set.of("at", "on").contains(words.get(words.size() - 1));
        return any(DATE) || last && words.size() > 1 || contains("日期", "时间");
    }

    boolean personal() {
        boolean person =
                words.contains("name") && (any(NAMED_PERSON) || words.size() == 1)
                        || glued(NAMED_PERSON, Set.of("name"));
        boolean card = words.contains("card") && lastIn(KEY) || pair("credit", "card");
        boolean mail = pair("e", "mail");
        return any(PERSONAL)
                || person
                || card
                || mail
                || contains("姓名", "电话", "手机", "邮箱", "地址", "身份证", "银行卡", "卡号", "微信");
    }

    boolean counter() {
        return words.isEmpty()
                || any(COUNTER)
                || words.size() == 1 && Set.of("no", "nr", "n", "num").contains(words.get(0))
                || name.equals("序号");
    }

    /** An age in years. */
    public boolean age() {
        return words.contains("age") || contains("年龄");
    }

    /** Money that a person earns, which cannot be negative. */
    public boolean money() {
        return any(words("income salary wage wages")) || contains("收入", "工资");
    }

    /** Names that often tell the outcome, because they are only known after it. */
    public boolean afterTheFact() {
        boolean ending =
                any(
                        words(
                                "cancel cancelled canceled cancellation terminated termination churn"
                                        + " closed closing exit leaving left unsubscribe"));
        return ending || words.contains("duration") || contains("流失", "注销", "退订", "通话时长");
    }

    private boolean customerWord() {
        return contains("客户", "用户", "会员", "顾客", "买家");
    }

    private boolean any(Set<String> hints) {
        for (String word : words) if (hints.contains(word)) return true;
        return false;
    }

    private boolean lastIn(Set<String> hints) {
        return !words.isEmpty() && hints.contains(words.get(words.size() - 1));
    }

    private boolean pair(String first, String second) {
        int at = words.indexOf(first);
        return at >= 0 && at + 1 < words.size() && words.get(at + 1).equals(second);
    }

    /** One word made of two hints: {@code customerid}, {@code firstname}. */
    private boolean glued(Set<String> starts, Set<String> ends) {
        for (String word : words) {
            for (String end : ends) {
                boolean fits = word.endsWith(end) && word.length() > end.length();
                if (fits && starts.contains(word.substring(0, word.length() - end.length()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean contains(String... parts) {
        for (String part : parts) if (name.contains(part)) return true;
        return false;
    }

    private static Set<String> words(String list) {
        return Set.of(list.trim().split("\\s+"));
    }
}
