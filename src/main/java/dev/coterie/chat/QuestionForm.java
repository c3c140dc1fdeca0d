package dev.coterie.chat;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Forms of a question that say what is asked, whatever it is asked of. */
final class QuestionForm {
    private static final Pattern COUNTING =
            Pattern.compile(
                    "(?i)\\b(?:how many|number of|count|how large a share|what share|what percentage|what percent|what proportion|head count)\\b|多少|几个|几位|几人|占比|比例|数量");

    /** Asks who they are, by what they have in common. */
    private static final Pattern WHO =
            Pattern.compile(
                    "(?i)^\\W*(?:and |so )?(?:who(?! are (?:you|we))|(?:which|what) (?:customers|people|clients|buyers|shoppers|users|members))\\b"
                            + "|^(?:谁|(?:哪些|哪几[位个]|什么样的|哪位)(?:客户|顾客|用户|会员|人))");

    /** Asks for single customers by their ids. */
    private static final Pattern INDIVIDUALS =
            Pattern.compile(
                    "(?i)\\bwhich (?:of (?:our|my|the) )?(?:gold |silver |\\w+ )?(?:customers|people|clients|buyers|shoppers|users|members)\\b"
                            + "|\\b(?:list|show(?: me)?|give me|name)\\b.{0,30}?\\b(?:customers|clients|buyers|shoppers|members)\\b"
                            + "|\\btop (?:\\d{1,2} |"
                            + Numerals.ENGLISH
                            + " )?(?:customers|clients|buyers|shoppers|members)\\b"
                            + "|\\bwho are (?:my|our|the) .{0,30}?\\b(?:customers|clients|buyers|shoppers|members)\\b"
                            + "|哪些.{0,8}?(?:客户|顾客|用户|会员|人)|哪几[位个](?:客户|顾客|用户|会员|人)"
                            + "|前 ?(?:\\d{1,2}|"
                            + Numerals.HAN
                            + ") ?(?:名|位|个)?.{0,8}?(?:客户|顾客|用户|会员)|(?:列出|列一下|列举).{0,12}(?:客户|顾客|用户|会员)"
                            + "|最[^,。?？]{1,6}的 ?(?:\\d{1,2}|"
                            + Numerals.HAN
                            + ") ?(?:名|位|个)(?:客户|顾客|用户|会员)|\\b(?:\\d{1,2}|"
                            + Numerals.ENGLISH
                            + ") (?:customers|clients|buyers|shoppers|members) (?:who|that|with)\\b"
                            + "|(?:客户|顾客|用户|会员)(?:的)?(?:名单|清单)|(?:客户|顾客|用户|会员)(?:都)?(?:有哪些|是哪些)");

    private static final Pattern MEAN =
            Pattern.compile(
                    "(?i)\\b(?:average|mean|typical\\w*|on average|how (?:old|satisfied|happy|long have|often))\\b|平均|人均|均值|多大年纪|几岁");
    private static final Pattern PER_SEGMENT =
            Pattern.compile(
                    "(?i)\\b(?:(?:per|by|each|every|across|in all|for all)(?: of)?(?: the)? (?:segments?|groups?|clusters?))\\b|(?:各|每)个?(?:客群|群)|分客群");

    /** "Which segment … the most?" */
    private static final Pattern RANKED =
            Pattern.compile(
                    "(?i)\\b(?:which|what) (?:segments?|groups?|clusters?)\\b.*\\b(?:most|least|more|fewest|highest|lowest|largest|smallest)\\b"
                            + "|\\bsegments?\\b.*\\b(?:the most|the least|most often)\\b"
                            + "|哪一?个?(?:客群|群).*最|哪一?个?(?:客群|群)更|最[多少高低大小][^,。?？]{0,3}是?哪一?个?(?:客群|群)");

