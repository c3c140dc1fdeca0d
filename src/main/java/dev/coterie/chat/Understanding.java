package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes out what a question wants: intent and slots, with the help of the turn before. */
final class Understanding {
    /** Below this the nearest example is not what was meant; chosen on questions of our own. */
    private static final double SURE = 0.74;

    private static final double SURE_CHINESE = 0.70;

    /** The same where only words are compared. */
    private static final double SURE_BY_WORDS = 0.5;

    private static final Pattern COUNTING =
            Pattern.compile(
                    "(?i)\\b(?:how many|number of|count|how large a share|what share|what percentage)\\b|多少|几个|几位|占比|比例|数量");
    private static final Pattern AVERAGING =
            Pattern.compile(
                    "(?i)\\b(?:average|mean|avg|typical|per segment|by segment|across segments|each segment|highest|lowest|oldest|youngest|most often)\\b|平均|各客群|每个客群|最高|最低|最大|最小|多大年纪");
    private static final Pattern COUNT_FILL =
            Pattern.compile(
                    "有多大|多大|规模|大小|有多少|多少|几个|几位|有没有|我们|一共|总共|全部|所有|客户群|客户|顾客|用户|会员|客群|人数|人群|的人|来自|属于|使用|选择|用|住在|在|里面|里|中|当中|其中|的|是|了|过|呢|吗|有|占比|占|比例|数量|个|位|人|岁|并且|而且|且|和|与|还|她们|他们|请问|告诉我|一下|付款|支付|订阅|满");
    private static final Set<String> COUNT_PLAIN =
            Set.of(
                    "many",
                    "number",
                    "count",
                    "share",
                    "percentage",
                    "live",
                    "living",
                    "come",
                    "comes",
                    "coming",
                    "pay",
                    "pays",
                    "paying",
                    "use",
                    "using",
                    "old",
                    "years",
                    "year",
                    "age",
                    "aged",
                    "total",
                    "there",
                    "subscribed",
                    "subscribe",
                    "bought",
                    "buy",
                    "belong",
                    "prefer",
                    "signed",
                    "based",
                    "located",
                    "among",
                    "euros",
                    "dollars",
                    "days",
                    "times",
                    "women",
                    "men",
                    "wrote",
                    "written");

    /** Intents that look for a segment rather than at one. */
    private static final Set<Intent> SUPERLATIVE =
            Set.of(Intent.LARGEST, Intent.SMALLEST, Intent.LIST, Intent.BEST_VALUE, Intent.HELP);

    private final Desk desk;
    private final IntentMatcher matcher;
    private final Map<String, Integer> ids;

    Understanding(Desk desk, IntentMatcher matcher, Map<String, Integer> ids) {
        this.desk = desk;
        this.matcher = matcher;
        this.ids = ids;
    }

    /**
     * What was made out.
     *
     * @param intent empty if nothing this run can answer
     * @param segments numbers
     * @param customer row, or -1
     * @param unknown what the data does not have, as the person wrote it; may be empty
     * @param closest intents nearest to the question, nearest first
     */
    record Understood(
            Optional<Intent> intent,
            List<Integer> segments,
            boolean everyone,
            String topic,
            int customer,
            List<Filter> filters,
            Optional<Attribute> feature,
            boolean missingSegment,
            String unknown,
            List<Intent> closest) {}

