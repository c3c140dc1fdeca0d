package dev.coterie.brief;

import dev.coterie.describe.Difference;
import dev.coterie.describe.DistinctiveWord;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.proof.NumberGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The situations of a segment that the fixed rule list has an answer to, strongest first. Each is
 * the last part of the message keys {@code brief.offer.*}, {@code brief.message.*}.
 *
 * @param key name of the situation
 * @param evidence the difference that shows it
 */
record Needs(String key, Difference evidence) {
    private static final String WORD = "word:";
    private static final int MOST_SAID = 6;

    private static final Map<String, Set<String>> WORDS =
            Map.of(
                    "delivery",
                    Set.of(
                            "delivery",
                            "shipping",
                            "courier",
                            "arrived",
                            "late",
                            "parcel",
                            "物流",
                            "快递",
                            "配送",
                            "送货",
                            "发货",
                            "送到",
                            "驿站",
                            "包裹",
                            "签收",
                            "晚到",
                            "小时",
                            "分钟"),
                    "price",
                    Set.of(
                            "price",
                            "expensive",
                            "offer",
                            "offers",
                            "voucher",
                            "code",
                            "sale",
                            "cheap",
                            "discount",
                            "coupon",
                            "fee",
                            "charged",
                            "cost",
                            "价格",
                            "优惠",
                            "活动",
                            "便宜",
                            "贵",
                            "性价比",
                            "打折",
                            "降价",
                            "划算",
                            "实惠",
                            "满减",
                            "凑单",
                            "打折券",
                            "包邮",
                            "积分"),
                    "fit",
                    Set.of(
                            "fit", "size", "sizing", "small", "large", "tight", "petite", "waist",
                            "尺码", "大小", "合身", "版型", "裤子", "大小合适", "偏小", "偏大"),
                    "quality",
                    Set.of(
                            "quality",
                            "fabric",
                            "material",
                            "broken",
                            "soft",
                            "thin",
                            "质量",
                            "做工",
                            "面料",
                            "掉色",
                            "假货",
                            "品质",
                            "材质"),
                    "service",
                    Set.of(
                            "service", "support", "staff", "refund", "return", "help", "客服", "服务",
                            "售后", "态度", "前台", "退货", "服务员", "服务态度"),
                    "guidance",
                    Set.of(
                            "beginner",
                            "beginners",
                            "instructions",
                            "manual",
                            "guide",
                            "explained",
                            "新手",
                            "说明",
                            "说明书",
                            "零基础",
                            "教程",
                            "方法不对"),
                    "gift",
                    Set.of(
                            "gift",
                            "gifts",
                            "present",
                            "presents",
                            "wrapping",
                            "wrapped",
                            "birthday",
                            "送礼",
                            "礼物",
                            "礼盒",
                            "贺卡",
                            "生日",
                            "送人"),
                    "taste",
                    Set.of("taste", "fresh", "味道", "口感", "新鲜", "好吃", "难吃"));

    /** The needs of a segment, at most one of each kind. */
    static List<Needs> of(SegmentProfile segment) {
        var out = new ArrayList<Needs>();
        // What they say themselves goes before what their figures suggest.
        var said = segment.differences().stream().filter(d -> d.attribute().startsWith(WORD));
        var shown = segment.differences().stream().filter(d -> !d.attribute().startsWith(WORD));
        for (Difference d : Stream.concat(said.limit(MOST_SAID), shown).toList()) {
            kind(d).filter(k -> out.stream().noneMatch(n -> n.key.equals(k)))
                    .ifPresent(k -> out.add(new Needs(k, d)));
        }
        return out;
    }

    private static Optional<String> kind(Difference d) {
        boolean high = d.effect() > 0;
        if (d.attribute().startsWith(WORD)) return word(d.attribute().substring(WORD.length()));
        return switch (d.attribute()) {
            case "recency_days" -> Optional.of(high ? "lapsed" : "active");
            case "events" -> Optional.of(high ? "frequent" : "occasional");
            case "total_value" -> Optional.of(high ? "valuable" : "low_spend");
            case "average_value" -> Optional.of(high ? "big_basket" : "small_basket");
            case "recent_share" -> Optional.of(high ? "rising" : "fading");
            case "return_share" -> high ? Optional.of("returns") : Optional.empty();
            case "complains" -> Optional.of(high ? "displeased" : "pleased");
            default -> named(d, high);
        };
    }

    private static Optional<String> named(Difference d, boolean high) {
        String name = d.attribute().toLowerCase(Locale.ROOT);
        if (name.contains("rating")
                || name.contains("score")
                || name.contains("评分")
                || name.contains("recommend")) return Optional.of(high ? "pleased" : "displeased");
        if (name.contains("tenure") || name.contains("signup") || name.contains("joined"))
            return Optional.of(high ? "loyal" : "new");
        if (name.contains("month-to-month"))
            return high ? Optional.of("uncommitted") : Optional.empty();
        if (name.contains("channel") && high) return Optional.of("channel");
        if (name.contains("charges") || name.contains("price"))
            return high ? Optional.of("price") : Optional.empty();
        return Optional.empty();
    }

    /** The need that a word speaks of. */
    static Optional<String> word(String word) {
        String w = word.toLowerCase(Locale.ROOT);
        return WORDS.entrySet().stream()
                .filter(
                        e ->
                                e.getValue().stream()
                                        .anyMatch(
                                                x ->
                                                        w.equals(x)
                                                                || w.startsWith(x + " ")
                                                                || w.endsWith(" " + x)))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    /** The words a message may borrow: what they say themselves. */
    static List<String> borrowed(SegmentProfile segment) {
        return segment.words().stream()
                .filter(w -> !w.weak() || word(w.word()).isPresent())
                .map(DistinctiveWord::word)
                .filter(w -> NumberGate.clean(w, List.of()))
                .limit(6)
                .toList();
    }
}
