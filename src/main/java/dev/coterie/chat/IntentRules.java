package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Filter;
import dev.coterie.words.Sense;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Raises and lowers intents by what else the question holds. */
final class IntentRules {
    private static final double CERTAIN = 1.0;

    /** Above what any example scores. */
    private static final double DECIDED = 1.5;

    /** Nobody asks for these but to read what customers wrote. */
    private static final Pattern OWN_WORDS =
            Pattern.compile(
                    "(?i)\\b(?:quotes?|quotations?|verbatims?|original words)\\b|原话|原声|原文|引语");

    /** Asks which one it is, and nothing of it. */
    private static final Pattern WHICH_EXTREME =
            Pattern.compile(
                    "(?i)\\W*(?:and |so )?(?:who|what|which)(?: one)?(?:'s| is| are)? (?:the |our )?"
                            + "(?:(largest|biggest)|smallest) (?:segment|group|cluster|one)\\W*"
                            + "|(?:谁|哪个|哪一个)是(?:(最大)|最小)的?(?:一个)?(?:客群|群)\\W*");

    /** Asks what sets a segment apart. */
    private static final Pattern CHARACTER =
            Pattern.compile(
                    "(?i)\\b(?:characteri[sz]\\w+|characteristics?|distinguish\\w*|defin(?:es?|ing)|sets? \\w+ apart|stands? out)\\b|特点|特征|特别之处|与众不同");

    private static final Pattern AVERAGING =
            Pattern.compile(
                    "(?i)\\b(?:average|mean|typical|typically|usual|per segment|by segment|across(?: all)?(?: the)? segments|each segment|highest|lowest|best|worst|oldest|youngest|most|least|fewest|more|less|how (?:old|long|often|satisfied|happy|much))\\b|平均|各客群|每个客群|最高|最低|最大|最小|最多|最少|最好|最差|最年轻|最年长|最老|多大年纪|多大|几岁");
    private static final Pattern COMMON =
            Pattern.compile(
                    "(?i)\\b(?:most (?:common|popular|used|frequent|often)|common(?:est|ly)?|popular|mostly|mainly|usually|breakdown|break down|distribut\\w+|split|spread|made up|(?:which|what) \\w+(?: \\w+)? (?:do|does|are)|(?:which|what) (?!segments?|groups?|clusters?)\\w+(?: \\w+)? (?:has|have)|where do)\\b|分布|构成|占比|最常|常用|主要|多数|大多|哪个城市|哪些城市|哪里|什么渠道|哪种|各占");

    /** "Which brings in the most money?" does not ask for the one with the most customers. */
    private static final Pattern MONEY =
            Pattern.compile(
                    "(?i)\\b(?:revenue|money|sales|turnover|profitable|spen[dt]\\w*)\\b|收入|销售额|营收|业绩|消费|花钱|金额");

    /** "Who is customer 17?" asks for nobody else. */
    private static final Pattern LIKENESS =
            Pattern.compile(
                    "(?i)\\b(?:like|alike|similar\\w*|resembl\\w*|closest|close|nearest|near|same|neighbou?rs?|twins?|lookalikes?|match\\w*|compar\\w+|others?)\\b|相似|类似|相近|接近|最近|相像|像|一样|同类|差不多|其他");

    private static final Pattern ONE = Pattern.compile("segment 1|客群 1");

    /** "Which province has the most customers?" does not ask for a segment. */
    private static final Pattern OTHER_THING =
            Pattern.compile(
                    "(?i)\\bwhich (?!(?:\\w+ )?(?:segments?|groups?|clusters?|customers?|people|kinds?|types?|ones?|sorts?|buyers?|clients?|shoppers?|users?)\\b|(?:of|is|are|has|have|do|does|spends?|brings?|makes?|earns?|buys?)\\b)|哪个(?!客群|群|人|客户|顾客|最|规模|更)|哪(?:种|家|款)");

