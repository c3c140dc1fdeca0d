package dev.coterie.tools;

import dev.coterie.describe.Analysis;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The facts a conversation may refer to: those of the run, those of earlier answers, and those that
 * tools compute now, which continue the numbering. Once people have changed the segments, the run
 * may use an id of an earlier answer for a fact of its own: that one is meant. Thread-safe.
 */
public final class FactBook {
    private final Map<String, Fact> facts = new LinkedHashMap<>();
    private final Map<String, String> idOf = new HashMap<>();
    private final Map<String, Fact> ofRun = new HashMap<>();
    private int last;

    /**
     * @param earlier the facts of earlier answers, oldest first
     */
    public FactBook(Analysis analysis, Collection<Fact> earlier) {
        analysis.description().facts().values().forEach(this::keep);
        for (Fact fact : analysis.description().facts().values()) {
            ofRun.put(fact.segment() + " " + fact.label().key(), fact);
        }
        earlier.forEach(this::keep);
    }

    private void keep(Fact fact) {
        facts.putIfAbsent(fact.id(), fact);
        last = Math.max(last, Integer.parseInt(fact.id().substring(1)));
    }

    public synchronized Optional<Fact> get(String id) {
        return Optional.ofNullable(facts.get(id));
    }

    /**
     * A fact of the run's own.
     *
     * @param segment number, or 0 for all customers
     * @param what last part of its label's key, such as {@code size}
     */
    synchronized Optional<Fact> ofRun(int segment, String what) {
        return Optional.ofNullable(ofRun.get(segment + " describe.fact." + what));
    }

    /**
     * A fact computed now.
     *
     * @param key equal keys give the same fact
     */
    synchronized Fact add(
            String key,
            Message label,
            double value,
            Fact.Unit unit,
            long n,
            int segment,
            Message filter,
            Message formula) {
        String known = idOf.get(key);
        if (known != null) return facts.get(known);
        String id = "f" + (++last);
        var fact = new Fact(id, label, value, unit, n, segment, filter, formula);
        facts.put(id, fact);
        idOf.put(key, id);
        return fact;
    }

    /** The facts of these ids, known ones only. */
    public synchronized Map<String, Fact> of(Collection<String> ids) {
        var out = new LinkedHashMap<String, Fact>();
        for (String id : ids) if (facts.containsKey(id)) out.put(id, facts.get(id));
        return out;
    }

    /** True if the ids of these facts still stand for the same figures. */
    public synchronized boolean holds(Collection<Fact> told) {
        return told.stream()
                .allMatch(
                        f -> {
                            Fact now = facts.get(f.id());
                            return now != null
                                    && now.value() == f.value()
                                    && now.label().key().equals(f.label().key());
                        });
    }

    public synchronized Map<String, Fact> all() {
        return new LinkedHashMap<>(facts);
    }
}