    private static final Pattern GROWTH =
            Pattern.compile(
                    "(?i)\\b(?:which|what|whose) (?:of the )?(?:segments?|groups?|clusters?)\\b.*\\b(?:grew|grow(?:s|n|ing)?|shr[aiu]nk\\w*|shrink\\w*|gain(?:s|ed|ing)?|los(?:t|es|ing)|bec(?:a|o)me (?:larger|smaller|bigger)|declin\\w+)\\b"
                            + "|\\b(?:did|has|is|have|are) (?:the )?(?:segments?|groups?)(?: \\d{1,3})? (?:grow\\w*|shr[aiu]nk\\w*|shrinking|(?:become|got|getting) (?:larger|smaller|bigger))\\b"
                            + "|哪一?个?(?:客群|群)[^,。?？]{0,6}(?:增长|变大|变小|扩大|缩小|萎缩|长得|增加|减少)|(?:客群|群) ?\\d{0,3}[^,。?？]{0,3}(?:变大|变小|扩大|缩小|萎缩)");
    private static final Pattern ORDERS =
            Pattern.compile(
                    "(?i)\\b(?:orders?|sales|revenue|spen[dt]\\w*|value|reviews?|ratings?|customers? lost|money)\\b|订单|销售|收入|消费|金额|评论|评分");
    private static final Pattern RELATED =
            Pattern.compile(
                    "(?i)\\bsegments?\\b.*\\b(?:relat(?:e|es|ed|ions?|ionships?)|connect\\w*|hang together|belong together|similar|alike|closest|nearest|overlap\\w*|resembl\\w+)\\b"
                            + "|\\b(?:relat(?:ions?|ionships?)|similarit(?:y|ies)|overlap) (?:between|among|of) (?:the |these |our |all )*segments\\b"
                            + "|\\b(?:similar|closest|nearest|related) segments\\b"
                            + "|客群.{0,6}(?:关系|关联|联系|相似|接近|相近|相像|重叠)|(?:相似|接近|相近|相像|像)的(?:两个|几个)?客群");
    private static final Pattern ONE = Pattern.compile("segment 1|customer 100|客群 1|客户 100");
    private static final Pattern NEAREST =
            Pattern.compile(
                    "(?i)\\b(?:which|what) (?:other )?(?:segments?|groups?|clusters?)\\b.*\\b(?:similar|closest|nearest|close|near|alike|like|resembl\\w+)\\b.*\\bsegment 1"
                            + "|\\bsegment 1\\b.{0,20}\\b(?:most similar|closest|nearest) to\\W*$"
                            + "|(?:与|和|跟) ?客群 1 ?最?(?:相似|接近|相近|相像|像)的?(?:是|客群)?|客群 1 ?(?:与|和|跟)哪个?(?:客群|群)最");
    private static final String NUMBER =
            "(?:\\d{1,3}|" + Numerals.ENGLISH + "|this many|so (?:many|few)|that many)";
    private static final Pattern REASON =
            Pattern.compile(
                    "(?i)\\bwhy\\b.{0,30}?\\b(?:only |just |exactly |the )?"
                            + NUMBER
                            + " (?:segments|groups|clusters)\\b"
                            + "|\\bwhy not (?:more|fewer|less|"
                            + NUMBER
                            + ")(?: segments| groups| clusters)?\\W*$"
                            + "|\\b(?:how|why|who)\\b.*\\bnumber of (?:segments|groups|clusters)\\b.*\\b(?:chos\\w+|cho(?:ose|ice)|decid\\w+|determin\\w+|pick\\w*|set|select\\w*)\\b"
                            + "|\\bhow did you (?:choose|decide|pick|determine|find)\\b.*\\b(?:number of|how many) (?:segments|groups|clusters)\\b"
                            + "|(?:为什么|为何|怎么)[^,。?？]{0,6}(?:\\d{1,3}|"
                            + Numerals.HAN
                            + "|这么多|这么少|这几)\\s*个?(?:客群|分群|群)"
                            + "|(?:客群|分群|群)(?:的)?(?:数量|个数|数目?)[^,。?？]{0,6}(?:怎么|如何|为什么|为何|依据)"
                            + "|(?:怎么|如何|为什么|为何)[^,。?？]{0,6}(?:客群|分群|群)(?:的)?(?:数量|个数|数目?)");
    private static final Pattern COMPLAINING =
            Pattern.compile(
                    "(?i)\\b(?:hat(?:e|es|ed)|dislik\\w+|(?:do|does|did)(?: not|n't) like|complain\\w*|complaints?|annoy\\w*|bother\\w*|upset\\w*|unhappy|dissatisf\\w+|worst|angr\\w+|frustrat\\w+)\\b|讨厌|不喜欢|抱怨|吐槽|不满|嫌|恼火|生气|最差");

    private static final Pattern WHAT =
            Pattern.compile(
                    "(?i)^\\W*what\\b(?! (?:segment|group|cluster|share|percent))|什么|哪里|哪些方面");

    private static final Pattern LEAST =
            Pattern.compile("(?i)\\b(?:fewest|rarest|least|lowest|smallest)\\b|最少|最小|最低|最罕见|最不");
    private static final Pattern MOST =
            Pattern.compile("(?i)\\b(?:most|least|fewest|more|less)\\b|最[多少爱常喜不]");
    private static final Pattern SHARE =
            Pattern.compile(
                    "(?i)\\b(?:share|percentage|percent|proportion|portion|fraction)\\b|占比|比例|百分之|占多少|占了多少|占几成|率(?:是|有|为|多|高|怎|如何|\\W|$)|\\b(?:churn|return|attrition|cancellation) rates?\\b");

