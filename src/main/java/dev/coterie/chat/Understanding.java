package dev.coterie.chat;

import dev.coterie.tools.CustomerIds;
import dev.coterie.tools.Desk;
import dev.coterie.tools.SegmentTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes out what a question wants: intent and slots, with the help of the turns before. */
final class Understanding {

    /** Turns that may be looked back on. */
    private static final int LOOKED_BACK = 4;

    private static final Pattern COMPARING =
            Pattern.compile("(?i)\\b(?:compar\\w+|differ\\w*|versus|vs)\\b|比|区别|差异|不同|差别");

    private final Desk desk;
    private final IntentMatcher matcher;
    private final LooseWords loose;
    private final CustomerIds ids;

    Understanding(Desk desk, IntentMatcher matcher, LooseWords loose, CustomerIds ids) {
        this.desk = desk;
        this.matcher = matcher;
        this.loose = loose;
        this.ids = ids;
    }

    /** What a question wants, of two in one both, in the order asked. */
    List<Understood> read(Question question, List<Turn> history) {
        int from = Math.max(0, history.size() - LOOKED_BACK);
        var earlier = new ArrayList<Question>();
        for (Turn turn : history.subList(from, history.size())) earlier.add(turn.question());
        return parts(question, earlier);
    }

    private List<Understood> parts(Question question, List<Question> earlier) {
        List<Question> parts = QuestionParts.of(question);
        if (parts.size() == 2) {
            Understood first = understand(parts.get(0), earlier);
            var before = new ArrayList<>(earlier);
            before.add(parts.get(0));
            Understood second = understand(parts.get(1), before);
            if (answerable(first) && answerable(second)) return List.of(first, second);
        }
        return List.of(understand(question, earlier));
    }

    private static boolean answerable(Understood part) {
        return part.intent().isPresent()
                && part.choices().isEmpty()
                && part.unknown().isEmpty()
                && !part.missingSegment();
    }

    /** What is meant at the end of a question. */
    private Understood last(Question question, List<Question> earlier) {
        List<Understood> parts = parts(question, earlier);
        return parts.get(parts.size() - 1);
    }

