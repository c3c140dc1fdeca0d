package dev.coterie.chat;

import dev.coterie.brief.Goal;
import dev.coterie.features.Block;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Filter;
import dev.coterie.tools.ForecastTools;
import dev.coterie.tools.ScenarioTools;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads questions for forecasts, scenarios and briefs. Their form is unmistakable, so patterns read
 * it; meaning is not compared.
 */
final class WishReader {
    private static final int F = Pattern.CASE_INSENSITIVE;
    private static final Pattern BRIEF =
            Pattern.compile("\\b(?:marketing |campaign |segment )?briefs?\\b|简报|营销方案|营销简报", F);
    private static final Pattern MAKE =
            Pattern.compile(
                    "\\b(?:make|write|create|draft|prepare|generate|produce|compose|need|want|new)\\b"
                            + "|写|做|生成|起草|制作|出一份|来一份|准备|新建|要一份",
                    F);
    private static final Pattern READ =
            Pattern.compile("\\b(?:show|open|read|see|what does|what is in)\\b|看|打开|显示|内容|写了什么", F);
    private static final List<Aim> AIMS =
            List.of(
                    new Aim(
                            Goal.WIN_BACK,
                            "\\b(?:win(?:ning)? (?:them |\\w+ )?back|reactivat\\w+)\\b|召回|唤回|挽回|赢回"),
                    new Aim(
                            Goal.RETAIN,
                            "\\b(?:retain\\w*|retention|keep(?:ing)?|loyalty)\\b|留存|留住|保留|维系"),
                    new Aim(
                            Goal.GROW,
                            "\\b(?:grow\\w*|upsell\\w*|cross-?sell\\w*|expand)\\b|增长|提升|加购|复购"),
                    new Aim(
                            Goal.ACQUIRE,
                            "\\b(?:acquir\\w+|acquisition|attract\\w*)\\b|获客|拉新|吸引新"));
    private static final Pattern CHANNEL =
            Pattern.compile(
                    "\\b(?:by|via|through|over|on) (e-?mail|sms|text message|app|push|post|mail|phone|store|instagram|wechat)\\b"
                            + "|(?:通过|用|以)(邮件|短信|微信|小程序|公众号|电话|推送|门店|App)",
                    F);
    private static final Pattern WHAT_IF =
            Pattern.compile(
                    "\\b(?:what if|what would (?:happen|change)|suppose|imagine|how would)\\b"
                            + "|\\bif (?:she|he|they|it|there|we|customer)\\b|如果|假如|要是|假设|倘若",
                    F);
    private static final Pattern COUNTED =
            Pattern.compile(
                    "\\b(\\d{1,2}|"
                            + Numerals.ENGLISH
                            + ")\\s+(?:segments|groups|clusters)\\b|(?<![第\\d一二两三四五六七八九十])(\\d{1,2}|"
                            + Numerals.HAN
                            + ")\\s*个?(?:客群|分群|群组|群|细分)",
                    F);
    private static final Pattern TRIPLE =
            Pattern.compile("\\b(?:three times|triple\\w*|thrice)\\b|三倍|3\\s*倍|翻两番|多两倍", F);
    private static final Pattern HALF = Pattern.compile("\\b(?:half|halve\\w*)\\b|减半|一半|少一半", F);
    private static final Pattern DOUBLE =
            Pattern.compile("\\b(?:twice|doubl\\w*|two times)\\b|两倍|2\\s*倍|翻倍|翻番|翻一番|多一倍|加倍", F);
    private static final Pattern LESS =
            Pattern.compile(
                    "\\b(?:less|lower\\w*|reduc\\w+|smaller)\\b|降低|减少|减轻|更低|更小|少一些|轻一些|[没不]那么|不太|不怎么",
                    F);
    private static final Pattern WEIGHT =
            Pattern.compile(
                    "\\b(?:count(?:s|ed)?|weigh\\w*|matter(?:s|ed)?|balance\\w*|emphasi\\w+)\\b"
                            + "|权重|比重|分量|看重|侧重|重要",
                    F);

    /** In the order in which they are looked for. */
    private static final Map<Block, Pattern> BLOCKS =
            new EnumMap<>(
                    Map.of(
                            Block.TEXT,
                            Pattern.compile(
                                    "\\b(?:texts?|reviews?|comments?|words|(?:they|people|customers) (?:say|write|wrote))\\b"
                                            + "|文本|文字|评论|评价|说的话|写的",
                                    F),
                            Block.BEHAVIOUR,
                            Pattern.compile(
                                    "\\b(?:behaviou?r|orders?|purchases?|events?|(?:they|people|customers) (?:do|did|buy))\\b"
                                            + "|行为|订单|购买",
                                    F),
                            Block.PROFILE,
                            Pattern.compile(
                                    "\\b(?:profiles?|attributes?|demographics?)\\b|资料|画像|属性", F)));