    /** Asks for the segment of the largest or smallest size and holds nothing else. */
    private static final Set<String> OF_SIZE =
            Set.of(
                    ("largest biggest smallest tiniest tiny huge hugest big large small main major majority top"
                                    + " bottom size sizes sized size-wise fewest number numbers count highest lowest"
                                    + " contain contains holds hold include includes comprise comprises live sit"
                                    + " there where second third next comes called name named bigger larger smaller"
                                    + " greatest crowd member members person persons single head population populous"
                                    + " base far total two three overall customer client buyer part share shares belong"
                                    + " belongs fall falls percentage percent ranked rank order")
                            .split(" "));

    /** Asks what is bought, not by whom. */
    private static final Pattern SELLING =
            Pattern.compile(
                    "(?i)\\bbest[- ]?sell\\w*|\\b(?:most )?(?:popular|favou?rite|best-loved) (?:products?|items?|things?)\\b"
                            + "|\\b(?:which|what) (?:products?|items?)\\b.*\\b(?:bought|sold|sells?|buy|buys|purchased?|ordered|popular)\\b"
                            + "|\\bwhat (?:do|does|did) [^?]{0,40}\\b(?:buy|purchase|order)(?: the)?(?: most(?: often)?| mostly)?\\W*$"
                            + "|畅销|热销|卖得最[好多]|(?:最受欢迎|最热门)的?(?:商品|产品)|买得?最多的(?:是|商品|产品|东西)|买(?:过|了|些|的是|的都是)?(?:什么|啥|哪些(?:商品|产品|东西))");

    /** "The best-selling month" is no product. */
    private static final Pattern OTHER_BEST =
            Pattern.compile(
                    "(?i)\\b(?:month|week|day|season|quarter|year|city|country|region|channel|store|segment|group)s?\\b.{0,20}\\b(?:best|most)\\b|best[- ]selling (?:month|week|day|season|quarter|year|city|country|region|channel|store|segment|group)\\b"
                            + "|哪个?(?:月|季|星期|周|天|年|城市|地区|省|渠道|门店|店|客群|群)|哪一[年月周天群]|几月");

    /** "How many customers in each city?" */
    private static final Pattern PER_LEVEL =
            Pattern.compile(
                    "(?i)\\b(?:per|by|each|every) (?!segment|group|cluster|customer|person|month|week|day|year)\\p{L}+|各个?(?!客群|群|客户|位|人)\\p{IsHan}|每个?(?!客群|群|客户|位|人|月|年|天|周|单|次)\\p{IsHan}");

    private static final Pattern SATISFIED =
            Pattern.compile(
                    "(?i)^\\W*(?:are|is) (?:they|everyone|our customers|the customers|customers|people|segment 1) (?:satisfied|happy)\\W*$"
                            + "|^(?:我们的)?(?:客户|顾客|大家|他们|客群 1)?(?:的?(?:客户|人))?(?:们)?(?:都|整体上?)?(?:对我们)?满意(?:吗|不满意|度(?:怎么样|如何|高吗|高不高))\\W*$");

    private static final Pattern WHERE =
            Pattern.compile(
                    "(?i)\\bwhere\\b.*\\b(?:live|lives|living|located|based|reside|from)\\b"
                            + "|居?住在?(?:哪|什么)|来自(?:哪|什么)|哪里人|哪儿人");

    /** "Which spend more, app or store customers?" */
    private static final Pattern EITHER =
            Pattern.compile(
                    "(?i)\\b(?:which|who)\\b.*\\b(?:more|less|higher|lower)\\b|\\b(?:more|less)\\b.*\\bthan\\b|\\bor\\b.*\\b(?:more|less|higher|lower)\\b|\\bcompare\\b"
                            + "|(?:谁|哪个|哪类|哪种).{0,6}更|更[多少高低大小].{0,3}(?:谁|哪个)|对比|比较|相比");

    private static final Pattern EITHER_WORDS =
            Pattern.compile(
                    "(?i)\\b(?:which|who|or|than|more|less|higher|lower|compare|do|does|spends?|on|average|money)\\b|谁|哪个|哪类|哪种|更[多少高低大小]?|还是|或者|或|对比|比较|相比|平均|得");