    Understood read(Question question, List<Turn> history) {
        Slots slots = new SlotReader(desk, ids).read(question.text());
        Optional<Answer.Asked> before =
                history.isEmpty()
                        ? Optional.empty()
                        : history.get(history.size() - 1).answer().asked();
        Optional<Understood> followUp = before.flatMap(b -> followUp(question, slots, b));
        if (followUp.isPresent()) return followUp.get();
        List<Integer> segments = segments(question, slots, before);
        int customer = slots.customer().orElse(-1);
        var fields = new FieldReader(desk.fields());
        FieldReader.Reading filters = fields.filters(slots.masked());
        Optional<Attribute> feature = fields.feature(slots.masked(), desk.language());
        Map<Intent, Double> scores = scores(slots);
        adjust(scores, slots, segments, filters, feature, slots.masked());
        List<Intent> ranked =
                scores.keySet().stream()
                        .sorted((a, b) -> Double.compare(scores.get(b), scores.get(a)))
                        .toList();
        Intent best = ranked.get(0);
        List<Intent> closest = ranked.stream().filter(i -> i != Intent.OUTSIDE).limit(3).toList();
        boolean sure = scores.get(best) >= threshold() && best != Intent.OUTSIDE;
        String unknown = slots.missingCustomer().orElse("");
        boolean counting = COUNTING.matcher(slots.masked()).find();
        if (sure && (best == Intent.COUNT || best == Intent.SIZE && counting)) {
            unknown = leftOver(filters);
        }
        if (SUPERLATIVE.contains(best) && slots.segments().isEmpty()) segments = List.of();
        boolean fieldless = best == Intent.FEATURE && feature.isEmpty();
        boolean answerable = sure && unknown.isEmpty() && !fieldless;
        return new Understood(
                answerable ? Optional.of(best) : Optional.empty(),
                segments,
                slots.everyone(),
                // A trend has no topic of its own; its measure stands anywhere in the question.
                best == Intent.TREND ? slots.masked() : slots.topic(),
                customer,
                filters.filters(),
                feature,
                slots.missingSegment(),
                unknown,
                closest);
    }

    /** What is meant by "the largest segment" is that segment, if the rest asks something of it. */
    private Map<Intent, Double> scores(Slots slots) {
        Map<Intent, Double> scores = new EnumMap<>(matcher.scores(slots.masked()));
        if (slots.superlative().isEmpty() || !slots.segments().isEmpty()) return scores;
        String one = desk.language() == Language.CHINESE ? "客群 1" : "segment 1";
        matcher.scores(SlotReader.withoutSuperlative(slots.masked(), one))
                .forEach(
                        (intent, score) -> {
                            if (!SUPERLATIVE.contains(intent) && intent != Intent.SIZE) {
                                scores.merge(intent, score, Math::max);
                            }
                        });
        return scores;
    }

    private double threshold() {
        if (!matcher.byMeaning()) return SURE_BY_WORDS;
        return desk.language() == Language.CHINESE ? SURE_CHINESE : SURE;
    }

    private List<Integer> segments(Question question, Slots slots, Optional<Answer.Asked> before) {
        if (!slots.segments().isEmpty()) return slots.segments();
        if (slots.superlative().isPresent()) return List.of(slots.superlative().getAsInt());
        if (slots.refersBack() && before.isPresent() && !before.get().segments().isEmpty()) {
            return List.of(before.get().segments().get(0));
        }
        int k = desk.segments().size();
        return question.segments().stream().filter(n -> n >= 1 && n <= k).toList();
    }

    /** "And segment 3?": the question before, asked of something else. */
    private Optional<Understood> followUp(Question question, Slots slots, Answer.Asked before) {
        Optional<Intent> intent = Intent.of(before.intent());
        if (intent.isEmpty() || !slots.followUp()) return Optional.empty();
        String rest =
                slots.masked()
                        .replaceAll(
                                "(?i)segment 1|客群 1|customer 100|客户 100|\\b(?:and|what|about|how|for|the|in|same|now|then|also|of|with|to|from)\\b|那么?|还有|再看看?|换成|接下来|呢|关于|里|的",
                                " ")
                        .replaceAll("[\\p{P}\\p{S}\\s]+", " ")
                        .strip();
        boolean open = intent.get().open() && rest.split(" ").length <= 3;
        if (!rest.isEmpty() && !open) return Optional.empty();
        boolean nothing =
                rest.isEmpty() && slots.segments().isEmpty() && slots.customer().isEmpty();
        if (nothing && !slots.everyone()) return Optional.empty();
        List<Integer> segments = before.segments();
        if (!slots.segments().isEmpty()) {
            boolean pair = intent.get() == Intent.COMPARE && slots.segments().size() == 1;
            segments =
                    pair && !before.segments().isEmpty()
                            ? List.of(before.segments().get(0), slots.segments().get(0))
                            : slots.segments();
        }
        String topic = rest.isEmpty() ? before.topic() : rest;
        var fields = new FieldReader(desk.fields());
        FieldReader.Reading filters = fields.filters(topic);
        Optional<Attribute> feature = fields.feature(topic, desk.language());
        if (intent.get() == Intent.FEATURE && feature.isEmpty()) return Optional.empty();
        if (intent.get() == Intent.COUNT && filters.filters().isEmpty()) return Optional.empty();
        Intent meant = intent.get();
        if (!segments.isEmpty()) {
            // "Which is largest?" and then "and segment 3?" asks for its size.
            if (meant == Intent.LARGEST || meant == Intent.SMALLEST) meant = Intent.SIZE;
            if (meant == Intent.BEST_VALUE) meant = Intent.VALUE;
        }
        return Optional.of(
                new Understood(
                        Optional.of(meant),
                        segments,
                        slots.everyone(),
                        topic,
                        slots.customer().orElse(before.customer()),
                        filters.filters(),
                        feature,
                        slots.missingSegment(),
                        slots.missingCustomer().orElse(""),
                        List.of()));
    }