    private static final Pattern PER_CUSTOMER =
            Pattern.compile(
                    "(?i)\\b(?:average|mean|typical\\w*|per customer|each|usual\\w*)\\b|平均|人均|每人");
    private static final Pattern SPREAD =
            Pattern.compile(
                    "(?i)\\b(?:median|quartiles?|percentiles?|distribut\\w+|spread|range|histogram)\\b|中位数|四分位|分布|跨度");
    private static final Pattern MONTHLY =
            Pattern.compile(
                    "(?i)\\b(?:over time|over the (?:last|past)|by month|(?:per|each|every) month|months?|monthly|trend\\w*|develop\\w*|growing|grow|grew|rising|falling|increas\\w+|decreas\\w+|going (?:up|down)|chang\\w+|evolv\\w+|history|lately|recently|these days)\\b|最近(?!一次|购买|下单)|近来|近期|趋势|走势|变化|月|随时间|增长|上升|下降|越来越|变多|变少|变好|变差|好转");

    /** Words without which an intent is an accident of wording; their answers are figures. */
    private static final Map<Intent, Pattern> NEEDED = new EnumMap<>(Intent.class);

    static {
        need(
                Intent.LARGEST,
                "\\b(?:larg\\w+|big\\w*|most|top|main|major\\w*|huge\\w*|size)\\b|大|多|主要");
        need(
                Intent.SMALLEST,
                "\\b(?:small\\w*|tini\\w+|tiny|fewest|least|few|little|minor\\w*)\\b|小|少");
        need(
                Intent.LIST,
                "\\b(?:segments|segment list|groups|clusters|kinds|types|sorts|overview|list)\\b|哪些|哪几|几个|几类|几种|几群|多少个|概览|清单|列出|列表|所有|全部|各");
        need(
                Intent.BEST_VALUE,
                "\\b(?:worth|valu\\w+|spend\\w*|spent|money|revenue|income|sales|turnover|earn\\w*|lucrative|rich\\w*|pay\\w*|bring\\w*|cash)\\b|价值|消费|花|钱|收入|销售|贡献|赚|买得最多");
        need(
                Intent.VALUE,
                "\\b(?:worth|valu\\w+|spend\\w*|spent|money|revenue|income|sales|turnover|earn\\w*|bring\\w*|cash|pay\\w*)\\b|价值|值|消费|花|钱|收入|销售|贡献|赚");
        need(
                Intent.MAP,
                "\\b(?:maps?|mapped|plot\\w*|visuali\\w+|where|picture\\w*|draw\\w*|chart\\w*|scatter\\w*)\\b|地图|画|图|位置|哪里");
        need(
                Intent.OUTLIERS,
                "\\b(?:outl\\w+|unusual|odd\\w*|fit|fits|nowhere|strange\\w*|belong\\w*|atypical|exception\\w*|weird\\w*|misfit\\w*)\\b|离群|异常|特殊|不属于|例外|孤立|奇怪|合群|另类|怪");
        need(
                Intent.STABILITY,
                "\\b(?:stab\\w+|trust\\w*|reliab\\w+|sure|firm\\w*|robust\\w*|quality|certain\\w*|confiden\\w+|solid|again|believ\\w+|dependable|sound|shaky|unstable)\\b|稳|可靠|靠谱|可信|相信|质量|把握|准|牢");
        need(
                Intent.SIZE,
                "\\b(?:how many|big|size|share|large|number|count|percent\\w*|proportion|portion|belong|people)\\b|多少|多大|规模|几|占|人数|比例|大小|更多|更少|数量");
        need(
                Intent.QUOTES,
                "\\b(?:say\\w*|said|quot\\w+|comment\\w*|review\\w*|texts?|words?|mention\\w*|complain\\w*|opinion\\w*|feedback|think\\w*|feel\\w*|voice|talk\\w*|writ\\w+|wrote|prais\\w+|critici\\w+|hear\\w*|dislik\\w+|like|likes|love\\w*|hat(?:e|es|ed)|happy|unhappy|problems?|issues?|annoy\\w*|anything|speak\\w*|discuss\\w*|original|examples?|bother\\w*|upset\\w*)\\b|说|讲|评|话|提|抱怨|吐槽|夸|看法|意见|反馈|原声|怎么看|看待|写|不满|满意|喜欢|讨厌|嫌|恼|气|声音|文本|谈|聊|引用|骂");
        NEEDED.put(Intent.DISTRIBUTION, Pattern.compile(COMMON.pattern() + "|" + SPREAD.pattern()));
        need(Intent.TREND, MONTHLY.pattern().substring(4));
    }

