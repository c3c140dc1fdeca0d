package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Language;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads "and segment 3?": the question before, asked of something else. */
final class FollowUps {
    private static final Pattern FILL =
            Pattern.compile(
                    "(?i)segment 1|客群 1|customer 100|客户 100|\\b(?:and|what|about|how|for|the|in|same|now|then|also|of|with|to|from|those|ones|one|instead|from|only|just|is|it|are|there|them|these|how many|many|people|customers|have|has)\\b|有多少|多少|几个|有|人|客户|那么?|还有|再看看?|换成|接下来|呢|关于|其中|这里面|这些人|里|的");

    private static final Set<Intent> OF_CUSTOMER =
            Set.of(Intent.CUSTOMER, Intent.SIMILAR, Intent.FORECAST, Intent.WHAT_IF);

    private static final Pattern PART =
            Pattern.compile("(?i)\\b(?:of|among) (?:them|those|these)\\b|其中|这里面|这些人里");

    private final Desk desk;
    private final Leftovers leftovers;

    FollowUps(Desk desk, Leftovers leftovers) {
        this.desk = desk;
        this.leftovers = leftovers;
    }

    Optional<Understood> read(Slots slots, Context context) {
        Understood before = context.before();
        if (before.intent().isEmpty()) return Optional.empty();
        Intent intent = before.intent().get();
        if (elsewhere(intent, slots)) return Optional.empty();
        Optional<Understood> counted = ofCounted(slots, before);
        if (counted.isPresent()) return counted;
        boolean part = intent == Intent.COUNT && PART.matcher(slots.masked()).find();
        if (!slots.followUp() && !part) return Optional.empty();
        String rest =
                FILL.matcher(slots.masked())
                        .replaceAll(" ")
                        .replaceAll("[\\p{P}\\p{S}\\s]+", " ")
                        .strip();
        boolean other = !slots.segments().isEmpty() || slots.customer().isPresent();
        if (rest.isEmpty() && !other && !slots.everyone()) return Optional.empty();
        var fields = new FieldReader(desk.fields());
        FieldReader.Reading reading = fields.filters(rest);
        boolean condition =
                !rest.isEmpty() && !reading.filters().isEmpty() && leftovers.of(reading).isEmpty();
        Optional<Attribute> feature = desk.fields().spokenOf(rest);
        Optional<String> column = desk.fields().columnSpokenOf(rest);
        List<Integer> segments = segments(intent, slots, before);
        // It was asked back which ones: nothing is known yet to compare anything with.
        if (intent == Intent.COMPARE && segments.isEmpty()) return Optional.empty();
        if (rest.isEmpty()) {
            return Optional.of(
                    next(before, meant(intent, segments), slots, segments, before.filters()));
        }
        if (condition && (intent == Intent.COUNT || intent == Intent.DISTRIBUTION)) {
            var filters =
                    intent == Intent.COUNT && part
                            ? both(before.filters(), reading.filters())
                            : intent == Intent.COUNT
                                    ? replaced(before.filters(), reading.filters())
                                    : reading.filters();
            return Optional.of(next(before, Intent.COUNT, slots, segments, filters));
        }
        var replaced = replaced(before.filters(), reading.filters());
        boolean another = replaced.size() == before.filters().size() && !replaced.isEmpty();
        if (condition && intent == Intent.FEATURE && another) {
            return Optional.of(next(before, intent, slots, segments, replaced));
        }
        if (intent == Intent.FEATURE && feature.isPresent()) {
            return Optional.of(
                    with(before, intent, segments, before.topic(), feature, before.column()));
        }
        if (intent == Intent.DISTRIBUTION && column.isPresent()) {
            return Optional.of(
                    with(before, intent, segments, before.topic(), before.feature(), column));
        }
        boolean topical = intent == Intent.QUOTES || intent == Intent.TREND;
        if (topical && rest.split(" ").length <= 3) {
            return Optional.of(with(before, intent, segments, rest, feature, before.column()));
        }
        return Optional.empty();
    }