    private void adjust(
            Map<Intent, Double> scores,
            Slots slots,
            List<Integer> segments,
            FieldReader.Reading filters,
            Optional<Attribute> feature,
            String masked) {
        boolean person = slots.customer().isPresent() || slots.missingCustomer().isPresent();
        for (Intent intent : Intent.values()) {
            boolean aboutOne = intent == Intent.SIMILAR || intent == Intent.CUSTOMER;
            if (aboutOne != person && intent != Intent.OUTSIDE) scores.remove(intent);
        }
        int strange = matcher.strange(masked, known()).size();
        if (person) {
            add(scores, Intent.CUSTOMER, -0.05 * Math.min(3, strange));
            add(scores, Intent.SIMILAR, -0.05 * Math.min(3, strange));
            return;
        }
        boolean two = segments.size() >= 2 || segments.size() == 1 && slots.everyone();
        add(scores, Intent.COMPARE, two ? 0.06 : -0.15);
        boolean one = !segments.isEmpty() && slots.superlative().isEmpty();
        for (Intent i : List.of(Intent.LARGEST, Intent.SMALLEST, Intent.LIST, Intent.BEST_VALUE)) {
            if (one) add(scores, i, -0.06);
        }
        for (Intent i : List.of(Intent.DIFFERENT, Intent.VALUE)) {
            if (segments.isEmpty()) add(scores, i, -0.08);
        }
        boolean counting = COUNTING.matcher(masked).find();
        boolean averaging = AVERAGING.matcher(masked).find();
        if (counting && !filters.filters().isEmpty() && !averaging) {
            add(scores, Intent.COUNT, 0.12);
        }
        if (filters.filters().isEmpty() && !counting) add(scores, Intent.COUNT, -0.1);
        if (feature.isPresent() && averaging) add(scores, Intent.FEATURE, 0.08);
        if (feature.isEmpty()) add(scores, Intent.FEATURE, -0.02);
        if (!slots.topic().isEmpty()) add(scores, Intent.QUOTES, counting ? 0 : 0.04);
        for (Intent i : Intent.values()) {
            if (!i.open() && i != Intent.OUTSIDE) add(scores, i, -0.05 * Math.min(3, strange));
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

    /** Words of a counting question that no condition stands for: the data has nothing on them. */
    private String leftOver(FieldReader.Reading filters) {
        String rest = filters.rest().replaceAll("segment 1|客群 1", " ");
        if (desk.language() == Language.CHINESE) {
            String han =
                    COUNT_FILL.matcher(rest).replaceAll("").replaceAll("[^\\p{IsHan}\\p{L}]+", "");
            return han.length() >= 2 ? han : "";
        }
        var left = new ArrayList<String>();
        for (String word : matcher.strange(rest, Set.of())) {
            if (!COUNT_PLAIN.contains(word)) left.add(word);
        }
        // What other examples speak of is still not a condition here.
        for (String word : rest.split("[^\\p{L}]+")) {
            boolean plain = COUNT_PLAIN.contains(word) || IntentMatcher.plain(word);
            if (word.length() > 2 && !plain && !left.contains(word)) left.add(word);
        }
        return String.join(" ", left);
    }

    /** The segment that a sentence of this question is about, if one. */
    static OptionalInt first(List<Integer> segments) {
        return segments.isEmpty() ? OptionalInt.empty() : OptionalInt.of(segments.get(0));
    }
}