    private static final Pattern OFTEN =
            Pattern.compile(
                    "\\b(?:order\\w*|buy\\w*|bought|purchas\\w+|shop\\w*|comes?|came|visit\\w*)\\b|下单|购买|买|订购|来",
                    F);
    private static final Pattern SPEND =
            Pattern.compile("\\b(?:spen[dt]\\w*|as much|basket|amount)\\b|花费|花|消费|金额", F);
    private static final Pattern WROTE =
            Pattern.compile(
                    "\\b(?:wr(?:i|o)tes?|says?|said|complain(?:s|ed)?|review(?:s|ed)?|comment(?:s|ed)?|text)\\b|写|说|评论|留言|评价|反馈",
                    F);
    private static final Pattern PLACE =
            Pattern.compile(
                    "\\b(?:which|what) (?:segment|group|cluster)\\b|\\b(?:where would|land|belong|fit|fall into|assign\\w*|end up|go into)\\b"
                            + "|哪个客群|哪一?个?群|属于|归到|归入|分到|落在|落到|归为|进入",
                    F);
    private static final Pattern NEW_CUSTOMER =
            Pattern.compile(
                    "\\b(?:someone|somebody|a (?:new )?(?:customer|person|buyer|client|shopper)|new customer|customer who|person who)\\b"
                            + "|一个|一位|新客户|有人|某人|的(?:新)?(?:客户|人|顾客)",
                    F);
    private static final Pattern AFTER_COLON = Pattern.compile("[:：]\\s*(.{4,})$");
    private static final Pattern DRIVE =
            Pattern.compile(
                    "\\b(?:driv\\w+|predict\\w*|caus\\w+|influenc\\w+|factors?|reasons?|why|lead\\w* to|explain\\w*|behind|push\\w*|makes? (?:them|people|customers|buyers)|matters?|affect\\w*)\\b"
                            + "|驱动|影响|导致|原因|因素|为什么|为何|怎么会|决定|推动",
                    F);
    private static final Pattern LIKELY =
            Pattern.compile(
                    "\\b(?:likel\\w+|probab\\w+|risk\\w*|chances?|odds|going to|will|forecast\\w*|predict\\w*|rates?|at risk)\\b"
                            + "|可能|概率|风险|会不会|几率|预测|率|多大机会",
                    F);
    private static final Pattern LEAVING =
            Pattern.compile(
                    "\\b(?:churn\\w*|leav(?:e|es|ing)|quit\\w*|attrition|cancel\\w*|los(?:e|ing) (?:customers|them)"
                            + "|(?:go|goes|going|went|gone|people|customers|them|buyers) away"
                            + "|stop(?:s|ped)? (?:buying|ordering|coming))\\b"
                            + "|流失|离开|退订|注销|销户|走(?:掉|了|的|人)|不再(?:买|来|下单)|不来了",
                    F);
    private static final Pattern OF_LEAVING =
            Pattern.compile("churn|left|leav|attrit|exited|cancel|流失|离开|注销|退订", F);

    private record Aim(Goal goal, Pattern pattern) {
        Aim(Goal goal, String pattern) {
            this(goal, Pattern.compile(pattern, F));
        }
    }

    private final Desk desk;

    WishReader(Desk desk) {
        this.desk = desk;
    }

    /**
     * @param question as it was asked
     * @param spelt the same with typing errors set right
     * @param slots read from it
     */
    Optional<Wish> read(String question, String spelt, Slots slots) {
        String plain = Quoted.without(spelt);
        Optional<Wish> brief = brief(plain);
        if (brief.isPresent()) return brief;
        Optional<Wish> scenario = scenario(plain);
        if (scenario.isPresent()) return scenario;
        Optional<Wish> placed = placed(question, slots);
        return placed.isPresent() ? placed : forecast(plain);
    }

    private static Optional<Wish> brief(String plain) {
        boolean advice = QuestionForm.advice(plain);
        if (!advice && !BRIEF.matcher(plain).find()) return Optional.empty();
        boolean read = READ.matcher(plain).find();
        boolean made = !advice && MAKE.matcher(plain).find() && !read;
        Wish wish = Wish.of(made ? Intent.MAKE_BRIEF : Intent.BRIEF, "");
        String goal =
                AIMS.stream()
                        .filter(g -> g.pattern().matcher(plain).find())
                        .map(aim -> aim.goal().word())
                        .findFirst()
                        .orElse("");
        Matcher channel = CHANNEL.matcher(plain);
        String by = "";
        if (channel.find()) by = channel.group(1) == null ? channel.group(2) : channel.group(1);
        return Optional.of(
                new Wish(
                        wish.intent(),
                        "",
                        0,
                        Optional.empty(),
                        "",
                        List.of(),
                        wish.measure(),
                        wish.change(),
                        goal,
                        by));
    }