    private static void need(Intent intent, String words) {
        NEEDED.put(intent, Pattern.compile("(?i)" + words));
    }

    /** Senses that say how much a customer is worth. */
    private static final Set<Sense> WORTH = Set.of(Sense.TOTAL, Sense.BASKET);

    private final Desk desk;
    private final IntentMatcher matcher;

    IntentRules(Desk desk, IntentMatcher matcher) {
        this.desk = desk;
        this.matcher = matcher;
    }

    /** What was found in a question beside the meaning of the whole. */
    record Signs(
            Slots slots,
            List<Integer> segments,
            FieldReader.Reading filters,
            Optional<Attribute> feature,
            Optional<String> column,
            Leftovers leftovers) {
        boolean counting() {
            return QuestionForm.counting(slots.masked());
        }

        boolean conditions() {
            return !filters.filters().isEmpty();
        }

        /**
         * "Which segment uses the app most?" ranks the segments by the share of its one condition.
         */
        boolean ofAttribute() {
            String text = slots.masked();
            boolean ranked =
                    QuestionForm.ranked(text) || counting() && QuestionForm.perSegment(text);
            return ranked && FieldReader.only(filters, feature) && leftovers.of(filters).isEmpty();
        }

        /** "Which spend more, app or store customers?" compares the values of one column. */
        boolean compared() {
            var fields = new FieldReader(leftovers.fields());
            boolean number = feature.filter(a -> !Fields.share(a)).isPresent();
            if (!number
                    || !QuestionForm.either(slots.masked())
                    || !fields.alternatives(filters.filters())) return false;
            String rest = QuestionForm.withoutEither(fields.without(feature.get(), filters.rest()));
            return leftovers.of(new FieldReader.Reading(filters.filters(), rest)).isEmpty();
        }

        /** Asks for the segment that complains most, of nothing in particular. */
        boolean complaining() {
            boolean rated = feature.filter(a -> a.sense() == Sense.RATING).isPresent();
            return rated
                    && slots.topic().isEmpty()
                    && !conditions()
                    && QuestionForm.complainingMost(slots.masked());
        }

        /** Asks how large a part of those who meet conditions meets one more. */
        boolean partOfSome() {
            boolean share = QuestionReader.partOf(filters, slots.masked());
            return share
                    && new FieldReader(leftovers.fields()).last(filters, slots.masked()).isPresent()
                    && leftovers.of(filters).isEmpty();
        }

        /** What is said of a thing that is sold. */
        boolean ofThing() {
            String topic = slots.topic();
            return topic.length() > 1
                    && !conditions()
                    && !counting()
                    && leftovers.fields().items().stream().anyMatch(i -> Fields.isNamed(i, topic));
        }

        /** Asks for a mean among those who meet conditions. */
        boolean meanUnder() {
            boolean number = feature.filter(a -> !Fields.share(a)).isPresent();
            return number && conditions() && !apart() && QuestionForm.mean(slots.masked());
        }

        /** True if nothing but being an outlier is asked for. */
        boolean apart() {
            return filters.filters().stream().allMatch(f -> f.field().equals(Filter.OUTLIER));
        }
    }

