package dev.coterie.words;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an attribute is about: decides how it is put into words. */
public enum Sense {
    RECENCY,
    FREQUENCY,
    TOTAL,
    BASKET,
    TREND,
    RETURNS,
    WEEKEND,
    TENURE,
    SINCE,
    AGE,
    RATING,
    NUMBER,
    SPEND,
    INCOME,
    BORN,
    COMPLAINS,
    GENDER,
    PLACE,
    CHANNEL,
    PAYMENT,
    PLAN,
    PRODUCT,
    CATEGORY,
    FLAG,
    STATE,
    SENIOR,
    NEWSLETTER,
    RECOMMEND,
    ITEM,
    EVENT;

    private static final Set<String> STATES =
            Set.of("active", "vip", "married", "single", "employed", "retired", "student", "loyal");

    /** The bundle's word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True for what customers do, as against who they are. */
    public boolean behaviour() {
        return ordinal() <= WEEKEND.ordinal();
    }

    /** The sense of a number column, from its name. */
    public static Sense ofNumber(String column) {
        List<String> words = Humanise.words(column);
        if (any(words, "age", "年龄", "岁数")) return AGE;
        if (any(words, "tenure", "seniority", "在网", "客龄", "会龄", "入会")) return TENURE;
        boolean year = any(words, "year", "yob") || String.join("", words).contains("年");
        if (year && any(words, "birth", "born", "yob", "出生")) return BORN;
        if (any(words, "income", "salary", "earnings", "收入", "工资")) return INCOME;
        if (Humanise.spending(column).isPresent()) return SPEND;
        if (any(words, "rating", "score", "stars", "satisfaction", "评分", "满意度")) return RATING;
        return NUMBER;
    }

    /** The sense of a column that holds days since a date. */
    public static Sense ofAge(String column) {
        List<String> words = Humanise.words(column);
        if (any(words, "birth", "birthday", "born", "dob", "出生", "生日")) return AGE;
        boolean joined =
                any(words, "signup", "sign", "join", "joined", "registered", "registration")
                        || any(words, "created", "opened", "start", "since", "customer", "member")
                        || any(words, "注册", "开户", "入会", "加入");
        return joined ? TENURE : SINCE;
    }

    /** The sense of a category column. */
    public static Sense ofCategory(String column) {
        List<String> words = Humanise.words(column);
        if (any(words, "gender", "sex", "性别")) return GENDER;
        if (any(words, "city", "country", "region", "state", "location", "town", "province")
                || any(words, "城市", "省份", "地区", "国家", "省", "市")) return PLACE;
        if (any(words, "channel", "渠道", "source", "来源")) return CHANNEL;
        if (any(words, "payment", "pay", "支付", "付款")) return PAYMENT;
        if (any(words, "contract", "plan", "subscription", "membership", "tier", "package")
                || any(words, "合同", "套餐", "会员", "等级", "会员等级")) return PLAN;
        if (any(words, "department", "division", "class", "category", "cat", "product")
                || any(words, "品类", "类别", "类目", "分类", "商品")) return PRODUCT;
        return CATEGORY;
    }

    /** The sense of a yes/no column. */
    public static Sense ofFlag(String column) {
        List<String> words = Humanise.words(column);
        if (any(words, "senior")) return SENIOR;
        if (any(words, "newsletter", "optin", "subscribed", "订阅", "通讯")) return NEWSLETTER;
        if (any(words, "recommended", "recommend", "recommends", "推荐")) return RECOMMEND;
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        if (STATES.contains(last) || last.length() > 4 && last.endsWith("ed")) return STATE;
        return FLAG;
    }

    private static boolean any(List<String> words, String... wanted) {
        for (String w : wanted) {
            for (String word : words) {
                boolean han = w.codePointAt(0) > 0x2E80;
                if (word.equals(w) || han && word.contains(w)) return true;
            }
        }
        return false;
    }
}