    private static Optional<Wish> scenario(String plain) {
        if (!WHAT_IF.matcher(plain).find()) return Optional.empty();
        Matcher counted = COUNTED.matcher(plain);
        if (counted.find()) {
            String word = counted.group(1) == null ? counted.group(2) : counted.group(1);
            return Optional.of(
                    scenario(
                            Numerals.value(word).orElse(0),
                            Optional.empty(),
                            ScenarioTools.Measure.ORDERS,
                            null));
        }
        Optional<Block> block = WEIGHT.matcher(plain).find() ? block(plain) : Optional.empty();
        ScenarioTools.Change change =
                TRIPLE.matcher(plain).find()
                        ? ScenarioTools.Change.TRIPLE
                        : HALF.matcher(plain).find()
                                ? ScenarioTools.Change.HALF
                                : DOUBLE.matcher(plain).find() ? ScenarioTools.Change.DOUBLE : null;
        if (block.isPresent()) {
            boolean less = change == null && LESS.matcher(plain).find();
            return Optional.of(
                    scenario(
                            0,
                            block,
                            ScenarioTools.Measure.ORDERS,
                            less ? ScenarioTools.Change.HALF : change));
        }
        boolean spend = SPEND.matcher(plain).find();
        if (change == null || !spend && !OFTEN.matcher(plain).find()) return Optional.empty();
        var measure = spend ? ScenarioTools.Measure.SPEND : ScenarioTools.Measure.ORDERS;
        return Optional.of(scenario(0, Optional.empty(), measure, change));
    }

    private static Optional<Block> block(String plain) {
        return BLOCKS.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(plain).find())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Wish scenario(
            int segments,
            Optional<Block> block,
            ScenarioTools.Measure measure,
            ScenarioTools.Change change) {
        return new Wish(
                Intent.WHAT_IF,
                "",
                segments,
                block,
                "",
                List.of(),
                measure,
                change == null ? ScenarioTools.Change.DOUBLE : change,
                "",
                "");
    }

    private Optional<Wish> placed(String question, Slots slots) {
        boolean asked = PLACE.matcher(question).find() && WROTE.matcher(question).find();
        boolean known = slots.customer().isPresent() || slots.missingCustomer().isPresent();
        if (!asked || known) return Optional.empty();
        Matcher colon = AFTER_COLON.matcher(question);
        String text = Quoted.first(question).orElseGet(() -> colon.find() ? colon.group(1) : "");
        if (text.isBlank()) return Optional.empty();
        String rest = question.replace(text, " ");
        if (!NEW_CUSTOMER.matcher(rest).find()) return Optional.empty();
        List<Filter> profile =
                new FieldReader(desk.fields())
                        .filters(rest).filters().stream()
                                .filter(f -> f.op() == Filter.Op.EQUAL)
                                .filter(f -> desk.fields().get(f.field()).isPresent())
                                .toList();
        return Optional.of(
                new Wish(
                        Intent.ASSIGN,
                        "",
                        0,
                        Optional.empty(),
                        text.strip(),
                        profile,
                        ScenarioTools.Measure.ORDERS,
                        ScenarioTools.Change.DOUBLE,
                        "",
                        ""));
    }

    private Optional<Wish> forecast(String plain) {
        Optional<TargetColumn> target = target(plain);
        boolean leaving = LEAVING.matcher(plain).find();
        if (target.isEmpty() && !leaving) return Optional.empty();
        // A forecast is of a customer or of segments, not of those who meet some condition.
        if (conditions(plain, target)) return Optional.empty();
        String name = target.map(TargetColumn::name).orElse("");
        if (DRIVE.matcher(plain).find()) return Optional.of(Wish.of(Intent.DRIVERS, name));
        if (LIKELY.matcher(plain).find()) return Optional.of(Wish.of(Intent.FORECAST, name));
        return Optional.empty();
    }

    private boolean conditions(String plain, Optional<TargetColumn> target) {
        var reader = new FieldReader(desk.fields());
        Optional<String> column = desk.fields().columnSpokenOf(plain);
        boolean other =
                column.filter(c -> target.filter(t -> t.name().equals(c)).isEmpty()).isPresent();
        return other
                || reader.filters(plain).filters().stream()
                        .flatMap(f -> desk.fields().get(f.field()).stream())
                        .anyMatch(a -> target.filter(t -> t.name().equals(a.column())).isEmpty());
    }

    /** The target column that a question names, or means by speaking of leaving. */
    private Optional<TargetColumn> target(String plain) {
        String lower = plain.toLowerCase(Locale.ROOT);
        boolean leaving = LEAVING.matcher(plain).find();
        for (TargetColumn target : ForecastTools.targets(desk)) {
            String name = target.name().toLowerCase(Locale.ROOT);
            boolean named = Fields.contains(lower, name.replace('_', ' '));
            if (named || leaving && OF_LEAVING.matcher(name).find()) return Optional.of(target);
        }
        return Optional.empty();
    }
}