    void adjust(Map<Intent, Double> scores, Signs signs) {
        Slots slots = signs.slots();
        boolean person = slots.customer().isPresent() || slots.missingCustomer().isPresent();
        for (Intent intent : Intent.values()) {
            boolean aboutOne = intent == Intent.SIMILAR || intent == Intent.CUSTOMER;
            if (aboutOne != person && intent != Intent.OUTSIDE) scores.remove(intent);
        }
        List<String> strangers = matcher.strange(slots.masked(), known());
        int strange = Math.min(3, strangers.size());
        if (person) {
            if (!LIKENESS.matcher(slots.masked()).find()) scores.remove(Intent.SIMILAR);
            add(scores, Intent.CUSTOMER, -0.05 * strange);
            add(scores, Intent.SIMILAR, -0.05 * strange);
            return;
        }
        segments(scores, signs);
        fields(scores, signs);
        long foreign =
                strangers.stream().filter(w -> !new FieldReader(desk.fields()).names(w)).count();
        for (Intent i : Intent.values()) {
            if (!i.open() && i != Intent.OUTSIDE) add(scores, i, -0.05 * strange);
            boolean field = i == Intent.FEATURE || i == Intent.DISTRIBUTION;
            if (field) add(scores, i, -0.07 * Math.min(3, foreign));
        }
    }

    private static void segments(Map<Intent, Double> scores, Signs signs) {
        Slots slots = signs.slots();
        List<Integer> segments = signs.segments();
        String text = slots.masked();
        boolean marked = ONE.split(text, -1).length > 2;
        boolean two = segments.size() >= 2 || marked || segments.size() == 1 && slots.everyone();
        add(scores, Intent.COMPARE, two ? 0.06 : -0.15);
        boolean one = !segments.isEmpty() && slots.superlative().isEmpty();
        boolean both = slots.reference() == Slots.Reference.BOTH;
        for (Intent i : List.of(Intent.LARGEST, Intent.SMALLEST, Intent.LIST, Intent.BEST_VALUE)) {
            if (one && !both) add(scores, i, -0.06);
        }
        for (Intent i : List.of(Intent.DIFFERENT, Intent.VALUE)) {
            if (segments.isEmpty()) add(scores, i, -0.08);
        }
        if (CHARACTER.matcher(text).find() && (one || slots.superlative().isPresent())) {
            add(scores, Intent.DIFFERENT, 0.1);
        }
        Matcher extreme = WHICH_EXTREME.matcher(text);
        if (extreme.matches()) {
            boolean largest = extreme.group(1) != null || extreme.group(2) != null;
            scores.merge(largest ? Intent.LARGEST : Intent.SMALLEST, CERTAIN, Math::max);
            scores.remove(Intent.DIFFERENT);
        }
        if (MONEY.matcher(text).find()) {
            scores.remove(Intent.LARGEST);
            scores.remove(Intent.SMALLEST);
        }
        if (OTHER_THING.matcher(text).find()) {
            for (Intent i : List.of(Intent.LARGEST, Intent.SMALLEST, Intent.BEST_VALUE)) {
                scores.remove(i);
            }
        }
        NEEDED.forEach(
                (intent, words) -> {
                    if (!words.matcher(text).find()) scores.remove(intent);
                });
    }

    private static void fields(Map<Intent, Double> scores, Signs signs) {
        String text = signs.slots().masked();
        Optional<Attribute> feature = signs.feature();
        boolean counting = signs.counting();
        boolean averaging = AVERAGING.matcher(text).find();
        boolean monthly = MONTHLY.matcher(text).find();
        forms(scores, signs);
        if (counting && signs.conditions()) {
            add(scores, Intent.COUNT, 0.12);
            if (signs.leftovers().of(signs.filters()).isEmpty()) {
                // Every word of it is a condition: nothing else can be meant.
                if (!signs.apart()) {
                    scores.merge(Intent.COUNT, CERTAIN, Math::max);
                    scores.remove(Intent.SIZE);
                }
                add(scores, Intent.OUTSIDE, -0.1);
            }
        }
        if (!signs.conditions() && !counting) add(scores, Intent.COUNT, -0.1);
        if (feature.isPresent() && averaging && !monthly && !signs.conditions()) {
            boolean worth =
                    WORTH.contains(feature.get().sense()) && !PER_CUSTOMER.matcher(text).find();
            add(scores, Intent.FEATURE, worth ? -0.02 : 0.1);
            add(scores, Intent.OUTSIDE, -0.08);
            add(scores, Intent.LARGEST, -0.12);
            add(scores, Intent.SMALLEST, -0.12);
            if (!worth) add(scores, Intent.BEST_VALUE, -0.12);
        }
        if (feature.isEmpty()) add(scores, Intent.FEATURE, -0.02);
        boolean common = COMMON.matcher(text).find();
        if (signs.column().isPresent() && common && !monthly) {
            add(scores, Intent.DISTRIBUTION, 0.12);
            add(scores, Intent.LARGEST, -0.12);
            add(scores, Intent.OUTSIDE, -0.08);
        }
        if (signs.column().isEmpty()) add(scores, Intent.DISTRIBUTION, -0.12);
        boolean number = feature.isPresent() && !Fields.share(feature.get());
        if (number && SPREAD.matcher(text).find() && !monthly) {
            add(scores, Intent.DISTRIBUTION, 0.3);
        }
        if (monthly && feature.isPresent()) add(scores, Intent.TREND, 0.06);
        if (!signs.slots().topic().isEmpty()) add(scores, Intent.QUOTES, counting ? 0 : 0.08);
        if (OWN_WORDS.matcher(text).find() && !counting) add(scores, Intent.QUOTES, 0.15);
    }

