package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.Brief.Source;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What code adds to a brief's statements wherever it is shown: places, sample sizes, origin. */
public final class Remarks {
    /** A quarter of a year: as long as the longest stretch that a brief looks back on. */
    private static final int VALID_DAYS = 90;

    private Remarks() {}

    /**
     * What stands in brackets after a statement: rows behind it, and what it answers to.
     *
     * @param smallCount numbers of rows below it are withheld
     */
    public static String of(
            Brief brief, Key section, Item item, Language language, int smallCount) {
        var parts = new ArrayList<String>();
        boolean evidence = section == Key.EVIDENCE;
        if ((evidence || section == Key.WHO) && item.source() == Source.DATA) {
            item.facts().stream()
                    .map(brief.facts()::get)
                    .filter(f -> f != null && f.n() > 0)
                    .findFirst()
                    .map(f -> Figures.count(f.n(), language, smallCount))
                    .map(n -> say(language, evidence ? "evidence.rows" : "sample", "n", n))
                    .ifPresent(parts::add);
        }
        String places =
                item.basis().stream()
                        .map(brief::place)
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(language == Language.CHINESE ? "、" : ", "));
        if (!places.isEmpty()) parts.add(say(language, "basis", "places", places));
        if (parts.isEmpty()) return "";
        return language == Language.CHINESE
                ? "（" + String.join("；", parts) + "）"
                : " (" + String.join("; ", parts) + ")";
    }

    /** Run, seed, date, version and until when it is valid; empty if nobody has said. */
    static Optional<String> provenance(Brief brief, Language language) {
        return brief.provenance()
                .map(
                        p ->
                                say(
                                        language,
                                        "provenance",
                                        "run",
                                        p.run(),
                                        "seed",
                                        Long.toString(p.seed()),
                                        "customers",
                                        Figures.show(p.customers(), Fact.Unit.COUNT, language),
                                        "made",
                                        p.made(),
                                        "version",
                                        p.version(),
                                        "until",
                                        until(p.made())));
    }

    private static String until(String made) {
        try {
            return LocalDate.parse(made).plusDays(VALID_DAYS).toString();
        } catch (DateTimeParseException e) {
            throw new IllegalStateException("a brief's day must be a date: " + made, e);
        }
    }

    /** The line at the foot of each printed page; the writer alone if the origin is not known. */
    static String foot(Brief brief, Language language) {
        String writer = Authors.of(brief, language);
        return brief.provenance()
                .map(
                        p ->
                                say(
                                        language,
                                        "print.foot",
                                        "run",
                                        p.run(),
                                        "seed",
                                        Long.toString(p.seed()),
                                        "customers",
                                        Figures.show(p.customers(), Fact.Unit.COUNT, language),
                                        "writer",
                                        writer))
                .orElse(writer);
    }

    static String checks(Brief brief, Language language) {
        Brief.Checks checks = brief.checks();
        return say(
                language,
                "checks",
                "claims",
                checks.claims(),
                "supported",
                checks.supported(),
                "hypotheses",
                checks.hypotheses(),
                "human",
                checks.human(),
                "removed",
                checks.removed());
    }

    static List<String> places(Brief.Section section) {
        var places = new ArrayList<String>();
        int number = section.key().ordinal() + 1;
        for (int i = 1; i <= section.items().size(); i++) places.add(number + "." + i);
        return places;
    }

    private static String say(Language language, String key, Object... arguments) {
        return Message.of("brief." + key, arguments).in(language);
    }
}
