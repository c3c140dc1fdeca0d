package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Facts as JSON. */
record FactView(Counts counts) {
    /**
     * The id of a fact outside of its run.
     *
     * @param owner id of its run, or of the answer it was computed for
     */
    static String evidence(String owner, String fact) {
        return "ev_" + owner.substring(owner.indexOf('_') + 1) + "_" + fact;
    }

    /**
     * @param owner as for {@link #evidence}; empty if the fact was computed for a single call
     */
    Map<String, Object> of(String owner, Fact fact, Language language) {
        return Body.of(
                "id",
                fact.id(),
                "evidence",
                owner.isEmpty() ? null : evidence(owner, fact.id()),
                "label",
                fact.label().in(language),
                "value",
                guarded(fact) ? Optional.empty() : Optional.of(fact.value()),
                "unit",
                fact.unit().name().toLowerCase(Locale.ROOT),
                "n",
                fact.ofSegments() ? fact.n() : counts.of(fact.n()),
                "segment",
                fact.segment() == Fact.SEVERAL ? Optional.empty() : fact.segment(),
                "filter",
                fact.filter().in(language),
                "formula",
                fact.formula().in(language),
                "text",
                show(fact, language));
    }

    /** True if the value itself may not be told. */
    boolean guarded(Fact fact) {
        return Figures.guarded(fact, counts.threshold());
    }

    String show(Fact fact, Language language) {
        return Figures.show(fact, language, counts.threshold());
    }

    /** The facts of these ids, by id. */
    Map<String, Object> of(Reader reader, Collection<String> ids) {
        var view = new LinkedHashMap<String, Object>();
        for (String id : ids) {
            Fact fact = reader.facts().get(id);
            if (fact == null) continue;
            view.put(id, of(reader.finished().run().id(), fact, reader.language()));
        }
        return view;
    }
}