    /** "What do they spend on average?" asks it of those who were counted before. */
    private Optional<Understood> ofCounted(Slots slots, Understood before) {
        boolean counted =
                before.intent().filter(Intent.COUNT::equals).isPresent()
                        && !before.filters().isEmpty();
        String text = slots.masked();
        boolean they = slots.reference() == Slots.Reference.BACK && slots.segments().isEmpty();
        if (!counted || !they || !QuestionForm.mean(text)) return Optional.empty();
        var fields = new FieldReader(desk.fields());
        if (!fields.filters(text).filters().isEmpty()) return Optional.empty();
        Optional<Attribute> number = desk.fields().spokenOf(text).filter(a -> !Fields.share(a));
        return number.map(
                n ->
                        with(
                                before,
                                Intent.FEATURE,
                                before.segments(),
                                before.topic(),
                                number,
                                before.column()));
    }

    /**
     * True if it names what the question before cannot be asked of: it is a question of its own.
     */
    private static boolean elsewhere(Intent intent, Slots slots) {
        boolean person = slots.customer().isPresent() || slots.missingCustomer().isPresent();
        boolean ofSegments = !OF_CUSTOMER.contains(intent);
        boolean ofPersons = intent == Intent.CUSTOMER || intent == Intent.SIMILAR;
        return slots.superlative().isPresent()
                || person && ofSegments
                || !slots.segments().isEmpty() && (ofPersons || intent == Intent.WHAT_IF);
    }

    private static List<Integer> segments(Intent intent, Slots slots, Understood before) {
        if (slots.segments().isEmpty()) return slots.everyone() ? List.of() : before.segments();
        boolean pair =
                intent == Intent.COMPARE
                        && slots.segments().size() == 1
                        && !before.segments().isEmpty();
        return pair ? List.of(before.segments().get(0), slots.segments().get(0)) : slots.segments();
    }

    /** "Which is largest?" and then "and segment 3?" asks for its size. */
    private static Intent meant(Intent intent, List<Integer> segments) {
        if (segments.isEmpty()) return intent;
        return switch (intent) {
            case LARGEST, SMALLEST -> Intent.SIZE;
            case BEST_VALUE -> Intent.VALUE;
            default -> intent;
        };
    }

    private static Understood next(
            Understood before,
            Intent intent,
            Slots slots,
            List<Integer> segments,
            List<Filter> filters) {
        return new Understood(
                Optional.of(intent),
                segments,
                slots.everyone(),
                before.topic(),
                slots.customer().orElse(slots.segments().isEmpty() ? before.customer() : -1),
                filters,
                before.feature(),
                before.column(),
                slots.missingSegment(),
                slots.missingCustomer().orElse(""),
                slots.missingCustomer().isPresent(),
                List.of(),
                List.of(),
                Optional.empty(),
                before.wish(),
                before.words(),
                true);
    }

    private static Understood with(
            Understood before,
            Intent intent,
            List<Integer> segments,
            String topic,
            Optional<Attribute> feature,
            Optional<String> column) {
        return new Understood(
                Optional.of(intent),
                segments,
                before.everyone(),
                topic,
                before.customer(),
                before.filters(),
                feature,
                column,
                false,
                "",
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                before.wish(),
                before.words(),
                true);
    }

    /** "How many of them are over 40?" narrows what was counted. */
    private static List<Filter> both(List<Filter> before, List<Filter> now) {
        var all = new ArrayList<>(before);
        all.addAll(now);
        return all;
    }

    /** A new condition takes the place of the one on the same column. */
    private List<Filter> replaced(List<Filter> before, List<Filter> now) {
        var all = new ArrayList<Filter>();
        for (Filter old : before) {
            if (now.stream().noneMatch(f -> column(f).equals(column(old)))) all.add(old);
        }
        all.addAll(now);
        return all;
    }

    private String column(Filter filter) {
        return desk.fields()
                .get(filter.field())
                .map(a -> Fields.column(a, Language.ENGLISH))
                .orElse(filter.field());
    }
}
