package dev.coterie.brief;

import dev.coterie.proof.References;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a sentence that says something of the customers, such as "Deliveries reach them on time",
 * from one that says what to do for them, such as "Send them a voucher". Only the first needs a
 * figure or a quotation.
 */
final class BareClaims {
    private static final Pattern CUSTOMERS =
            Pattern.compile(
                    "(?i)\\b(?:they|them|their|these people|customers|buyers|members|shoppers|clients|(?:this|the) (?:segment|group))\\b"
                            + "|他们|她们|客户|顾客|买家|会员|这群人|这些人|该客群|本客群|这个客群|大家");

    /** What is hoped for, asked or proposed. */
    private static final Pattern PROPOSED =
            Pattern.compile(
                    "(?i)\\b(?:will|would|could|can|should|may|might|must|let|lets|if|when|whenever|until|unless|so that|in order|goal|aim|target|hypothesis|perhaps|probably|to be|please|why|how|what|which|who)\\b|[?？]"
                            + "|可以|可能|也许|或许|应该|应当|应|建议|希望|争取|如果|若|为了|以便|让|请|目标|假设|能否|是否|将|会不会|要");

    /** A sentence that begins so tells the reader to do something. */
    private static final Pattern IMPERATIVE =
            Pattern.compile(
                    "(?i)^[\\W_]*(?:(?:please|first|then|also|always|never|only|do|don['’]t|not)[,:]?\\s+)*"
                            + "(?:do|don['’]t|send|offer|invite|ask|give|show|tell|use|write|call|thank|remind|avoid|keep|try|test|start|make|help|include|mention|lead|open|add|put|target|reward|say|explain|promise|point|speak|address|pair|run|follow|focus|stop|limit|begin|build|bring|reach|share|set|suggest|present|recommend|highlight|feature|leave|get|check|measure|compare|choose|pick|exclude|respect|greet|welcome|apologi[sz]e|answer|prepare|plan|sell|contact|treat|win|retain|encourage|announce|deliver|count|watch|track|see|note|drop|reduce|raise|double|split|place|wait|talk|listen|reply|name|quote|refer|consider|think|look|move|turn|take|spend|assign|reserve|hold|bundle|link|repeat|skip|replace|return|refund|ship|write)\\b"
                            + "|^[\\s\\p{P}]*(?:先|再|也|另外|同时|还)?(?:给|向|对|为|用|请|在|从|发|送|推|提供|邀请|提醒|告诉|询问|问|感谢|避免|别|不要|不|勿|强调|突出|把|将|以|通过|针对|只|按|优先|介绍|展示|推荐|设|安排|主动|说明|承诺|奖励|联系|回访|测试|比较|衡量|统计|保持|减少|增加|尽量|围绕|配|附|列出|引用|说)");

    private BareClaims() {}

    /** True if a sentence claims something of customers and cites nothing. */
    static boolean in(String sentence) {
        String own = sentence.replaceAll("“[^”]*”?|「[^」]*」?|\"[^\"]*\"?", "…");
        if (!References.ids(own).isEmpty() || own.indexOf('…') >= 0) return false;
        Matcher subject = CUSTOMERS.matcher(own);
        return subject.find()
                && !PROPOSED.matcher(own).find()
                && !IMPERATIVE.matcher(own).find()
                && own.strip().length() > subject.group().length() + 2;
    }
}
