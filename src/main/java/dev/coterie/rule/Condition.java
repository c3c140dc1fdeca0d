package dev.coterie.rule;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.words.Lexicon;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One condition of a rule. A customer whose value is missing never fulfils it, as in SQL, unless it
 * asks for just that.
 *
 * <p>A new kind of condition is one more record here and one more {@link RuleColumn}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Condition.AtMost.class, name = "at_most"),
    @JsonSubTypes.Type(value = Condition.Above.class, name = "above"),
    @JsonSubTypes.Type(value = Condition.OneOf.class, name = "one_of"),
    @JsonSubTypes.Type(value = Condition.Flag.class, name = "flag"),
    @JsonSubTypes.Type(value = Condition.Mentions.class, name = "mentions"),
    @JsonSubTypes.Type(value = Condition.Given.class, name = "given")
})
public sealed interface Condition {
    /** Most levels of a category, and most words, that one condition lists. */
    int MOST_VALUES = 3;

    RuleField field();

    /** As people say it. */
    Message words(Language language);

    /** The operator of the JSON form: {@code <=}, {@code >}, {@code =}, {@code in}… */
    String operator();

    /** The value of the JSON form: a number, text, date, truth value or list of texts. */
    Object value();

    /**
     * The condition as an SQL predicate, literals escaped.
     *
     * @param expression what stands for the field: a column or a computed figure
     * @param spellings how the table writes a value
     */
    String sql(String expression, Spellings spellings);

    /**
     * The JSON form: {@code {"field": "tenure", "op": ">", "value": 24}}; with {@code "missing":
     * -1} where that number of the table stands for no value.
     */
    default Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("field", field().key());
        json.put("op", operator());
        json.put("value", value());
        field().code().ifPresent(code -> json.put("missing", new Limit(field(), code).json()));
        return json;
    }

    /** The field in SQL, with NULL for a number that stands for no value. */
    private static String known(RuleField field, String expression) {
        return field.code()
                .map(c -> "NULLIF(" + expression + ", " + new Limit(field, c).literal() + ")")
                .orElse(expression);
    }

    /** How a table writes values: {@code Yes} may stand as {@code Y}, {@code 1} or both. */
    interface Spellings {
        /** The cells that mean a level, or yes or no; never empty. */
        List<String> of(Object value);

        /** True if the cells are numbers, so that the column is one of numbers. */
        boolean numeric();
    }

    /** Field ≤ limit; for a date: on or after the day that many days back. */
    record AtMost(RuleField field, double limit) implements Condition {
        @Override
        public Message words(Language language) {
            return new Limit(field, limit).words("describe.rule.atmost", "describe.rule.since");
        }

        @Override
        public String operator() {
            return field.kind() == RuleField.Kind.DATE ? ">=" : "<=";
        }

        @Override
        public Object value() {
            return new Limit(field, limit).json();
        }

        @Override
        public String sql(String expression, Spellings spellings) {
            return known(field, expression)
                    + (field.dated() ? " >= " : " <= ")
                    + new Limit(field, limit).literal();
        }
    }

    /** Field > limit; for a date: before the day that many days back. */
    record Above(RuleField field, double limit) implements Condition {
        @Override
        public Message words(Language language) {
            return new Limit(field, limit).words("describe.rule.above", "describe.rule.before");
        }

        @Override
        public String operator() {
            return field.kind() == RuleField.Kind.DATE ? "<" : ">";
        }

        @Override
        public Object value() {
            return new Limit(field, limit).json();
        }

        @Override
        public String sql(String expression, Spellings spellings) {
            return known(field, expression)
                    + (field.dated() ? " < " : " > ")
                    + new Limit(field, limit).literal();
        }
    }

    /** The field has a value, or has none. */
    record Given(RuleField field, boolean yes) implements Condition {
        @Override
        public Message words(Language language) {
            return Message.of(
                    yes ? "describe.rule.given" : "describe.rule.not_given",
                    "label",
                    field.label());
        }

        @Override
        public String operator() {
            return "given";
        }

        @Override
        public Object value() {
            return yes;
        }

        @Override
        public String sql(String expression, Spellings spellings) {
            return known(field, expression) + (yes ? " IS NOT NULL" : " IS NULL");
        }
    }

    /** The category has one of the levels, spelled as in the file. */
    record OneOf(RuleField field, List<String> levels) implements Condition {
        public OneOf {
            levels = List.copyOf(levels);
        }

        @Override
        public Message words(Language language) {
            List<String> said =
                    levels.stream().map(l -> Lexicon.level(l, true).in(language)).toList();
            return Message.of(
                    "describe.rule.oneof",
                    "label",
                    field.label(),
                    "values",
                    Literals.either(said, language));
        }

        @Override
        public String operator() {
            return levels.size() == 1 ? "=" : "in";
        }

        @Override
        public Object value() {
            return levels.size() == 1 ? levels.get(0) : levels;
        }

        @Override
        public String sql(String expression, Spellings spellings) {
            List<String> cells =
                    levels.stream().flatMap(l -> spellings.of(l).stream()).distinct().toList();
            return Literals.in(expression, cells.stream().map(Literals::text).toList());
        }
    }

    /** A yes/no column says so. */
    record Flag(RuleField field, boolean yes) implements Condition {
        @Override
        public Message words(Language language) {
            return Message.of(
                    yes ? "describe.rule.yes" : "describe.rule.no", "label", field.label());
        }

        @Override
        public String operator() {
            return "=";
        }

        @Override
        public Object value() {
            return yes;
        }

        @Override
        public String sql(String expression, Spellings spellings) {
            return Literals.in(
                    expression,
                    spellings.of(yes).stream()
                            .map(cell -> spellings.numeric() ? cell.strip() : Literals.text(cell))
                            .toList());
        }
    }

    /** Some text of the customer contains one of the words; ASCII letters match in either case. */
    record Mentions(RuleField field, List<String> anyOf) implements Condition {
        public Mentions {
            anyOf = List.copyOf(anyOf);
        }

        @Override
        public Message words(Language language) {
            List<String> said = anyOf.stream().map(w -> "“" + w + "”").toList();
            return Message.of("describe.rule.mentions", "values", Literals.either(said, language));
        }

        @Override
        public String operator() {
            return anyOf.size() == 1 ? "contains" : "contains_any";
        }

        @Override
        public Object value() {
            return anyOf.size() == 1 ? anyOf.get(0) : anyOf;
        }

        @Override
        public String sql(String expression, Spellings spellings) {
            List<String> tests =
                    anyOf.stream().map(w -> expression + " LIKE " + Literals.like(w)).toList();
            String all = String.join(" OR ", tests);
            return tests.size() == 1 ? all : "(" + all + ")";
        }
    }
}
