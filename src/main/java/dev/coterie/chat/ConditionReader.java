package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Language;
import dev.coterie.tools.FieldTerms;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Filter;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the conditions that a question sets for customers. */
final class ConditionReader {

    /** "How many people shop with us": what follows is what they do, not a value. */
    private static final Pattern DOING =
            Pattern.compile("(?i)\\b(?:people|customers|clients|buyers|users|they|who|we|do)\\s+$");

    /** "Do app customers spend more": they are of a value after all. */
    private static final Pattern PEOPLE =
            Pattern.compile("^\\s+(?:people|customers|clients|buyers|shoppers|users|members)\\b");

    private static final Pattern OUTLIERS =
            Pattern.compile(
                    "(" + Denial.WORD + "\\s+(?:an?\\s+)?|不是|非)?(?:\\boutliers?\\b|离群点?|异常客户|异常点)");

    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");

    private static final Pattern NONE = Pattern.compile("(?i)no|none|never|否|无|没有");

    private static final String LACKING =
            "\\b(?:without(?: any| an?)?|(?:have|has|having|with|had|get|gets|use|uses) no|(?:do|does|did)(?: not|n't) (?:have|use|get)(?: any| an?)?)\\s+";

    private final Fields fields;

    ConditionReader(Fields fields) {
        this.fields = fields;
    }

    /** The conditions in a text, and the text without the words that made them. */
    FieldReader.Reading read(String text) {
        String digits = THOUSANDS.matcher(FieldTerms.plain(text)).replaceAll("");
        var filters = new ArrayList<Filter>();
        String rest = fields.rated() ? GivenRating.read(digits, filters) : digits;
        rest = Mention.read(asLevels(Denial.turned(rest)), filters);
        rest = Bought.read(rest, fields.items(), filters);
        for (Attribute a : fields.all()) rest = lacking(a, rest, filters);
        Matcher outliers = OUTLIERS.matcher(rest);
        if (outliers.find()) {
            var op = outliers.group(1) == null ? Filter.Op.EQUAL : Filter.Op.NOT_EQUAL;
            filters.add(new Filter(Filter.OUTLIER, op, "1"));
            rest = outliers.replaceAll(" ");
        }
        for (Attribute a : fields.all()) {
            if (Fields.share(a)) continue;
            rest = NumberConditions.read(a, FieldTerms.terms(a), rest, filters);
        }
        for (Attribute a : fields.all()) {
            if (Fields.share(a)) rest = level(a, rest, text, filters);
        }
        return new FieldReader.Reading(filters, rest);
    }

    /** "Without internet service" is the level "No internet service", where a column has that. */
    String asLevels(String text) {
        String out = text;
        for (Attribute a : fields.all()) {
            String level = FieldTerms.plain(a.level());
            if (level.startsWith("no ")) {
                String what = Pattern.quote(level.substring(3));
                out = out.replaceAll(LACKING + what + "(?![\\p{L}])", level);
            } else if (level.matches("(?:没有|无|未).{2,}")) {
                String what = Pattern.quote(level.replaceFirst("^(?:没有|无|未)", ""));
                out = out.replaceAll("(?:没有|没|无|未)(?:开通|使用|用|有)?" + what, level);
            }
        }
        return out;
    }

    /** "Without internet service" is the level "No" of the column "internet service". */
    private String lacking(Attribute a, String text, List<Filter> filters) {
        if (!NONE.matcher(a.level()).matches()) return text;
        for (Language language : Language.values()) {
            String column = FieldTerms.plain(Fields.column(a, language));
            if (column.length() < 2) continue;
            String before = Words.han(column) ? "(?:没有|没|无|未)(?:开通|使用|用)?" : LACKING;
            Matcher none = Pattern.compile(before + FieldTerms.border(column)).matcher(text);
            if (!none.find()) continue;
            filters.add(new Filter(a.key(), Filter.Op.EQUAL, "1"));
            return text.substring(0, none.start()) + " " + text.substring(none.end());
        }
        return text;
    }

    private String level(Attribute a, String rest, String original, List<Filter> filters) {
        if (filters.stream().anyMatch(f -> f.field().equals(a.key()))) return rest;
        List<String> longest =
                FieldTerms.terms(a).stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
        for (String term : longest) {
            Matcher place = Pattern.compile(FieldTerms.border(term)).matcher(rest);
            if (!place.find()) continue;
            String before = rest.substring(0, place.start());
            boolean told = term.startsWith("no ") || a.level().isEmpty();
            boolean doing =
                    DOING.matcher(before).find()
                            && !PEOPLE.matcher(rest.substring(place.end())).find();
            if (!told && doing) continue;
            boolean not =
                    before.matches(
                            "(?s).*\\b(?:without|no|not|never|don't|doesn't|didn't|isn't|aren't|weren't|haven't)\\b(?:\\s+\\p{L}+){0,4}\\s*$|(?s).*(?:没有|没|不是|不|非|未)(?:订阅|来自|住在|在|用|使用|是)?\\s*$");
            filters.add(new Filter(a.key(), not ? Filter.Op.NOT_EQUAL : Filter.Op.EQUAL, "1"));
            String tail = rest.substring(place.end());
            String kept =
                    !not
                            ? before
                            : before.replaceAll(
                                            "\\b(?:without|no|not|never|don't|doesn't|didn't|isn't|aren't|weren't|haven't)\\b",
                                            "")
                                    .replaceAll(
                                            "(?:没有|没|不是|不|非|未)(?=(?:订阅|来自|住在|在|用|使用|是)?\\s*$)", "");
            return kept + " " + tail;
        }
        // A code such as DE counts only as it is written in the file.
        if (a.level().length() <= 2
                && a.level().matches("[A-Z0-9]+")
                && Pattern.compile("(?<![A-Za-z0-9])" + a.level() + "(?![A-Za-z0-9])")
                        .matcher(original)
                        .find()) {
            filters.add(new Filter(a.key(), Filter.Op.EQUAL, "1"));
            String code = a.level().toLowerCase(Locale.ROOT);
            return rest.replaceFirst("(?<![a-z0-9])" + code + "(?![a-z0-9])", " ");
        }
        return rest;
    }
}