    private static final Pattern ADVICE =
            Pattern.compile(
                    "(?i)\\bwhat (?:should|can|could|do) (?:we|i) (?:do|offer|send|say)\\b|\\bwhat to (?:do|offer|send)\\b"
                            + "|\\bhow (?:should|can|do|could|would|to) (?:(?:we|i) )?(?:best )?(?:market|sell|win|keep|retain|reach|approach|re-?engage|target|reactivate|upsell)\\b"
                            + "|\\b(?:any|some|give me|your|have you|what) (?:marketing )?(?:advice|recommendations?|suggestions?|ideas?)\\b|\\bwhat do you (?:suggest|recommend|advise)\\b"
                            + "|\\bshould (?:we|i) (?:send|offer|give)\\b|\\bwrite (?:me )?(?:an? )?(?:e-?mail|newsletter|text message)\\b"
                            + "|(?:怎么|如何|怎样|怎么样)(?:才能)?[^,。?？]{0,10}?(?:营销|推广|运营|挽回|留住|召回|唤回|激活|维护|打动|触达|拉回来|提升)"
                            + "|(?:应该|该|可以|能)(?:为|给|对|向)?[^,。?？]{0,8}(?:做|发|送|推)(?:什么|些什么|点什么|哪些)|(?:怎么办)"
                            + "|(?:有什么|有没有|有何|给些|给点|给个|给我)[^,。?？]{0,8}(?:建议|对策|办法|点子)|(?:应该|该|要不要|可不可以|是否)(?:给|对|向)[^,。?？]{0,10}(?:发|送|打折|优惠)"
                            + "|写(?:一)?(?:封|条|段)[^,。?？]{0,6}(?:邮件|短信|消息|文案)");

    private QuestionForm() {}

    /** Asks where customers live. */
    static boolean where(String text) {
        return WHERE.matcher(text).find();
    }

    /** Asks which of some has more of something. */
    static boolean either(String text) {
        return EITHER.matcher(text).find();
    }

    static String withoutEither(String text) {
        return EITHER_WORDS.matcher(text).replaceAll(" ");
    }

    /** Asks for the segment with the most complaints. */
    static boolean complainingMost(String text) {
        return complaining(text) && ranked(text);
    }

    /** Asks what to do for a segment. */
    static boolean advice(String text) {
        return ADVICE.matcher(text).find();
    }

    /** Asks which things are bought most. */
    static boolean selling(String text) {
        return SELLING.matcher(text).find() && !OTHER_BEST.matcher(text).find();
    }

    /** Asks for how many there are of each value of something. */
    static boolean perLevel(String text) {
        return PER_LEVEL.matcher(text).find();
    }

    /** Asks whether customers are satisfied, with nothing in particular. */
    static boolean satisfied(String text) {
        return SATISFIED.matcher(text).find();
    }

    static boolean counting(String text) {
        return COUNTING.matcher(text).find();
    }

    static boolean who(String text) {
        return WHO.matcher(text).find();
    }

    /** Wants to know which customers they are, not only how many. */
    static boolean individuals(String text) {
        return INDIVIDUALS.matcher(text).find();
    }

    static boolean mean(String text) {
        return MEAN.matcher(text).find();
    }

    static String withoutMean(String text) {
        return MEAN.matcher(text).replaceAll(" ");
    }

    static boolean perSegment(String text) {
        return PER_SEGMENT.matcher(text).find();
    }

    static boolean ranked(String text) {
        return RANKED.matcher(text).find();
    }

    /** Asks which segment has grown, not how its orders have. */
    static boolean growth(String text) {
        return GROWTH.matcher(text).find() && !ORDERS.matcher(text).find();
    }

    /** Asks how the segments stand to each other. */
    static boolean related(String text) {
        return RELATED.matcher(text).find() && !ONE.matcher(text).find();
    }

    /** Asks which segment one is nearest to. */
    static boolean nearest(String text) {
        return NEAREST.matcher(text).find() && ONE.split(text, -1).length == 2;
    }

    /** Asks why there are as many segments as there are. */
    static boolean reason(String text) {
        return REASON.matcher(text).find();
    }

    static boolean complaining(String text) {
        return COMPLAINING.matcher(text).find();
    }

    /** Asks what customers find fault with. */
    static boolean complaints(String text) {
        return complaining(text) && WHAT.matcher(text).find() && !ranked(text);
    }

    static boolean least(String text) {
        return LEAST.matcher(text).find();
    }

    /** Speaks of who has or does the most, of whatever it may be. */
    static boolean most(String text) {
        return MOST.matcher(text).find();
    }

    /** Asks how large a part of some customers meets a condition. */
    static boolean share(String text) {
        return SHARE.matcher(text).find();
    }

    /** False for a word that asks for more than the size of segments. */
    static boolean ofSize(String word) {
        return OF_SIZE.contains(word.toLowerCase(Locale.ROOT)) || IntentMatcher.plain(word);
    }
}