    /** What the form of a question says, whatever it is asked of. */
    private static void forms(Map<Intent, Double> scores, Signs signs) {
        String text = signs.slots().masked();
        if (QuestionForm.growth(text)) scores.put(Intent.GROWTH, DECIDED);
        if (QuestionForm.related(text) || QuestionForm.nearest(text))
            scores.put(Intent.RELATED, DECIDED);
        if (QuestionForm.reason(text)) scores.put(Intent.REASON, DECIDED);
        boolean where = signs.column().isPresent() && QuestionForm.where(text);
        if (where && !signs.conditions()) scores.put(Intent.DISTRIBUTION, DECIDED);
        if (signs.compared() || signs.complaining()) scores.put(Intent.FEATURE, DECIDED);
        if (signs.ofAttribute() || signs.meanUnder() || signs.partOfSome())
            scores.put(Intent.FEATURE, DECIDED);
        // "Which city loses the most customers?" no tool can tell.
        boolean byLevel = signs.column().isPresent() && QuestionForm.share(text);
        if (byLevel && signs.conditions() && !signs.partOfSome()) {
            scores.put(Intent.OUTSIDE, DECIDED);
        }
        boolean each = signs.column().isPresent() && QuestionForm.perLevel(text);
        if (each && signs.counting() && !signs.conditions()) {
            scores.put(Intent.DISTRIBUTION, DECIDED);
        }
        boolean things = !signs.leftovers().fields().items().isEmpty();
        if (things && !signs.conditions() && QuestionForm.selling(text))
            scores.put(Intent.DISTRIBUTION, DECIDED);
        boolean rated = signs.feature().filter(a -> a.sense() == Sense.RATING).isPresent();
        if (rated && QuestionForm.satisfied(text)) scores.put(Intent.FEATURE, DECIDED);
        if (signs.ofThing()) scores.merge(Intent.QUOTES, CERTAIN, Math::max);
        boolean plain = signs.slots().topic().isEmpty() && !signs.conditions() && !signs.counting();
        if (plain && QuestionForm.complaints(text)) {
            scores.merge(Intent.QUOTES, CERTAIN, Math::max);
        }
        if (CustomerListAnswers.beside(signs, signs.slots().segments())
                .filter(String::isEmpty)
                .isPresent()) {
            scores.put(Intent.CUSTOMERS, DECIDED);
        }
        boolean who = QuestionForm.who(text) && signs.conditions() && !signs.apart();
        if (who && signs.leftovers().of(signs.filters()).isEmpty()) {
            scores.merge(Intent.COUNT, DECIDED, Math::max);
        }
    }

    private static void add(Map<Intent, Double> scores, Intent intent, double value) {
        scores.computeIfPresent(intent, (i, score) -> score + value);
    }

    /** Stems of the words in segments' names: no stranger to any question. */
    private Set<String> known() {
        var known = new HashSet<String>();
        for (SegmentProfile s : desk.segments()) {
            for (var wording : s.wordings().values()) {
                for (String w : wording.name().toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
                    known.add(Fields.stem(w));
                }
            }
        }
        return known;
    }
}
