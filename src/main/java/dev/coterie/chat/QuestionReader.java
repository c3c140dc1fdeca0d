package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Language;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes out what a question wants by itself, without the turns before. */
final class QuestionReader {
    /** Below this the nearest example is not what was meant; chosen on questions of our own. */
    private static final double SURE = 0.74;

    private static final double SURE_CHINESE = 0.70;

    /** The same where only words are compared. */
    private static final double SURE_BY_WORDS = 0.5;

    /** From this score on a question says the same as an example. */
    private static final double PLAINLY = 0.9;

    /** Intents that look for a segment rather than at one. */
    static final Set<Intent> SUPERLATIVE =
            Set.of(Intent.LARGEST, Intent.SMALLEST, Intent.LIST, Intent.BEST_VALUE, Intent.HELP);

    /** Answered by figures of customers, whoever the question is about. */
    private static final Set<Intent> OF_CUSTOMERS =
            Set.of(
                    Intent.FEATURE,
                    Intent.DISTRIBUTION,
                    Intent.COUNT,
                    Intent.SIZE,
                    Intent.VALUE,
                    Intent.TREND);

    private final Desk desk;
    private final IntentMatcher matcher;

    QuestionReader(Desk desk, IntentMatcher matcher) {
        this.desk = desk;
        this.matcher = matcher;
    }

    /** What a question wants, of these segments where it names none. */
    Understood read(Slots slots, List<Integer> segments) {
        var fields = new FieldReader(desk.fields());
        FieldReader.Reading filters = fields.filters(slots.masked());
        Optional<Attribute> feature = feature(fields, filters, slots.masked());
        Optional<String> column =
                QuestionForm.selling(slots.masked()) && filters.filters().isEmpty()
                        ? desk.fields().columnSpokenOf(Fields.THINGS)
                        : desk.fields()
                                .columnSpokenOf(slots.masked())
                                .or(
                                        () ->
                                                QuestionForm.where(slots.masked())
                                                        ? fields.place()
                                                        : Optional.empty());
        var signs =
                new IntentRules.Signs(
                        slots, segments, filters, feature, column, new Leftovers(desk, matcher));
        Map<Intent, Double> scores = scores(slots, segments);
        new IntentRules(desk, matcher).adjust(scores, signs);
        List<Intent> ranked =
                scores.keySet().stream()
                        .sorted((a, b) -> Double.compare(scores.get(b), scores.get(a)))
                        .toList();
        Intent best = ranked.get(0);
        List<Intent> closest = ranked.stream().filter(i -> i != Intent.OUTSIDE).limit(3).toList();
        boolean sure = scores.get(best) >= threshold() && best != Intent.OUTSIDE;
        String unknown = slots.missingCustomer().orElse("");
        if (sure && (best == Intent.COUNT || best == Intent.SIZE && signs.counting())) {
            unknown = signs.leftovers().of(filters);
        }
        // The segment with the most of something is not the one with the most customers.
        boolean extreme = best == Intent.LARGEST || best == Intent.SMALLEST;
        if (sure && extreme && unknown.isEmpty() && QuestionForm.most(slots.masked())) {
            unknown = signs.leftovers().ofSize(slots.masked());
        }
        if (sure && unknown.isEmpty() && SUPERLATIVE.contains(best)) {
            unknown = CustomerListAnswers.beside(signs, slots.segments()).orElse("");
        }
        Optional<String> others =
                OF_CUSTOMERS.contains(best)
                        ? OtherPeople.in(slots.masked(), desk.fields())
                        : Optional.empty();
        if (sure && unknown.isEmpty()) unknown = others.orElse("");
        boolean about = slots.segments().isEmpty() && slots.reference() == Slots.Reference.NONE;
        boolean fieldless =
                best == Intent.FEATURE && feature.isEmpty()
                        || best == Intent.DISTRIBUTION && feature.isEmpty() && column.isEmpty();
        boolean answerable = sure && unknown.isEmpty() && !fieldless;
        String topic = slots.topic();
        // A trend has no topic of its own; its measure stands anywhere in the question.
        if (best == Intent.TREND) topic = slots.masked();
        if (best == Intent.QUOTES && topic.isEmpty()) topic = signs.leftovers().topic(slots);
        if (best == Intent.QUOTES && QuestionForm.complaining(topic)) topic = "";
        return new Understood(
                answerable ? Optional.of(best) : Optional.empty(),
                SUPERLATIVE.contains(best) && about ? List.of() : segments,
                slots.everyone(),
                topic,
                slots.customer().orElse(-1),
                filters.filters(),
                feature,
                column,
                slots.missingSegment(),
                unknown,
                slots.missingCustomer().isPresent(),
                List.of(),
                closest,
                answerable || slots.customer().isPresent()
                        ? Optional.empty()
                        : others.isPresent() && feature.isPresent()
                                ? feature
                                : matcher.nearest(
                                        unknown.isEmpty() ? slots.masked() : unknown,
                                        desk.fields(),
                                        desk.language()),
                Optional.empty(),
                slots.masked(),
                sure && scores.get(best) >= PLAINLY);
    }