    private Understood understand(Question question, List<Question> history) {
        String spelt = loose.plain(question.text());
        Slots slots = slots(spelt);
        // The question before is read again: its conditions are needed, and what it was about.
        Optional<Context> before =
                history.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Context.of(
                                        desk,
                                        last(
                                                history.get(history.size() - 1),
                                                history.subList(0, history.size() - 1))));
        Optional<Wish> wish = new WishReader(desk).read(question.text(), spelt, slots);
        if (wish.isPresent()) return wished(wish.get(), slots, before, question);
        var followUps = new FollowUps(desk, new Leftovers(desk, matcher));
        Optional<Understood> substituted = before.flatMap(b -> followUps.read(slots, b));
        if (substituted.isPresent()) return substituted.get();
        List<Integer> named = named(slots);
        List<Integer> meant =
                named.isEmpty() ? before.map(b -> b.meant(slots)).orElse(List.of()) : named;
        List<Integer> about = named.isEmpty() ? meant : named;
        Understood fresh =
                new QuestionReader(desk, matcher)
                        .read(slots, about.isEmpty() ? scope(question) : about);
        Understood settled = settle(fresh, named.isEmpty() && !meant.isEmpty());
        if (twice(slots, settled)) return settled.twice(others(named.get(0)));
        if (settled.plainly() || !open(slots, settled, before)) {
            return ambiguous(slots, named, meant, settled)
                    .<Understood>map(settled::asking)
                    .orElse(settled);
        }
        return settled.leftOpen(largest());
    }

    /**
     * What may be the name of a segment is a condition where every word of the question then is.
     */
    private Slots slots(String spelt) {
        var reader = new SlotReader(desk, ids);
        Slots named = reader.read(spelt);
        boolean customers =
                QuestionForm.counting(spelt)
                        || QuestionForm.who(spelt)
                        || QuestionForm.mean(spelt)
                        || QuestionForm.ranked(spelt);
        boolean segments = !named.segments().isEmpty() || !named.maybe().isEmpty();
        if (!customers || !segments) return named;
        return reader.literal(spelt).filter(this::conditions).orElse(named);
    }

    private boolean conditions(Slots slots) {
        var fields = new FieldReader(desk.fields());
        FieldReader.Reading filters = fields.filters(slots.masked());
        if (QuestionForm.mean(slots.masked())) filters = fields.withoutMean(filters);
        boolean field =
                filters.filters().stream().anyMatch(f -> desk.fields().get(f.field()).isPresent());
        return field && new Leftovers(desk, matcher).of(filters).isEmpty();
    }

    /** True if the question says nothing that could be looked up, and nothing before it does. */
    private boolean open(Slots slots, Understood understood, Optional<Context> before) {
        boolean named =
                !slots.segments().isEmpty()
                        || slots.superlative().isPresent()
                        || !slots.maybe().isEmpty()
                        || slots.missingSegment()
                        || slots.customer().isPresent()
                        || slots.missingCustomer().isPresent();
        boolean found =
                understood.feature().isPresent()
                        || understood.column().isPresent()
                        || !understood.filters().isEmpty();
        boolean continued = before.isPresent() && understood.intent().isPresent();
        return !named && !found && !continued && OpenQuestion.is(slots.masked(), desk.language());
    }

    /** True if one segment is to be compared with itself. */
    private static boolean twice(Slots slots, Understood understood) {
        return slots.twice()
                && COMPARING.matcher(slots.masked()).find()
                && understood
                        .intent()
                        .filter(i -> i == Intent.COMPARE || i == Intent.DIFFERENT)
                        .isPresent();
    }

    private List<Integer> others(int than) {
        return new SegmentTools(desk)
                .ordered(SegmentTools.Order.SIZE).stream()
                        .map(s -> s.number())
                        .filter(n -> n != than)
                        .limit(3)
                        .toList();
    }

    private List<Integer> largest() {
        return new SegmentTools(desk)
                .ordered(SegmentTools.Order.SIZE).stream().limit(3).map(s -> s.number()).toList();
    }

    private Understood wished(Wish wish, Slots slots, Optional<Context> before, Question question) {
        List<Integer> named = named(slots);
        List<Integer> meant =
                named.isEmpty() ? before.map(b -> b.meant(slots)).orElse(List.of()) : named;
        int earlier = before.map(b -> b.before().customer()).orElse(-1);
        boolean one = wish.intent() == Intent.WHAT_IF || wish.intent() == Intent.FORECAST;
        int customer = slots.customer().orElse(one && named.isEmpty() ? earlier : -1);
        boolean forecast = wish.intent() == Intent.DRIVERS || wish.intent() == Intent.FORECAST;
        boolean possible = desk.workbench().isPresent() && !(forecast && wish.target().isEmpty());
        return new Understood(
                possible ? Optional.of(wish.intent()) : Optional.empty(),
                wish.intent() == Intent.ASSIGN
                        ? List.of()
                        : meant.isEmpty() ? scope(question) : meant,
                slots.everyone(),
                "",
                customer,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                slots.missingSegment() && wish.segments() == 0 && wish.intent() != Intent.ASSIGN,
                slots.missingCustomer().orElse(""),
                slots.missingCustomer().isPresent(),
                List.of(),
                wish.next(),
                Optional.empty(),
                Optional.of(wish),
                slots.masked(),
                true);
    }

    private static List<Integer> named(Slots slots) {
        if (!slots.segments().isEmpty()) return slots.segments();
        if (slots.superlative().isPresent()) return List.of(slots.superlative().getAsInt());
        return List.of();
    }

    /** The segments that the conversation as a whole is about. */
    private List<Integer> scope(Question question) {
        int k = desk.segments().size();
        return question.segments().stream().filter(n -> n >= 1 && n <= k).toList();
    }

    /** "Which of the two is larger?" asks both for their size. */
    private static Understood settle(Understood understood, boolean referred) {
        if (!referred || understood.intent().isEmpty()) return understood;
        return switch (understood.intent().get()) {
            case LARGEST, SMALLEST -> understood.as(Intent.SIZE, understood.segments());
            case BEST_VALUE -> understood.as(Intent.VALUE, understood.segments());
            default -> understood;
        };
    }

    /** The segments to choose among where the question needs one and does not say which. */
    private Optional<List<Integer>> ambiguous(
            Slots slots, List<Integer> named, List<Integer> meant, Understood understood) {
        if (!slots.maybe().isEmpty() && named.isEmpty()) return Optional.of(slots.maybe());
        if (understood.intent().isEmpty() || !named.isEmpty()) return Optional.empty();
        Intent intent = understood.intent().get();
        boolean one = slots.reference() == Slots.Reference.BACK;
        if (one && meant.size() > 1 && !intent.takesMany()) return Optional.of(meant);
        boolean nobody = understood.segments().isEmpty() && !slots.missingSegment();
        boolean spoken =
                slots.reference() != Slots.Reference.NONE
                        && Set.of(Intent.DIFFERENT, Intent.SIZE, Intent.VALUE).contains(intent)
                        && !Context.ofAll(slots.masked());
        boolean pair = intent == Intent.COMPARE && understood.segments().isEmpty();
        if (nobody && (spoken || pair)) {
            return Optional.of(largest());
        }
        return Optional.empty();
    }

    /** The segment that a sentence of this question is about, if one. */
    static OptionalInt first(List<Integer> segments) {
        return segments.isEmpty() ? OptionalInt.empty() : OptionalInt.of(segments.get(0));
    }
}
