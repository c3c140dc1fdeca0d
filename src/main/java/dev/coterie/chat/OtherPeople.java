package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.language.Language;
import dev.coterie.tools.Fields;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** People who are no customers, such as employees: the data of customers says nothing of them. */
final class OtherPeople {
    private static final Pattern WORDS =
            Pattern.compile(
                    "(?i)\\b(?:employee|staff|worker|colleague|supplier|vendor|competitor|manager|investor"
                            + "|shareholder|dealer|retailer|reseller|wholesaler)s?\\b"
                            + "|员工|职员|雇员|店员|同事|供应商|厂商|竞争对手|竞品|经销商|批发商|股东|投资人|投资者|管理层");

    private OtherPeople() {}

    /**
     * The word for them in a question.
     *
     * @return empty if there is none, or a column or one of its values is called so
     */
    static Optional<String> in(String question, Fields fields) {
        Matcher matcher = WORDS.matcher(question);
        if (!matcher.find()) return Optional.empty();
        String word = matcher.group();
        String stem = Fields.stem(word);
        boolean known = fields.all().stream().anyMatch(a -> called(a, stem));
        return known ? Optional.empty() : Optional.of(word);
    }

    private static boolean called(Attribute attribute, String stem) {
        for (Language language : Language.values()) {
            String said =
                    Fields.column(attribute, language) + " " + Fields.level(attribute, language);
            if (Fields.contains(said.toLowerCase(Locale.ROOT), stem)) return true;
        }
        return Fields.contains(attribute.column().toLowerCase(Locale.ROOT), stem);
    }
}