    /** "What share of gold members has left?" is not the share of all. */
    static boolean partOf(FieldReader.Reading filters, String masked) {
        return filters.filters().size() > 1 && QuestionForm.share(masked);
    }

    /**
     * What is asked of the customers: beside conditions, the number that a mean is asked of, or the
     * field of the condition itself.
     */
    private Optional<Attribute> feature(
            FieldReader fields, FieldReader.Reading filters, String masked) {
        if (fields.alternatives(filters.filters())) {
            Optional<Attribute> compared =
                    desk.fields().spokenOf(filters.rest()).filter(a -> !Fields.share(a));
            if (compared.isPresent()) return compared;
        }
        if (QuestionForm.complainingMost(masked) && filters.filters().isEmpty()) {
            return fields.rating();
        }
        boolean mean = QuestionForm.mean(masked) && !filters.filters().isEmpty();
        Optional<Attribute> number =
                mean
                        ? desk.fields().spokenOf(filters.rest()).filter(a -> !Fields.share(a))
                        : Optional.empty();
        if (number.isPresent()) return number;
        if (partOf(filters, masked)) {
            Optional<Attribute> last = fields.last(filters, masked);
            if (last.isPresent()) return last;
        }
        Optional<Attribute> only =
                filters.filters().size() == 1
                                && (QuestionForm.ranked(masked) || QuestionForm.counting(masked))
                        ? fields.of(filters.filters().get(0))
                        : Optional.empty();
        return only.or(() -> desk.fields().spokenOf(masked));
    }

    /**
     * What is meant by "the largest segment" or by "they" is a segment, if the rest asks something
     * of it.
     */
    private Map<Intent, Double> scores(Slots slots, List<Integer> segments) {
        Map<Intent, Double> scores = new EnumMap<>(matcher.scores(slots.masked()));
        if (!slots.segments().isEmpty()) return scores;
        String one = desk.language() == Language.CHINESE ? "客群 1" : "segment 1";
        if (slots.superlative().isPresent()) {
            matcher.scores(SegmentMentions.withoutSuperlative(slots.masked(), one))
                    .forEach(
                            (intent, score) -> {
                                if (!SUPERLATIVE.contains(intent) && intent != Intent.SIZE) {
                                    scores.merge(intent, score, Math::max);
                                }
                            });
        } else if (!segments.isEmpty()) {
            boolean spoken = slots.reference() != Slots.Reference.NONE;
            String full =
                    spoken ? SlotReader.referred(slots.masked(), one) : one + " " + slots.masked();
            matcher.scores(full).forEach((i, score) -> scores.merge(i, score, Math::max));
        } else if (slots.reference() != Slots.Reference.NONE) {
            // Of whom, will be asked back.
            double score =
                    matcher.scores(SlotReader.referred(slots.masked(), one)).get(Intent.DIFFERENT);
            if (score >= PLAINLY) scores.merge(Intent.DIFFERENT, score, Math::max);
        }
        return scores;
    }

    private double threshold() {
        if (!matcher.byMeaning()) return SURE_BY_WORDS;
        return desk.language() == Language.CHINESE ? SURE_CHINESE : SURE;
    }
}
