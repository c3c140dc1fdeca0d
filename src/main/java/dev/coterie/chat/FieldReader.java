package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.tools.FieldTerms;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Filter;
import dev.coterie.words.Sense;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the attributes that a question names, alone or beside conditions. */
final class FieldReader {

    private static final String RATE = "\\s*(?:rates?\\b|率)";

    private final Fields fields;

    FieldReader(Fields fields) {
        this.fields = fields;
    }

    /**
     * Conditions found in a text.
     *
     * @param rest the text without the words that made them
     */
    record Reading(List<Filter> filters, String rest) {}

    /** Conditions found in a text. */
    Reading filters(String text) {
        return new ConditionReader(fields).read(text);
    }

    /** The reading without the words that ask for the mean of a number. */
    Reading withoutMean(Reading reading) {
        Optional<Attribute> number = fields.spokenOf(reading.rest()).filter(a -> !Fields.share(a));
        if (number.isEmpty()) return reading;
        String rest = QuestionForm.withoutMean(reading.rest());
        for (String term : FieldTerms.terms(number.get()))
            rest = rest.replaceAll(FieldTerms.border(term), " ");
        return new Reading(reading.filters(), rest);
    }

    /** A text without the words for an attribute. */
    String without(Attribute attribute, String text) {
        String out = text;
        for (String term : FieldTerms.terms(attribute))
            out = out.replaceAll(FieldTerms.border(term), " ");
        return out;
    }

    /** The share attribute that a text names last among conditions that all hold. */
    Optional<Attribute> last(Reading reading, String text) {
        String plain = new ConditionReader(fields).asLevels(FieldTerms.plain(text));
        Attribute best = null;
        int farthest = -1;
        for (Filter f : reading.filters()) {
            boolean number = fields.get(f.field()).filter(x -> !Fields.share(x)).isPresent();
            if (number) continue;
            Optional<Attribute> a = fields.get(f.field()).filter(Fields::share);
            if (a.isEmpty() || f.op() != Filter.Op.EQUAL) return Optional.empty();
            for (String term : FieldTerms.terms(a.get())) {
                // "The churn rate of gold members" is of churn, whatever comes after it.
                if (Pattern.compile(FieldTerms.border(term) + RATE).matcher(plain).find()) return a;
                int place = FieldTerms.at(plain, term);
                if (place > farthest) {
                    farthest = place;
                    best = a.get();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** True if the one condition is that a share attribute holds. */
    static boolean only(Reading reading, Optional<Attribute> attribute) {
        return reading.filters().size() == 1
                && reading.filters().get(0).op() != Filter.Op.NOT_EQUAL
                && attribute.filter(Fields::share).isPresent()
                && holds(reading.filters().get(0), attribute.get());
    }

    /** True if a condition is that an attribute holds. */
    static boolean holds(Filter filter, Attribute attribute) {
        if (!filter.field().equals(Filter.ITEM)) return filter.field().equals(attribute.key());
        return attribute.key().startsWith(Fields.ITEM)
                && Fields.isNamed(attribute.level(), filter.value());
    }

    /** The attribute that a condition is on; of a thing bought where there is only one such. */
    Optional<Attribute> of(Filter filter) {
        if (!filter.field().equals(Filter.ITEM)) return fields.get(filter.field());
        List<Attribute> things = fields.all().stream().filter(a -> holds(filter, a)).toList();
        return things.size() == 1 ? Optional.of(things.get(0)) : Optional.empty();
    }

    /** The first column that says where customers are. */
    Optional<String> place() {
        return fields.all().stream()
                .filter(a -> a.sense() == Sense.PLACE && !a.level().isEmpty())
                .map(Attribute::column)
                .findFirst();
    }

    /** The ratings that customers gave, on average. */
    Optional<Attribute> rating() {
        return fields.all().stream().filter(a -> a.sense() == Sense.RATING).findFirst();
    }

    /** True if all conditions are values of one column, of which a customer has but one. */
    boolean alternatives(List<Filter> filters) {
        if (filters.size() < 2) return false;
        var columns = new HashSet<String>();
        for (Filter filter : filters) {
            Optional<Attribute> a = fields.get(filter.field()).filter(x -> !x.level().isEmpty());
            if (a.isEmpty() || filter.op() != Filter.Op.EQUAL) return false;
            if (a.get().key().startsWith(Fields.ITEM)) return false;
            columns.add(a.get().column());
        }
        return columns.size() == 1;
    }

    /** True if a word stands in the name of a field or of one of its values. */
    boolean names(String word) {
        String stem = Fields.stem(word);
        for (Attribute a : fields.all()) {
            var terms = new ArrayList<>(FieldTerms.terms(a));
            if (!a.level().isEmpty()) terms.addAll(FieldTerms.columnTerms(a));
            for (String term : terms) {
                for (String part : term.split("[^\\p{L}]+")) {
                    if (Fields.stem(part).equals(stem)) return true;
                }
            }
        }
        return false;
    }
}
